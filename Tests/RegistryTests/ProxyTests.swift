import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite struct ProxyTests {
    struct Exception: Sendable {
        let list: String
        let url: String
        let isDirect: Bool

        init(_ list: String, _ url: String, _ isDirect: Bool) {
            (self.list, self.url, self.isDirect) = (list, url, isDirect)
        }
    }

    /// The rules of Go's golang.org/x/net/http/httpproxy, as its documentation and its tests have them.
    @Test(arguments: [
        Exception("", "https://r.io/", false),
        Exception("r.io", "https://r.io/", true),
        Exception("r.io", "https://R.IO/", true),
        Exception("R.io", "https://sub.r.io/", true),
        Exception("r.io", "https://other.io/", false),
        Exception("r.io", "https://evilr.io/", false),
        // With a leading dot, the names below it alone.
        Exception(".r.io", "https://sub.r.io/", true),
        Exception(".r.io", "https://r.io/", false),
        Exception("*.r.io", "https://sub.r.io/", true),
        Exception("*.r.io", "https://r.io/", false),
        Exception("*", "https://r.io/", true),
        Exception("a.io, r.io ,b.io", "https://r.io/", true),
        Exception("a.io r.io", "https://r.io/", true),
        Exception(",,", "https://r.io/", false),
        // Ports.
        Exception("r.io:443", "https://r.io/", true),
        Exception("r.io:443", "https://r.io:5000/", false),
        Exception("r.io:5000", "https://r.io:5000/", true),
        Exception("r.io:80", "http://r.io/", true),
        Exception("r.io", "https://r.io:5000/", true),
        // Addresses and networks.
        Exception("192.0.2.1", "https://192.0.2.1/", true),
        Exception("192.0.2.1", "https://192.0.2.10/", false),
        Exception("192.0.2.1:443", "https://192.0.2.1:5000/", false),
        Exception("192.0.2.0/24", "https://192.0.2.77/", true),
        Exception("192.0.2.0/24", "https://192.0.3.77/", false),
        Exception("192.0.2.128/25", "https://192.0.2.127/", false),
        Exception("0.0.0.0/0", "https://192.0.2.1/", true),
        Exception("192.0.2.0/24", "https://r.io/", false),
        Exception("2001:db8::1", "https://[2001:db8::1]/", true),
        Exception("[2001:db8::1]:443", "https://[2001:db8::1]/", true),
        Exception("2001:db8::/32", "https://[2001:db8:1::1]/", true),
        Exception("2001:db8::/32", "https://[2001:db9::1]/", false),
        Exception("192.0.2.0/33", "https://192.0.2.1/", false),
        // This machine is never behind a proxy.
        Exception("", "https://localhost:5000/", true),
        Exception("", "https://127.0.0.1:5000/", true),
        Exception("", "https://127.5.5.5/", true),
        Exception("", "https://[::1]:5000/", true),
        Exception("", "https://localhost.r.io/", false),
    ])
    func exceptions(example: Exception) throws {
        let rules = try ProxyRules(environment: [
            "HTTPS_PROXY": "http://proxy:3128", "http_proxy": "http://proxy:3128", "NO_PROXY": example.list,
        ])
        let url = try #require(URL(string: example.url))
        #expect((rules.proxy(for: url) == nil) == example.isDirect)
    }

    struct Choice: Sendable {
        let environment: [String: String]
        let url: String
        let host: String?
    }

    @Test(arguments: [
        Choice(environment: ["HTTPS_PROXY": "a:1"], url: "https://r.io/", host: "a"),
        Choice(environment: ["https_proxy": "a:1"], url: "https://r.io/", host: "a"),
        Choice(environment: ["HTTPS_PROXY": "a:1", "https_proxy": "b:1"], url: "https://r.io/", host: "a"),
        Choice(environment: ["HTTPS_PROXY": "", "https_proxy": "b:1"], url: "https://r.io/", host: "b"),
        Choice(environment: ["HTTPS_PROXY": "a:1"], url: "http://r.io/", host: nil),
        Choice(environment: ["HTTP_PROXY": "a:1"], url: "http://r.io/", host: "a"),
        Choice(environment: ["HTTP_PROXY": "a:1"], url: "https://r.io/", host: nil),
        Choice(environment: ["ALL_PROXY": "a:1"], url: "https://r.io/", host: "a"),
        Choice(environment: ["ALL_PROXY": "a:1", "HTTPS_PROXY": "b:1"], url: "https://r.io/", host: "b"),
        Choice(environment: ["all_proxy": "a:1"], url: "http://r.io/", host: "a"),
        // In a CGI program, HTTP_PROXY is what a stranger's header says.
        Choice(environment: ["HTTP_PROXY": "a:1", "REQUEST_METHOD": "GET"], url: "http://r.io/", host: nil),
        Choice(environment: ["http_proxy": "a:1", "REQUEST_METHOD": "GET"], url: "http://r.io/", host: "a"),
        Choice(environment: ["HTTPS_PROXY": "a:1", "no_proxy": "r.io"], url: "https://r.io/", host: nil),
        Choice(environment: [:], url: "https://r.io/", host: nil),
    ])
    func variables(example: Choice) throws {
        let rules = try ProxyRules(environment: example.environment)
        #expect(rules.proxy(for: try #require(URL(string: example.url)))?.host == example.host)
    }

    struct Server: Sendable {
        let text: String
        let host: String
        let port: Int
        var kind = ProxyServer.Kind.http
        var user: String?
        var password: String?
    }

    @Test(arguments: [
        Server(text: "proxy.local:3128", host: "proxy.local", port: 3128),
        Server(text: "http://proxy.local", host: "proxy.local", port: 80),
        Server(text: "HTTP://Proxy.local:8080/", host: "proxy.local", port: 8080),
        Server(text: "http://[::1]:3128", host: "::1", port: 3128),
        Server(text: "socks5://proxy.local", host: "proxy.local", port: 1080, kind: .socks5),
        Server(text: "socks5h://proxy.local:9", host: "proxy.local", port: 9, kind: .socks5),
        Server(text: "http://me:p%40ss:w%3Ard@p:1", host: "p", port: 1, user: "me", password: "p@ss:w:rd"),
        Server(text: "http://me@p:1", host: "p", port: 1, user: "me", password: ""),
    ])
    func servers(example: Server) throws {
        let server = try ProxyServer(parsing: example.text, variable: "X")
        #expect(server.host == example.host && server.port == example.port && server.kind == example.kind)
        #expect(server.user == example.user)
        #expect(server.password == example.password.map { Secret($0) })
    }

    @Test(arguments: [
        "https://me:hunter2@p", "socks4://p", "gopher://p", "http://", "http://me:hunter2@", "http://p:port",
        "http://p:0", "http://p:99999", "http://me:hunter2%zz@p", "socks5://me:hunter2@p", "http://[::1",
    ])
    func whatNamesNoProxyIsRefusedAndNotShown(text: String) throws {
        let error = #expect(throws: ProxyError.self) { try ProxyRules(environment: ["HTTPS_PROXY": text]) }
        #expect(error?.description.hasPrefix("HTTPS_PROXY ") == true)
        #expect("\(String(describing: error))".contains("hunter2") == false)
    }

    /// Also without TLS it is a tunnel; then credentials go only where the user allows it.
    @Test func plainRegistriesAreReachedByATunnelToo() async throws {
        try await withTokenRegistry(
            challenge: { _ in ["WWW-Authenticate": "Basic realm=\"r\""] },
            accepts: { $0.headers["Authorization"] != nil },
            token: { _ in TestResponse(404) },
            { registry in
                try await withConnectProxy(routes: ["registry.test:80": registry.server.address]) { proxy in
                    var settings = ConnectionSettings(timeout: .seconds(120))
                    settings.hosts = [try RegistryHost(parsing: "registry.test"): .init(plainHTTP: true)]
                    settings.proxies = try ProxyRules(environment: ["http_proxy": "http://\(proxy.address)"])
                    let credentials = CredentialFiles([.given(.password(user: "ada", Secret("s")))])
                    try await withClient(settings: settings, credentials: credentials) { client in
                        let tags = try await client.repository("registry.test/acme/ui").tags()
                        #expect(tags.count == 1)
                    }
                    #expect(Set(proxy.targets) == ["registry.test:80"])
                }
            }
        )
    }

    @Test func goesThroughARealProxy() async throws {
        try await withDockerRegistry(.passwordOverTLS(user: "ada", password: "s")) { registry in
            let routes = ["registry.test:443": registry.address]
            try await withConnectProxy(routes: routes, credentials: "me:p@ss") { proxy in
                func tags(_ proxyURL: String, exceptions: String = "") async throws -> RegistryError? {
                    var settings = ConnectionSettings(timeout: .seconds(120))
                    let host = try RegistryHost(parsing: "registry.test")
                    settings.hosts = [host: .init(certificateAuthority: registry.certificateAuthority)]
                    settings.proxies = try ProxyRules(environment: ["HTTPS_PROXY": proxyURL, "NO_PROXY": exceptions])
                    let credentials = CredentialFiles([.given(.password(user: "ada", Secret("s")))])
                    return try await withClient(settings: settings, credentials: credentials) { client in
                        try await failure { try await client.repository("registry.test/acme/ui").tags() }
                    }
                }
                let address = proxy.address
                let through = try await tags("http://me:p%40ss@\(address)")
                #expect(through?.description == nil)
                #expect(Set(proxy.targets) == ["registry.test:443"])
                let count = proxy.targets.count
                let refused = try await tags("http://me:wrong@\(address)")
                #expect(refused?.description.hasPrefix("the proxy on the way to registry.test wants a user") == true)
                #expect(proxy.targets.count > count)
                let absent = try await tags("http://me:p%40ss@127.0.0.1:1")
                #expect(absent?.description == "the proxy 127.0.0.1:1 cannot be reached: connection refused")
                let second = proxy.targets.count
                let direct = try await tags("http://me:p%40ss@\(address)", exceptions: "registry.test")
                #expect(direct?.kind == .unreachable)
                #expect(proxy.targets.count == second)
            }
            // The registry saw its own password and not the proxy's.
            #expect(try await registry.requests().contains { $0.status == 200 || $0.status == 404 })
        }
    }
}
