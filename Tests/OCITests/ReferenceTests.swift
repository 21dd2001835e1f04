import Testing

@testable import OCI

@Suite struct ReferenceTests {
    struct Valid: Sendable {
        let text: String
        let registry: String
        let path: String
        var tag: String?
        var digest: String?
    }

    private static let digest = "sha256:" + String(repeating: "0a", count: 32)

    @Test(arguments: [
        Valid(text: "ubuntu", registry: "docker.io", path: "library/ubuntu"),
        Valid(text: "ubuntu:24.04", registry: "docker.io", path: "library/ubuntu", tag: "24.04"),
        Valid(text: "acme/ui", registry: "docker.io", path: "acme/ui"),
        Valid(text: "docker.io/acme/ui", registry: "docker.io", path: "acme/ui"),
        Valid(text: "docker.io/ubuntu", registry: "docker.io", path: "library/ubuntu"),
        Valid(text: "index.docker.io/acme/ui", registry: "docker.io", path: "acme/ui"),
        Valid(text: "ghcr.io/acme/gallery-ui:2.1", registry: "ghcr.io", path: "acme/gallery-ui", tag: "2.1"),
        Valid(text: "localhost/ui", registry: "localhost", path: "ui"),
        Valid(text: "localhost:5000/ui:x", registry: "localhost:5000", path: "ui", tag: "x"),
        Valid(text: "host:5000/a/b/c", registry: "host:5000", path: "a/b/c"),
        Valid(text: "UPPER/ui", registry: "UPPER", path: "ui"),
        Valid(text: "[::1]:5000/ui:1", registry: "[::1]:5000", path: "ui", tag: "1"),
        Valid(text: "[2001:db8::1]/ui", registry: "[2001:db8::1]", path: "ui"),
        Valid(text: "r.io/a__b/c---d/e.f_g", registry: "r.io", path: "a__b/c---d/e.f_g"),
        Valid(text: "r.io/ui@\(digest)", registry: "r.io", path: "ui", digest: digest),
        Valid(text: "r.io/ui:1@\(digest)", registry: "r.io", path: "ui", tag: "1", digest: digest),
    ])
    func parses(reference: Valid) throws {
        let parsed = try ImageReference(parsing: reference.text)
        #expect(parsed.repository.registry.name == reference.registry)
        #expect(parsed.repository.path == reference.path)
        #expect(parsed.tag?.name == reference.tag)
        #expect(parsed.digest?.description == reference.digest)
        // What it prints means the same again.
        #expect(try ImageReference(parsing: parsed.description) == parsed)
    }

    @Test(arguments: [
        "", ":tag", "@sha256:00", "r.io/", "r.io//ui", "r.io/UI", "r.io/-ui", "r.io/ui-", "r.io/a___b", "r.io/a..b",
        "r.io/ui:", "r.io/ui:.x", "r.io/ui:-x", "r.io/ui:a b", "r.io/ui:ä", "r.io/ui@sha256:123", "r.io/ui@md5:00",
        "r.io/ui@sha256:" + String(repeating: "0A", count: 32), "host:0/ui", "host:70000/ui", "host:/ui", "host:5x/ui",
        "-host.io/ui", "ho_st.io/ui", "[::1/ui", "[x]:5/ui", String(repeating: "0a", count: 32),
        "r.io/ui:" + String(repeating: "a", count: 129), "r.io/" + String(repeating: "a", count: 256), "r.io/ui\n",
        "https://r.io/ui",
    ])
    func refuses(text: String) {
        #expect(throws: ReferenceError.self) { try ImageReference(parsing: text) }
    }

    @Test func theDigestWinsOverTheTag() throws {
        let reference = try ImageReference(parsing: "r.io/ui:1@\(Self.digest)")
        #expect(try reference.selector == .digest(Digest(parsing: Self.digest)))
        #expect(try ImageReference(parsing: "r.io/ui").selector == .tag(.latest))
    }

    @Test(arguments: [
        ("localhost", true), ("localhost:5000", true), ("127.0.0.1:5000", true), ("127.1.2.3", true),
        ("[::1]:5000", true),
        ("localhost.example.com", false), ("127.0.0.1.example.com", false), ("127.0.0.1x.io", false),
        ("128.0.0.1", false),
        ("example.com", false),
    ])
    func knowsLoopback(host: String, isLoopback: Bool) throws {
        #expect(try RegistryHost(parsing: host).isLoopback == isLoopback)
    }

    @Test func aTagHasAtMost128Characters() throws {
        #expect(try OCI.Tag(String(repeating: "a", count: 128)).name.count == 128)
        #expect(throws: ReferenceError.self) { try OCI.Tag(String(repeating: "a", count: 129)) }
        #expect(throws: ReferenceError.self) { try OCI.Tag("") }
    }

    @Test func readsBothDigestAlgorithms() throws {
        let long = "sha512:" + String(repeating: "f0", count: 64)
        #expect(try Digest(parsing: long).algorithm == .sha512)
        #expect(try Digest(parsing: Self.digest).abbreviated == "sha256:0a0a0a0a0a0a")
        #expect(throws: ReferenceError.self) { try Digest(parsing: "sha512:" + String(repeating: "f0", count: 32)) }
    }
}
