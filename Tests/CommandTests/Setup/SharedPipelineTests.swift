import SystemPackage
import TestSupport
import Testing

/// The action and the component that others use are what `init` writes: the same lines install tagboat, and the same
/// version.
@Suite struct SharedPipelineTests {
    private func source(_ path: String) throws -> String { try Program.source.appending(path).readText() }

    /// The lines of a text without those that other files have around them, at the same depth.
    private func contains(_ text: String, _ lines: [String]) -> Bool {
        let bare = text.lines.map { String($0.drop { $0 == " " }) }
        return bare.indices.contains { start in
            bare[start...].starts(with: lines.map { String($0.drop { $0 == " " }) })
        }
    }

    @Test func theActionInstallsAsThePipelinesDo() throws {
        let lines = try source("templates/pipeline.install.mustache").trimmed.lines
        #expect(lines.count > 10 && contains(try source("action.yml"), lines))
    }

    @Test func theComponentInstallsAsThePipelinesDo() throws {
        let lines = try source("templates/pipeline.install-debian.mustache").trimmed.lines.map {
            $0.replacing("{{{packages}}}", with: "buildah ca-certificates curl git")
        }
        #expect(lines.count > 10 && contains(try source("templates/release.yml"), lines))
    }

    /// They are raised along with VERSION, and show the version that people should use.
    @Test func bumpRaisesTheVersionInEach() async throws {
        let version = try source("VERSION").trimmed
        #expect(try source("templates/release.yml").contains("      default: \(version)\n"))
        try await Checkout.with(version: version) { checkout in
            let paths = ["tagboat.yaml", "action.yml", "templates/release.yml", "docs/init.md"]
            for path in paths { try checkout.folder.write(path, try source(path)) }
            try await checkout.tagboat("bump", "--set", "7.8.9").requireSuccess()
            for path in paths.dropFirst() {
                let text = try checkout.folder.appending(path).readText()
                #expect(text == (try source(path).replacing(version, with: "7.8.9")), "\(path)")
            }
        }
    }
}
