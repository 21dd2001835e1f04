package import OCI
package import Tagging

/// The repository that a project's images most likely go to.
package struct ImageSuggestion: Equatable, Sendable {
    package let name: RepositoryName
    /// Whether the web site that hosts the source is known to have this registry.
    package let isKnown: Bool

    /// Goes by where the source lies; nil where that does not tell.
    ///
    /// - Parameters:
    ///   - source: the web address of the source.
    ///   - place: the project's folder below the top of the work tree; empty at the top.
    package init?(source: SourceLocation, place: String) {
        guard let scheme = source.url.firstRange(of: "://") else { return nil }
        let parts = source.url[scheme.upperBound...].split(separator: "/").map(String.init)
        guard let host = parts.first?.lowercased(), parts.count > 1 else { return nil }
        let bareHost = String(host.prefix { $0 != ":" })
        let registry: String
        switch bareHost {
        case "github.com": (registry, isKnown) = ("ghcr.io", true)
        case "gitlab.com": (registry, isKnown) = ("registry.gitlab.com", true)
        case "codeberg.org", "gitea.com": (registry, isKnown) = (bareHost, true)
        case "bitbucket.org": (registry, isKnown) = ("docker.io", false)
        case _ where bareHost.hasPrefix("gitlab."): (registry, isKnown) = ("registry." + bareHost, false)
        case _ where bareHost.hasPrefix("gitea.") || bareHost.hasPrefix("forgejo."): (registry, isKnown) = (host, true)
        default: return nil
        }
        let folders = place.split(separator: "/").suffix(1).map(String.init)
        let path = (parts.dropFirst() + folders).map(Self.component)
        guard !path.contains(""), let name = try? RepositoryName(parsing: ([registry] + path).joined(separator: "/"))
        else { return nil }
        self.name = name
    }

    /// A name as a part of a repository's path: lower case, and a hyphen for what may not stand there; empty where
    /// nothing is left.
    package static func component(_ name: String) -> String {
        var result: [UInt8] = []
        for byte in decoded(name).lowercased().utf8 {
            let isLetter = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
            let isSeparator = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            if isLetter {
                result.append(byte)
            } else if let last = result.last, (0x61...0x7A).contains(last) || (0x30...0x39).contains(last) {
                // One separator stands for a run of them.
                result.append(isSeparator ? byte : UInt8(ascii: "-"))
            }
        }
        while let last = result.last, !((0x61...0x7A).contains(last) || (0x30...0x39).contains(last)) {
            result.removeLast()
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The text without percent-encoding (RFC 3986, 2.1).
    private static func decoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
