import FoundationEssentials
import OCI

/// Which addresses are reached through which proxy: what `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
///
/// The rules are those of Go's net/http, by which docker, podman and skopeo go, and `ALL_PROXY` is curl's.
package struct ProxyRules: Hashable, Sendable {
    private var https: ProxyServer?
    private var http: ProxyServer?
    private var exceptions: [ProxyException] = []

    /// No proxies.
    package init() {}

    /// Reads the variables.
    ///
    /// - Throws: `ProxyError`.
    package init(environment: [String: String]) throws(ProxyError) {
        func first(_ names: [String]) -> (name: String, value: String)? {
            for name in names {
                if let value = environment[name]?.trimmingBlanks, !value.isEmpty { return (name, value) }
            }
            return nil
        }
        func server(_ names: [String]) throws(ProxyError) -> ProxyServer? {
            guard let (name, value) = first(names) else { return nil }
            return try ProxyServer(parsing: value, variable: name)
        }
        let all = ["ALL_PROXY", "all_proxy"]
        https = try server(["HTTPS_PROXY", "https_proxy"] + all)
        // A CGI program is given the header `Proxy` of whoever asks as HTTP_PROXY (CVE-2016-5385).
        let isCGI = environment["REQUEST_METHOD"].map { !$0.isEmpty } ?? false
        http = try server((isCGI ? [] : ["HTTP_PROXY"]) + ["http_proxy"] + all)
        let list = first(["NO_PROXY", "no_proxy"])?.value ?? ""
        exceptions = list.split { $0 == "," || $0.isWhitespace }.compactMap { ProxyException($0) }
    }

    /// The proxy for an address; nil where it is reached directly.
    func proxy(for url: URL) -> ProxyServer? {
        let isTLS = url.scheme?.lowercased() == "https"
        guard let server = isTLS ? https : http, let host = url.host() else { return nil }
        return isReachedDirectly(HostAndPort(host)?.host ?? host, port: url.port ?? (isTLS ? 443 : 80)) ? nil : server
    }

    private func isReachedDirectly(_ host: String, port: Int) -> Bool {
        var host = host.lowercased()
        while host.hasSuffix(".") { host.removeLast() }
        // This machine is not the proxy's, whatever the variables say.
        if RegistryHost.isLoopback(host) { return true }
        return exceptions.contains { $0.covers(host, port: port) }
    }
}

/// One entry of `NO_PROXY`.
private enum ProxyException: Hashable {
    case everything
    /// An address and the bits of it that count.
    case network(IPAddress, bits: Int, port: Int?)
    /// A domain; with a leading dot only the names below it.
    case domain(String, isItself: Bool, port: Int?)

    init?(_ text: Substring) {
        if text == "*" {
            self = .everything
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count == 2, let address = IPAddress(parts[0]), let bits = Int(parts[1]),
            (0...address.bytes.count * 8).contains(bits)
        {
            self = .network(address, bits: bits, port: nil)
            return
        }
        guard let place = HostAndPort(text), !place.host.isEmpty else { return nil }
        if let address = IPAddress(place.host) {
            self = .network(address, bits: address.bytes.count * 8, port: place.port)
            return
        }
        var name = place.host[...]
        if name.hasPrefix("*.") { name = name.dropFirst() }
        let isItself = !name.hasPrefix(".")
        self = .domain(isItself ? String(name) : String(name.dropFirst()), isItself: isItself, port: place.port)
    }

    func covers(_ host: String, port: Int) -> Bool {
        switch self {
        case .everything:
            return true
        case .network(let network, let bits, let only):
            guard only ?? port == port, let address = IPAddress(host) else { return false }
            return address.shares(bits, with: network)
        case .domain(let name, let isItself, let only):
            return only ?? port == port && (host.hasSuffix("." + name) || isItself && host == name)
        }
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
