/// A proxy, as a variable such as `HTTPS_PROXY` names it: `[SCHEME://][USER:PASSWORD@]HOST[:PORT]`.
package struct ProxyServer: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// A tunnel by `CONNECT`.
        case http
        /// SOCKS 5, where the proxy resolves names.
        case socks5
    }

    package let kind: Kind
    package let host: String
    package let port: Int
    /// Nil where the proxy wants none.
    package let user: String?
    package let password: Secret?

    /// Reads a variable's value.
    ///
    /// - Parameters:
    ///   - text: the value.
    ///   - variable: its name, for the error; the value may hold a password and is never shown.
    /// - Throws: `ProxyError`.
    package init(parsing text: String, variable: String) throws(ProxyError) {
        var rest = text[...]
        var scheme = "http"
        if let end = rest.firstRange(of: "://") {
            scheme = rest[..<end.lowerBound].lowercased()
            rest = rest[end.upperBound...]
        }
        switch scheme {
        case "http": kind = .http
        case "socks5", "socks5h": kind = .socks5
        case "https", "socks4", "socks4a":
            throw ProxyError(
                "\(variable) names a proxy of the kind \(scheme), which is not supported",
                hint: "name one by http:// or socks5://; what goes through it to a registry is encrypted all the same"
            )
        default:
            throw ProxyError("\(variable) names a proxy of an unknown kind", hint: "write http://HOST:PORT")
        }
        rest = rest.prefix { !"/?#".contains($0) }
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(parts[0]), let secret = Self.decoded(parts.count > 1 ? parts[1] : "") else {
                throw ProxyError(
                    "\(variable) holds a user or password that is not percent-encoded",
                    hint: "write % as %25, @ as %40 and : as %3A"
                )
            }
            guard kind == .http else {
                throw ProxyError("\(variable) names a user for a SOCKS proxy, which is not supported")
            }
            (user, password) = (name, Secret(secret))
            rest = rest[rest.index(after: at)...]
        } else {
            (user, password) = (nil, nil)
        }
        guard let address = HostAndPort(rest), !address.host.isEmpty else {
            throw ProxyError("\(variable) does not name a proxy's host", hint: "write http://HOST:PORT")
        }
        host = address.host
        port = address.port ?? (kind == .http ? 80 : 1080)
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            // A number may have a sign, an octet may not.
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// What is wrong with a variable that names proxies.
package struct ProxyError: Error, Hashable, CustomStringConvertible {
    package let description: String
    package let hint: String?

    init(_ description: String, hint: String? = nil) {
        self.description = description
        self.hint = hint
    }
}
