import FoundationEssentials
import OCI

@testable import Registry

extension FuzzTarget {
    private static let marker = "s3cretMARKER"

    static let credentials = FuzzTarget(name: "credentials", count: 5_000) { input in
        let encoded = Data("user:\(marker)".utf8).base64EncodedString()
        let damagedSecret = input.isDamaged() ? input.damaged(encoded) : encoded
        let entry = input.pick([
            "{\"auth\":\(FuzzInput.escaped(damagedSecret))}", "{\"username\":\"user\",\"password\":\"\(marker)\"}",
            "{\"auth\":\"\(encoded)\",\"identitytoken\":\"\(marker)\"}", "{\"registrytoken\":\"\(marker)\"}", "{}",
        ])
        let key = input.pick(["r.example.com", "https://r.example.com/v1/", "r.example.com/acme", "docker.io"])
        var whole = "{\"auths\":{\"\(key)\":\(entry)}"
        if input.oneIn(4) { whole += ",\"credHelpers\":{\"r.example.com\":\"\(input.pick(["pass", "../x", "a b"]))\"}" }
        if input.oneIn(4) { whole += ",\"credsStore\":\"\(input.pick(["", "pass", "/bin/sh"]))\"" }
        let text = input.kept(whole + "}")
        // Where damage made the secret a key or a name, it is no secret any more.
        let isSecret = !FuzzInput.keysAndNames(input.shown).contains { $0.contains(marker) || $0.contains(encoded) }
        func leaks(_ text: String) -> Bool { isSecret && (text.contains(marker) || text.contains(encoded)) }
        do throws(RegistryError) {
            let file = try CredentialFile(parsing: input.shown, named: "auth.json")
            let registry = try? RegistryHost(parsing: "r.example.com")
            let repository = try? RepositoryName(parsing: "r.example.com/acme/ui")
            guard let registry, let repository else { return "the fixture is wrong" }
            for finding in try file.findings(for: registry, nil) + (try file.findings(for: registry, repository)) {
                if leaks("\(finding)") || leaks(String(reflecting: finding)) {
                    return "the secret is shown: \(finding)"
                }
                guard case .helper(let helper) = finding else { continue }
                let isPlain = !helper.name.isEmpty && !helper.name.utf8.contains { "/ \\\0".utf8.contains($0) }
                if !isPlain { return "the program \(helper.name) would be run" }
            }
            return nil
        } catch {
            let said = error.description + (error.hint ?? "") + String(reflecting: error)
            if leaks(said) { return "the secret is in the error: \(error)" }
            return FuzzInput.isOneLine(error.description) || text != whole ? nil : "the error has control characters"
        }
    }

    static let proxies = FuzzTarget(name: "proxies", count: 35_000) { input in
        let (user, port) = (input.word(.lower, upTo: 5), 1 + input.below(65_535))
        let scheme = input.pick(["", "http://", "socks5://", "socks5h://", "HTTP://"])
        let hasUser = !scheme.hasPrefix("socks") && input.oneIn(2)
        let host = input.pick(["proxy", "p.example.com", "[::1]", "10.0.0.1"])
        let whole = scheme + (hasUser ? "\(user):\(marker)%40@" : "") + host + (input.oneIn(3) ? "" : ":\(port)")
        let text = input.kept(whole)
        do throws(ProxyError) {
            let server = try ProxyServer(parsing: text, variable: "HTTPS_PROXY")
            if "\(server)".contains(marker), !server.host.contains(marker.lowercased()),
                server.user?.contains(marker) != true
            {
                return "the secret is shown: \(server)"
            }
            guard (1...65_535).contains(server.port), !server.host.isEmpty else { return "it is \(server)" }
            if text == whole,
                server.user != (hasUser ? user : nil) || server.password?.value != (hasUser ? marker + "@" : nil)
            {
                return "the user is \(server.user ?? "none")"
            }
            return server.user == nil || FuzzInput.isPercentEncoded(text) ? nil : "it is not percent-encoded"
        } catch {
            if text == whole { return "it is refused: \(error)" }
            return error.description.contains(marker) || (error.hint ?? "").contains(marker)
                ? "the secret is in the error" : nil
        }
    }
}

extension FuzzInput {
    static func escaped(_ text: String) -> String {
        String(decoding: JSONDocument.text(text).compact, as: UTF8.self)
    }

    /// The keys of a document and what it names programs by, at any depth.
    static func keysAndNames(_ bytes: [UInt8]) -> [String] {
        guard let document = JSONDocument(parsing: bytes) else { return [] }
        func keys(_ value: JSONDocument) -> [String] {
            switch value {
            case .object(let members):
                members.flatMap {
                    [$0.name] + keys($0.value)
                        + (["credsStore", "username"].contains($0.name) ? [$0.value.text ?? ""] : [])
                }
            case .array(let items): items.flatMap(keys)
            case .scalar: []
            }
        }
        return keys(document)
    }

    /// Whether each per cent sign before the last @ is followed by two hexadecimal digits.
    static func isPercentEncoded(_ text: String) -> Bool {
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        let authority = text[start...].prefix { !"/?#".contains($0) }
        let bytes = Array(authority.utf8)
        guard let at = bytes.lastIndex(of: 0x40) else { return true }
        return bytes[..<at].indices.allSatisfy { index in
            bytes[index] != 0x25
                || (index + 2 < at
                    && bytes[(index + 1)...(index + 2)].allSatisfy {
                        ReferenceGrammar.isHex($0 | ($0 >= 0x41 ? 0x20 : 0))
                    })
        }
    }
}
