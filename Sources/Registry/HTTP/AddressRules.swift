import FoundationEssentials
import OCI

/// Where a registry may send us: the rules for token realms and redirects (CVE-2020-15157).
enum AddressRules {
    /// Checks an address that a server named.
    ///
    /// It must be https unless the server itself is spoken to in http, must hold no user information, and must not
    /// point into this machine or its network link (loopback, link-local, cloud metadata) unless the server is there.
    ///
    /// - Throws: `RegistryError` of kind `unsafeAddress`.
    static func check(_ url: URL, namedBy origin: URL, as role: String) throws(RegistryError) {
        let server = origin.authority.isEmpty ? "the registry" : origin.authority
        func refuse(_ problem: String) -> RegistryError {
            RegistryError(
                .unsafeAddress,
                "\(server) names \(role) that is not safe to use: \(problem)",
                hint: "no credentials were sent there; ask the registry's operator whether this is intended"
            )
        }
        guard let scheme = url.scheme?.lowercased(), let host = url.host()?.lowercased(), !host.isEmpty else {
            throw refuse("it is not an absolute address")
        }
        guard scheme == "https" || (scheme == "http" && origin.scheme?.lowercased() == "http") else {
            throw refuse("its scheme is \(scheme), not https")
        }
        guard url.user() == nil, url.password() == nil else {
            throw refuse("it holds user information")
        }
        let isOwnHost = host == origin.host()?.lowercased()
        let bothLocal = RegistryHost.isLoopback(host) && RegistryHost.isLoopback(origin.host()?.lowercased() ?? "")
        guard isOwnHost || bothLocal || !isLocal(host) else {
            throw refuse("\(host) is an address of this machine or its own network")
        }
    }

    /// Loopback, unspecified, link-local (which holds the metadata services of clouds) and metadata names.
    static func isLocal(_ hostname: String) -> Bool {
        var host = hostname.lowercased()
        // A dot at the end says that the name is whole; it is the same name.
        if host.hasSuffix(".") { host.removeLast() }
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if RegistryHost.isLoopback(host) || host.hasSuffix(".localhost") || host == "metadata.google.internal" {
            return true
        }
        if host.contains(":") {
            return host == "::" || host.hasPrefix("fe8") || host.hasPrefix("fe9") || host.hasPrefix("fea")
                || host.hasPrefix("feb") || host.hasPrefix("::ffff:") || host.hasPrefix("fd00:ec2")
        }
        // A whole number, or parts in octal or hexadecimal, spell an IPv4 address in a way that only hides it.
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let areNumbers = parts.allSatisfy { part in
            part.hasPrefix("0x") || part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        }
        guard areNumbers else { return false }
        let octets = parts.compactMap { part in part.count > 1 && part.hasPrefix("0") ? nil : UInt8(part) }
        guard octets.count == 4, parts.count == 4 else { return true }
        return octets[0] == 127 || octets[0] == 0 || (octets[0] == 169 && octets[1] == 254)
    }
}
