import FoundationEssentials
import Synchronization

extension VendorRegistry {
    /// Every request that carried a credential to where it does not belong; empty if all is well.
    ///
    /// A password belongs into `Authorization` towards the registry itself where it wants Basic, otherwise into that, or
    /// into the form, of a request for a token alone; a token belongs into `Authorization` towards the registry; nothing
    /// belongs to the storage.
    package var strayCredentials: [String] {
        var findings: [String] = []
        func check(
            _ requests: [TestRequest],
            at place: String,
            may schemes: Set<String>,
            formMayHoldPassword: Bool = false
        ) {
            for request in requests {
                let what = "\(request.method) \(request.target) at \(place)"
                let authorization = request.headers.all("Authorization")
                if authorization.count > 1 { findings.append("\(what) has several Authorization fields") }
                for value in authorization {
                    let scheme = value.prefix { $0 != " " }.lowercased()
                    if !schemes.contains(scheme) { findings.append("\(what) has \(scheme) credentials") }
                }
                let body = formMayHoldPassword ? "" : request.text
                if holdsSecret(request.target) || holdsSecret(body) { findings.append("\(what) holds a secret") }
                for field in request.headers.fields
                where field.name.lowercased() != "authorization" && holdsSecret(field.value) {
                    findings.append("\(what) holds a secret in \(field.name)")
                }
            }
        }
        switch profile.access {
        case .open: check(registryRequests, at: "the registry", may: [])
        case .basic: check(registryRequests, at: "the registry", may: ["basic"])
        case .token:
            check(registryRequests, at: "the registry", may: ["bearer"])
            check(tokenRequests, at: "the token server", may: ["basic"], formMayHoldPassword: true)
        }
        check(storage.requests, at: "the storage", may: [])
        return findings
    }

    /// A text as it stands in a query or a form.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let character = Character(UnicodeScalar(byte))
            result +=
                character.isLetter || character.isNumber || character == "-"
                ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }

    /// Whether a text holds a password, in any usual spelling, or a token.
    private func holdsSecret(_ text: String) -> Bool {
        let secrets = machine.policy.users.flatMap { user in
            [
                user.password, Self.percentEncoded(user.password),
                Data("\(user.name):\(user.password)".utf8).base64EncodedString(),
            ]
        }
        let tokens = machine.contents.withLock { Array($0.tokens.keys) }
        return (secrets + tokens).contains { text.contains($0) }
    }
}
