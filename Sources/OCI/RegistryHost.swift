/// The registry part of a reference: a host name or address with an optional port.
package struct RegistryHost: Hashable, Sendable {
    /// The name as references show it: `docker.io`, `registry.local:5000`, `[::1]:5000`.
    ///
    /// It is lower-case where that does not change its meaning.
    package let name: String

    package static let dockerHub = RegistryHost(unchecked: "docker.io")

    private init(unchecked name: String) {
        self.name = name
    }

    /// Parses `HOST[:PORT]`; an IPv6 address stands in brackets.
    ///
    /// - Throws: `ReferenceError` for an empty or impossible host or port.
    package init(parsing text: some StringProtocol) throws(ReferenceError) {
        let (host, port) = Self.splitPort(text)
        if let port {
            guard let number = UInt16(port), number > 0, port.utf8.allSatisfy(\.isASCIIDigit) else {
                throw ReferenceError(text, "the port \"\(port)\" is not a number from 1 to 65535")
            }
        }
        if host.hasPrefix("[") {
            let address = host.dropFirst().dropLast()
            guard host.hasSuffix("]"), address.utf8.contains(UInt8(ascii: ":")),
                address.utf8.allSatisfy({ $0.isLowercaseHex || $0.isAlphanumeric || ":.%".utf8.contains($0) })
            else {
                throw ReferenceError(text, "an IPv6 address stands in brackets, as in [::1]:5000")
            }
        } else {
            let labels = host.split(separator: ".", omittingEmptySubsequences: false)
            let areLabels = labels.allSatisfy { label in
                !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
            }
            guard areLabels else {
                throw ReferenceError(text, "the host \"\(host)\" is not a host name")
            }
        }
        let lowercased = text.lowercased()
        if ["index.docker.io", "registry-1.docker.io"].contains(lowercased) {
            name = Self.dockerHub.name
        } else {
            // A single word is known as a host by its capitals alone, and must keep them.
            name = Self.isHost(lowercased) ? lowercased : String(text)
        }
    }

    /// The host without its port, an IPv6 address without its brackets.
    package var hostname: String {
        let host = Self.splitPort(name).host
        return host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host)
    }

    /// The port that is named, or nil for the scheme's own.
    package var port: Int? { Self.splitPort(name).port.flatMap { Int($0) } }

    /// Whether the host is this machine: exactly `localhost`, or a loopback address.
    ///
    /// `localhost.example.com` is not.
    package var isLoopback: Bool { Self.isLoopback(hostname) }

    /// The rule of `isLoopback` for a bare host name or address.
    package static func isLoopback(_ hostname: String) -> Bool {
        if hostname == "localhost" || hostname == "::1" || hostname == "0:0:0:0:0:0:0:1" { return true }
        let octets = hostname.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }

    /// Whether the first segment of a reference names a host rather than a part of a Docker Hub repository.
    static func isHost(_ segment: some StringProtocol) -> Bool {
        segment == "localhost" || segment.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
            || segment.utf8.contains(where: \.isUppercaseLetter)
    }

    private static func splitPort<Text: StringProtocol>(
        _ text: Text
    ) -> (host: Text.SubSequence, port: Text.SubSequence?) {
        let searchStart = text.lastIndex(of: "]") ?? text.startIndex
        guard let colon = text[searchStart...].lastIndex(of: ":") else { return (text[...], nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }
}

extension RegistryHost: CustomStringConvertible {
    package var description: String { name }
}
