import FoundationEssentials
import Testing

@testable import Registry

@Suite struct AddressRulesTests {
    struct Case: Sendable {
        let url: String
        let origin: String
        let isSafe: Bool
    }

    @Test(arguments: [
        Case(url: "https://auth.docker.io/token", origin: "https://registry-1.docker.io/", isSafe: true),
        Case(url: "https://r.io/token", origin: "https://r.io/", isSafe: true),
        Case(url: "http://r.io/token", origin: "http://r.io/", isSafe: true),
        Case(url: "http://127.0.0.1:5001/token", origin: "http://127.0.0.1:5000/", isSafe: true),
        Case(url: "https://10.0.0.7/token", origin: "https://r.io/", isSafe: true),
        // No way from TLS to plain text.
        Case(url: "http://auth.r.io/token", origin: "https://r.io/", isSafe: false),
        Case(url: "file:///etc/passwd", origin: "https://r.io/", isSafe: false),
        Case(url: "https://user:pw@auth.r.io/", origin: "https://r.io/", isSafe: false),
        // Nothing of this machine or its cloud for a registry that is elsewhere.
        Case(url: "https://127.0.0.1/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://localhost/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://x.localhost/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://[::1]/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://[fe80::1]/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://[::ffff:127.0.0.1]/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://169.254.169.254/latest/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://metadata.google.internal/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://0.0.0.0/", origin: "https://r.io/", isSafe: false),
        // Other spellings of 127.0.0.1.
        Case(url: "https://2130706433/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://0x7f.0.0.1/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://0177.0.0.1/", origin: "https://r.io/", isSafe: false),
        Case(url: "https://127.1/", origin: "https://r.io/", isSafe: false),
    ])
    func tellSafeFromUnsafe(example: Case) throws {
        let url = try #require(URL(string: example.url))
        let origin = try #require(URL(string: example.origin))
        if example.isSafe {
            try AddressRules.check(url, namedBy: origin, as: "a token server")
        } else {
            let error = #expect(throws: RegistryError.self) {
                try AddressRules.check(url, namedBy: origin, as: "a token server")
            }
            #expect(error?.kind == .unsafeAddress)
            #expect(error?.description.contains("pw") == false)
        }
    }

    @Test(
        arguments: [
            ("3", Duration.seconds(3)), ("0", .zero), ("Fri, 10 Jul 2026 09:30:10 GMT", .seconds(10)),
            ("Fri, 10 Jul 2026 09:29:00 GMT", .zero), ("-1", nil), ("soon", nil), ("", nil),
            ("Fri, 10 Foo 2026 09:30:10 GMT", nil),
        ] as [(String, Duration?)]
    )
    func retryAfterIsSecondsOrADate(value: String, wait: Duration?) {
        let now = Date(timeIntervalSince1970: 1_783_675_800)
        #expect(RetryPolicy.retryAfter(value, now: now) == wait)
    }

    @Test func waitsGrowAndStayWithinTheirBounds() {
        let policy = RetryPolicy()
        for attempt in 1...20 {
            let bound = min(policy.cap, policy.base * (1 << (attempt - 1)))
            for _ in 0..<50 {
                let wait = policy.wait(beforeAttempt: attempt)
                #expect(wait >= .zero && wait <= bound)
            }
        }
    }
}
