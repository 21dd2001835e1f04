import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import OCI

extension Examination {
    /// Asks for `/v2/` as nobody, and judges what can be told by that: the connection, the clock, the authentication.
    mutating func examineConnection() async throws {
        let registry = repository.repository.registry
        let base = try await repository.session.base()
        let transport = repository.transport
        let request = HTTPClientRequest(url: base.absoluteString + "v2/")
        let begin = Date()
        let response = try await transport.retrying(isIdempotent: true) {
            try await transport.send(request, to: registry)
        }
        // The registry read its clock somewhere between the two.
        let moment = begin.addingTimeInterval(Date().timeIntervalSince(begin) / 2)
        let answer = try await repository.read(response)
        notices.read(answer.headers)

        await examineEncryption(base)
        let version = response.version
        note(
            .http2,
            version.major >= 2 ? .yes : .no,
            "HTTP/\(version.major)\(version.major < 2 ? ".\(version.minor)" : "")"
        )
        let api = answer.headers.first(name: "Docker-Distribution-Api-Version").map(RegistryMessage.printable)
        note(.api, .yes, "status \(answer.status) at /v2/, \(api ?? "no version header")", answer)
        noteClock(answer.headers.first(name: "Date"), at: moment)
        try await examineChallenge(answer, base: base)
    }

    private mutating func examineEncryption(_ base: URL) async {
        guard base.scheme?.lowercased() == "https" else { return note(.encryption, .no, "plain HTTP") }
        guard let handshake = await TLSHandshake.measure(base) else { return note(.encryption, .yes, "TLS") }
        guard let expires = handshake.expires else { return note(.encryption, .yes, handshake.version) }
        let days = Int((expires.timeIntervalSinceNow / 86_400).rounded(.down))
        let day = expires.formatted(.iso8601.year().month().day())
        note(
            .encryption,
            days < 14 ? .partly : .yes,
            "\(handshake.version), \(days < 14 ? "the certificate expires soon, on" : "certificate until") \(day)"
        )
    }

    /// Judges the clock.
    private mutating func noteClock(_ header: String?, at moment: Date) {
        guard let date = header.flatMap(RetryPolicy.httpDate) else {
            return note(.clock, .unknown, "it does not tell the time")
        }
        // The header has whole seconds, cut off.
        let exact = date.timeIntervalSince(moment)
        let skew = exact > -1 && exact <= 0 ? 0 : Int(exact.rounded())
        diagnosis.clockSkew = skew
        let way = skew > 0 ? "ahead of" : "behind"
        note(.clock, abs(skew) > 60 ? .no : .yes, skew == 0 ? "no difference" : "\(abs(skew)) s \(way) this machine")
    }

    // MARK: Authentication

    private mutating func examineChallenge(_ answer: Answer, base: URL) async throws {
        note(.tokenByPost, .no, "it works without tokens")
        guard answer.status == 401 else {
            let isDenied = answer.status == 403
            return note(.authentication, isDenied ? .unknown : .no, "status \(answer.status) for anybody", answer)
        }
        let challenges = Challenge.parse(answer.headers["WWW-Authenticate"])
        guard let challenge = challenges.first(where: { ["basic", "bearer"].contains($0.scheme) }) else {
            let schemes = challenges.map(\.scheme).joined(separator: ", ")
            return note(.authentication, .unknown, "by a scheme that tagboat lacks: \(schemes)", answer)
        }
        guard challenge.scheme == "bearer" else { return note(.authentication, .yes, "Basic, a password", answer) }
        let realm = challenge.parameters["realm"].flatMap { URL(string: $0, relativeTo: base)?.absoluteURL }
        let service = challenge.parameters["service"]
        let server = realm?.authority ?? "an unknown host"
        note(.authentication, .yes, "Bearer, tokens of \(server), service \(service ?? "unnamed")", answer)
        guard let realm else { return }
        try AddressRules.check(realm, namedBy: base, as: "a token server")
        await examineTokenServer(realm, service: service)
    }

    /// Whether the token server knows the form of OAuth 2 (distribution, docs/spec/auth/oauth.md).
    ///
    /// The form holds no credential: who knows it answers that one is missing.
    private mutating func examineTokenServer(_ realm: URL, service: String?) async {
        var request = HTTPClientRequest(url: realm.absoluteString)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        var form = URLComponents()
        form.queryItems = [
            URLQueryItem(name: "grant_type", value: "refresh_token"), URLQueryItem(name: "client_id", value: "tagboat"),
            URLQueryItem(name: "service", value: service ?? ""),
        ]
        request.body = .bytes(ByteBuffer(string: form.percentEncodedQuery ?? ""))
        let transport = repository.transport
        do {
            let response = try await transport.send(request, to: repository.repository.registry, isForToken: true)
            let answer = try await repository.read(response)
            let isKnown = ![404, 405, 501].contains(answer.status)
            note(.tokenByPost, isKnown ? .yes : .no, "\(answer.brief) to a form without credentials", answer)
        } catch {
            note(.tokenByPost, .unknown, "no answer to a form without credentials")
        }
    }
}
