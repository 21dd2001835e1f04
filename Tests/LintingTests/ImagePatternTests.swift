import Linting
import OCI
import Testing

/// The list of allowed images.
@Suite struct ImagePatternTests {
    struct Case: Sendable {
        let pattern: String
        let image: String
        let fit: ImagePattern.Fit

        init(_ pattern: String, _ image: String, _ fit: ImagePattern.Fit) {
            self.pattern = pattern
            self.image = image
            self.fit = fit
        }
    }

    private static let digest = "@sha256:" + String(repeating: "0a", count: 32)

    @Test(arguments: [
        Case("alpine", "alpine:3.22", .whole),
        Case("alpine", "alpine", .whole),
        Case("alpine", "docker.io/library/alpine:3", .whole),
        Case("docker.io/alpine", "alpine:3", .whole),
        Case("docker.io/library/alpine", "alpine:3", .whole),
        Case("index.docker.io/library/alpine", "alpine:3", .whole),
        Case("alpine", "acme/alpine:3", .none),
        Case("alpine", "ghcr.io/library/alpine:3", .none),
        Case("acme/*", "acme/ui:1", .whole),
        Case("acme/*", "ghcr.io/acme/ui:1", .none),
        Case("ghcr.io/acme/*", "ghcr.io/acme/team/ui:1", .whole),
        Case("ghcr.io/acme/*", "ghcr.io/acme-evil/ui:1", .none),
        Case("ghcr.io/acme/ui", "ghcr.io/acme/ui2:1", .none),
        Case("GHCR.io/acme/ui", "ghcr.io/acme/ui:1", .whole),
        Case("*/acme/ui", "quay.io/acme/ui:1", .whole),
        Case("*.example.com/*", "registry.example.com/a/b:1", .whole),
        Case("*.example.com/*", "registry.example.com:5000/a/b:1", .none),
        Case("registry.example.com:5000/*", "registry.example.com:5000/a/b:1", .whole),
        Case("registry.example.com:5000/a:1", "registry.example.com:5000/a:2", .repository),
        Case("localhost/*", "localhost/a:1", .whole),
        Case("*", "alpine:3", .whole),
        Case("*", "acme/ui:1", .none),
        Case("docker.io/*", "acme/ui:1", .whole),
        Case("alpine:3.*", "alpine:3.22", .whole),
        Case("alpine:3.*", "alpine:3", .repository),
        Case("alpine:3.?", "alpine:3.22", .repository),
        Case("alpine:3.*", "alpine", .repository),
        Case("alpine:latest", "alpine", .whole),
        Case("alpine:3.*", "alpine\(digest)", .repository),
        Case("alpine:3.*@", "alpine:3.22", .tag),
        Case("alpine:3.*@", "alpine:3.22\(digest)", .whole),
        Case("alpine@", "alpine\(digest)", .whole),
    ])
    func fitsImages(_ test: Case) throws {
        let pattern = try #require(ImagePattern(test.pattern))
        #expect(pattern.fit(try ImageReference(parsing: test.image)) == test.fit)
    }

    @Test(arguments: ["", "/", "a//b", ":1", "a:", "a@sha256:00", "a b", "@", "/a", "a/"])
    func otherTextIsNone(text: String) {
        #expect(ImagePattern(text) == nil)
    }

    @Test func partsMayBeGiven() throws {
        let pattern = ImagePattern(registry: "*", repository: "acme/*", tags: ["1.*", "2.*"], needsDigest: true)
        #expect(pattern.fit(try ImageReference(parsing: "quay.io/acme/a:2.1")) == .tag)
        #expect(pattern.fit(try ImageReference(parsing: "quay.io/acme/a:3.1")) == .repository)
        #expect(pattern.description == "*/acme/*:{1.*,2.*}@")
    }
}
