import Testing

@testable import Registry

@Suite struct ChallengeTests {
    struct Case: Sendable {
        let headers: [String]
        let challenges: [Challenge]
    }

    private static func bearer(_ parameters: [String: String]) -> Challenge {
        Challenge(scheme: "bearer", parameters: parameters)
    }

    @Test(arguments: [
        // Docker Hub
        Case(
            headers: [#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io""#],
            challenges: [bearer(["realm": "https://auth.docker.io/token", "service": "registry.docker.io"])]
        ),
        // A scope with a comma in quotes, and an error.
        Case(
            headers: [#"Bearer realm="https://r/t",scope="repository:a/b:pull,push",error="insufficient_scope""#],
            challenges: [
                bearer(["realm": "https://r/t", "scope": "repository:a/b:pull,push", "error": "insufficient_scope"])
            ]
        ),
        // Scheme and keys in any case, white space around = and ,
        Case(
            headers: [#"BEARER Realm = "https://r/t" , SERVICE="x""#],
            challenges: [bearer(["realm": "https://r/t", "service": "x"])]
        ),
        // Unquoted tokens
        Case(
            headers: ["bearer realm=https://r/t,service=x"],
            challenges: [bearer(["realm": "https://r/t", "service": "x"])]
        ),
        // Escapes
        Case(
            headers: [#"Basic realm="a \"b\" \\ c""#],
            challenges: [Challenge(scheme: "basic", parameters: ["realm": #"a "b" \ c"#])]
        ),
        // Several challenges in one header
        Case(
            headers: [#"Basic realm="x", Bearer realm="https://r/t",service="s""#],
            challenges: [
                Challenge(scheme: "basic", parameters: ["realm": "x"]),
                bearer(["realm": "https://r/t", "service": "s"]),
            ]
        ),
        // Several headers, one with a scheme that has no parameters
        Case(
            headers: ["Negotiate", #"Bearer realm="https://r/t""#],
            challenges: [Challenge(scheme: "negotiate", parameters: [:]), bearer(["realm": "https://r/t"])]
        ),
        // A token68 behind a scheme is no parameter
        Case(
            headers: [#"Negotiate YII=, Basic realm="x""#],
            challenges: [
                Challenge(scheme: "negotiate", parameters: [:]), Challenge(scheme: "basic", parameters: ["realm": "x"]),
            ]
        ),
        // Empty values and a missing closing quote
        Case(
            headers: [#"Bearer realm="https://r/t",scope="""#],
            challenges: [bearer(["realm": "https://r/t", "scope": ""])]
        ),
        Case(headers: [#"Bearer realm="https://r/t"#], challenges: [bearer(["realm": "https://r/t"])]),
        // The first of two equal keys counts
        Case(headers: [#"Bearer realm="a",realm="b""#], challenges: [bearer(["realm": "a"])]),
        // Nothing to read
        Case(headers: ["", ",,,", "\"", "=", "\u{1}"], challenges: []),
    ])
    func parses(example: Case) {
        #expect(Challenge.parse(example.headers) == example.challenges)
    }
}

@Suite struct LinkHeaderTests {
    @Test(
        arguments: [
            (#"</v2/a/tags/list?n=2&last=b>; rel="next""#, "/v2/a/tags/list?n=2&last=b"),
            (#"<https://r.io/v2/a/tags/list?last=b>;rel=next"#, "https://r.io/v2/a/tags/list?last=b"),
            (#"</prev>; rel="prev", </next>; rel="next""#, "/next"),
            (#"</x>; title="a, b"; rel="start next""#, "/x"),
            (#"</x>; REL="Next""#, "/x"),
            (#"</x>; rel="prev""#, nil), ("", nil), ("</x", nil), ("</x>", nil),
        ] as [(String, String?)]
    )
    func findsTheNextPage(header: String, target: String?) {
        #expect(LinkHeader.nextTarget(in: header) == target)
    }

    @Test func anyBytesAreRead() {
        let whole = Array(#"Negotiate abc==, Bearer realm="https://r/t",scope="a:b:c d\"e", Basic realm=x"#.utf8)
        for _ in 0..<500 {
            var bytes = Array(whole.prefix(Int.random(in: 0...whole.count)))
            for _ in 0..<3 where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices)] = UInt8.random(in: 0...255)
            }
            let challenges = Challenge.parse([String(decoding: bytes, as: UTF8.self)])
            #expect(challenges.count <= bytes.count)
        }
    }
}
