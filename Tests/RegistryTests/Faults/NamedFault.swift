import FoundationEssentials
import OCI
import TestSupport

@testable import Registry

/// A fault with a name, and what is to be said of it before any table is looked at.
struct NamedFault: Sendable {
    /// What sort of harm a fault does.
    enum Effect: Sendable, Hashable {
        /// The answer is right all the same.
        case harmless
        /// A repeated request is answered well; the second, for requests that carry content.
        case passing, passingInContent
        /// It fails in the same way, however often it is repeated.
        case lasting(RegistryError.Kind)
        /// The content is damaged.
        case damagedAnswer, damagedRequest
        /// `Docker-Content-Digest` names something else.
        case falseDigest
        /// A web page with status 200.
        case webPage
        /// Sends the client to another host that has the content, or to one that it must not speak to.
        case redirect, unsafeRedirect
        /// Names a token server that must not get the password.
        case unsafeChallenge
        /// The token has run out.
        case expiredToken
        /// A body without end, and one that is small until it is inflated.
        case endless, bomb
        /// Nothing more comes; the second, for answers that carry content.
        case stall, stallInContent
        /// It is no HTTP; the second, in its body.
        case malformed, malformedContent
    }

    /// What the fault of a case may refer to.
    struct Place: Sendable {
        let bench: FaultBench
        /// A path segment of the case's own, to tell its requests from others.
        let slug: String
    }

    let name: String
    let effect: Effect
    /// Which requests of the kind meet with it.
    let numbers: ClosedRange<Int>
    let make: @Sendable (Place) -> Fault

    init(
        _ name: String,
        _ effect: Effect,
        _ numbers: ClosedRange<Int> = 1...1,
        make: @escaping @Sendable (Place) -> Fault
    ) {
        self.name = name
        self.effect = effect
        self.numbers = numbers
        self.make = make
    }

    init(_ name: String, _ effect: Effect, _ numbers: ClosedRange<Int>, _ fault: Fault) {
        self.init(name, effect, numbers) { _ in fault }
    }

    init(_ name: String, _ effect: Effect, _ fault: Fault) {
        self.init(name, effect, 1...1, fault)
    }

    /// The answer of a server that has no time.
    private static func status(_ status: Int, _ retryAfter: String? = nil, code: String? = nil) -> Fault {
        .answer { _ in
            var headers: TestHeaders = [:]
            headers["Retry-After"] = retryAfter
            guard let code else { return RawAnswer(status, headers: headers) }
            headers["Content-Type"] = "application/json"
            return RawAnswer(status, headers: headers, text: #"{"errors":[{"code":"\#(code)","message":"busy"}]}"#)
        }
    }

    private static let always = 1...Int.max
    private static let twice = 1...2
    /// The size that a bomb inflates to.
    private static let bomb = GzipBomb.bytes(inflatingTo: 64 << 20)

    // MARK: The catalogue

    /// Answers that are right, only late or unusual.
    static let harmless: [NamedFault] = [
        NamedFault("comes late", .harmless, .delay(.milliseconds(120))),
        NamedFault("trickles", .harmless, always, .trickle(piece: 128, pause: .milliseconds(1), from: .statusLine)),
        NamedFault("100 Continue unasked", .harmless, always, .preamble(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))),
        NamedFault("fifty early hints", .harmless, .preamble(earlyHints(50))),
        NamedFault("HTTP/1.0", .harmless, always, .oldProtocol),
    ]

    /// What a request meets with once or twice in a bad network or at a busy registry.
    static let passing: [NamedFault] = [
        NamedFault("reset unread", .passing, .cut(.beforeForwarding, .reset)),
        NamedFault("reset unread, twice", .passing, twice, .cut(.beforeForwarding, .reset)),
        NamedFault("reset in the request", .passingInContent, .cut(.requestContent(100), .reset)),
        NamedFault("reset unanswered", .passing, .cut(.beforeAnswer, .reset)),
        NamedFault("closed unanswered", .passing, .cut(.beforeAnswer, .close)),
        NamedFault("reset in the header fields", .passing, .cut(.answer(20), .reset)),
        NamedFault("reset in the body", .passing, .cut(.answerBody(10), .reset)),
        NamedFault("body cut short", .passing, .cut(.answerBody(10), .close)),
        NamedFault("429, 1 s", .passing, status(429, "1", code: "TOOMANYREQUESTS")),
        NamedFault("429, a date", .passing) { _ in
            .answer { _ in RawAnswer(429, headers: ["Retry-After": Date().addingTimeInterval(1).httpText]) }
        },
        NamedFault("429, no time", .passing, twice, status(429)),
        NamedFault("500", .passing, status(500, code: "UNKNOWN")),
        NamedFault("502, no body", .passing, status(502)),
        NamedFault("503, twice", .passing, twice, status(503, "0", code: "UNAVAILABLE")),
    ]

