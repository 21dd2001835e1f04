import SystemPackage
import TestSupport
import Testing

@Suite struct VersionSourceTests {
    @Test func withoutAFileTheTagsTellTheVersion() async throws {
        try await Checkout.with(version: nil) { checkout in
            try await checkout.git("tag", "v2.1.105")
            try await checkout.commit("second", at: 2)
            try await checkout.git("tag", "-a", "-m", "2.1.106", "v2.1.106")
            let tagged = try await checkout.tagboat("tags", "--format", "text").requireSuccess()
            #expect(tagged.standardOutput.lines.first == "2.1.106")
            #expect(tagged.standardError.isEmpty)

            let hash = try await checkout.commit("third", at: 3)
            let version = try await checkout.tagboat("version", "--format", "env").requireSuccess().standardOutput
            #expect(version.contains("VERSION=2.1.106\n") && version.contains("2.1.107-dev.1"))
            let later = try await checkout.tagboat("tags", "--format", "text").requireSuccess()
            #expect(later.standardOutput.lines.first == "2.1.107-dev.1.g\(hash.prefix(7))")
            #expect(later.standardError.contains("is a snapshot"))
        }
    }

    /// The registry does not have the version, since an earlier push failed; still no other commit may become it.
    @Test func aCommitBeyondItsTagIsNeverTheRelease() async throws {
        try await Checkout.with(version: nil) { checkout in
            try await checkout.git("tag", "v2.1.106")
            let hash = try await checkout.commit("second", at: 2)
            try await checkout.makeImage()
            let target = "oci:\(checkout.root.appending("registry").string)"
            let push = try await checkout.tagboat("push", "--from", "oci:../build:app", "--image", target)
            #expect(push.exitCode == 0)
            #expect(push.standardOutput.contains("2.1.107-dev.1.g\(hash.prefix(7))"))
            let names = try await checkout.tagboat("list", target, "--format", "names").standardOutput.lines
            #expect(!names.contains("2.1.106") && !names.contains("latest") && !names.contains("2"))
        }
    }

    @Test func theFileWinsUnlessTagsAreAskedFor() async throws {
        try await Checkout.with(version: "3.0.0") { checkout in
            try await checkout.git("tag", "v2.1.106")
            let byFile = try await checkout.tagboat("version", "--format", "env").requireSuccess().standardOutput
            #expect(byFile.contains("VERSION=3.0.0\n"))
            let byTags = try await checkout.tagboat("version", "--version-source", "tags", "--format", "env")
            #expect(byTags.standardOutput.contains("VERSION=2.1.106\n"))
        }
    }

    struct Disagreement: Sendable {
        let file: String
        let laterCommit: Bool
        let exitCode: Int32
    }

    @Test(arguments: [
        Disagreement(file: "2.1.106", laterCommit: false, exitCode: 0),
        Disagreement(file: "2.1.106", laterCommit: true, exitCode: 0),
        Disagreement(file: "2.1.107", laterCommit: true, exitCode: 0),
        Disagreement(file: "2.1.107", laterCommit: false, exitCode: 3),
        Disagreement(file: "2.1.105", laterCommit: true, exitCode: 3),
    ])
    func fileAndTagsMustAgreeWhereBothCount(item: Disagreement) async throws {
        try await Checkout.with(version: item.file) { checkout in
            try await checkout.git("tag", "v2.1.106")
            if item.laterCommit { try await checkout.commit("later", at: 2) }
            let result = try await checkout.tagboat("version", environment: ["TAGBOAT_VERSION_SOURCE": "both"])
            #expect(result.exitCode == item.exitCode)
            #expect(item.exitCode == 0 || result.standardError.contains("disagree: the file says \(item.file)"))
        }
    }

    @Test func aPatternNamesTheTags() async throws {
        try await Checkout.with(version: nil) { checkout in
            try await checkout.git("tag", "v9.0.0")
            try await checkout.git("tag", "release-2.1.106-final")
            _ = try checkout.folder.write("tagboat.yaml", "version: { tag-pattern: 'release-{version}-final' }\n")
            let version = try await checkout.tagboat("version", "--format", "env").requireSuccess().standardOutput
            #expect(version.contains("VERSION=2.1.106\n"))
            _ = try checkout.folder.write("tagboat.yaml", "version: { tag-pattern: 'release' }\n")
            let wrong = try await checkout.tagboat("version")
            #expect(wrong.exitCode == 2)
            #expect(wrong.standardError.contains("tagboat.yaml:1:") && wrong.standardError.contains("{version}"))
        }
    }

    @Test func withoutFileAndTagsThereIsNoVersion() async throws {
        try await Checkout.with(version: nil) { checkout in
            let result = try await checkout.tagboat("version", "--version-source", "tags")
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains("no git tag that HEAD contains names one"))
        }
    }
}