    /// The same, for good.
    static let lasting: [NamedFault] = [
        NamedFault("always reset", .lasting(.unreachable), always, .cut(.beforeAnswer, .reset)),
        NamedFault("always 429", .lasting(.rateLimited), always, status(429, "0", code: "TOOMANYREQUESTS")),
        NamedFault("always 503", .lasting(.serverFailure), always, status(503, "0")),
    ]

    /// Answers that no registry gives.
    static let wrong: [NamedFault] = [
        NamedFault("bit flipped in the answer", .damagedAnswer, .flippedBit(in: .answer)),
        NamedFault("bit flipped in the request", .damagedRequest, .flippedBit(in: .request)),
        NamedFault(
            "false digest",
            .falseDigest,
            .header(name: "Docker-Content-Digest", value: "sha256:" + String(repeating: "0", count: 64))
        ),
        NamedFault("a web page", .webPage, always, .answer { _ in .webPage }),
        NamedFault("redirect", .redirect, always) { place in
            let storage = place.bench.storage.address
            return .answer { request in
                let separator = request.target.contains("?") ? "&" : "?"
                let target = "\(request.target)\(separator)case=\(place.slug)"
                return RawAnswer(307, headers: ["Location": "http://\(storage)\(target)"])
            }
        },
        NamedFault("unsafe redirect", .unsafeRedirect, always) { place in
            .answer { _ in
                RawAnswer(307, headers: ["Location": "http://\(place.bench.trapAddress)/\(place.slug)"])
            }
        },
        NamedFault("unsafe challenge", .unsafeChallenge, always) { place in
            .answer { _ in
                let realm = "http://\(place.bench.trapAddress)/\(place.slug)"
                return RawAnswer(401, headers: ["WWW-Authenticate": "Bearer realm=\"\(realm)\",service=\"x\""])
            }
        },
        NamedFault("token has run out", .expiredToken) { place in
            .answer { _ in
                let realm = place.bench.registry.tokenIssuer
                // The realm of the issuer itself: whoever learned of the proxy's goes there.
                let challenge = "Bearer realm=\"\(realm?.realm ?? "")\",service=\"\(realm?.service ?? "")\""
                return RawAnswer(
                    401,
                    headers: ["WWW-Authenticate": challenge, "Content-Type": "application/json"],
                    text: #"{"errors":[{"code":"UNAUTHORIZED","message":"token expired"}]}"#
                )
            }
        },
        NamedFault(
            "an endless body",
            .endless,
            always,
            .answer { _ in
                .endless(headers: ["Content-Type": MediaType.ociManifest.rawValue])
            }
        ),
        NamedFault(
            "a gzip bomb",
            .bomb,
            always,
            .answer { _ in
                let type = MediaType.ociManifest.rawValue
                return RawAnswer(200, headers: ["Content-Type": type, "Content-Encoding": "gzip"], body: bomb)
            }
        ),
    ]

    /// Answers that do not come to an end within any time that the cases are given.
    static let stalling: [NamedFault] = [
        NamedFault("silence", .stall, always, .silence),
        NamedFault("a drip", .stall, always, .trickle(piece: 1, pause: .seconds(1), from: .statusLine)),
        NamedFault(
            "a dripping body",
            .stallInContent,
            always,
            .trickle(piece: 1, pause: .seconds(1), from: .body)
        ),
        NamedFault(
            "early hints for ever",
            .stall,
            always,
            .answer { _ in
                RawAnswer(head: "", body: .repeated(earlyHints(10), upTo: 5 << 30), closes: true)
            }
        ),
    ]

    /// What is no HTTP at all.
    static let malformed: [NamedFault] = [
        malformed(
            "a megabyte of header fields",
            (0..<1000).map { "X-\($0): \(String(repeating: "x", count: 1000))\r\n" }.joined()
        ),
        malformed("a negative length", "Content-Length: -1\r\n"),
        malformed("two lengths", "Content-Length: 5\r\nContent-Length: 7\r\n"),
        malformed("an impossible chunk", "Transfer-Encoding: chunked\r\n", body: "zz\r\n{}\r\n0\r\n\r\n"),
        malformed("a chunk larger than numbers are", "Transfer-Encoding: chunked\r\n", body: "fffffffffffffffff\r\n{}"),
        NamedFault(
            "a greeting of SSH",
            .malformed,
            .answer { _ in
                RawAnswer(head: "SSH-2.0-OpenSSH_9.2\r\n", closes: true)
            }
        ),
    ]

    private static func malformed(_ name: String, _ fields: String, body: String = "") -> NamedFault {
        NamedFault(
            name,
            body.isEmpty ? .malformed : .malformedContent,
            .answer { _ in
                let type = "Content-Type: application/json\r\n"
                return RawAnswer(
                    head: "HTTP/1.1 200 OK\r\n\(type)\(fields)\r\n",
                    body: .bytes(Array(body.utf8)),
                    closes: true
                )
            }
        )
    }

    private static func earlyHints(_ count: Int) -> [UInt8] {
        Array(
            String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n", count: count).utf8
        )
    }
}
