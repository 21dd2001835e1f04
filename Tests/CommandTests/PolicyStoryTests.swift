import SystemPackage
import TestSupport
import Testing

/// Variants, exceptions, branches and evidence, told on layouts; skopeo tells what their tags hold.
@Suite struct PolicyStoryTests {
    private let target = "oci:../target"

    /// The digest behind a tag of the target layout.
    private func digest(_ tag: String, _ checkout: Checkout) async throws -> String {
        try await Skopeo().digest(of: "oci:\(checkout.root)/target:\(tag)")
    }

    private func configure(_ checkout: Checkout, _ text: String) throws {
        _ = try checkout.folder.write("tagboat.yaml", "images: [oci:../target]\nfrom: oci:../build:app\n" + text)
    }

    @Test func variantsAreReleasedSideBySide() async throws {
        try await Checkout.with { checkout in
            try configure(
                checkout,
                """
                variants:
                  - { name: bookworm, default: true }
                  - { name: slim-bookworm, aliases: [slim] }
                """
            )
            try await checkout.commit("variants")
            try await checkout.makeImage()
            let full = try await checkout.tagboat("push").requireSuccess()
            #expect(full.standardOutput.hasPrefix("2.1.106 (bookworm) is a release from "))
            try await checkout.makeImage("app", variation: "slim")
            let slim = try await checkout.tagboat("push", "--variant", "slim-bookworm").requireSuccess()
            #expect(slim.standardOutput.contains("  2.1.106-slim-bookworm   created"))
            #expect(slim.standardOutput.contains("  slim                    created"))
            #expect(try await digest("latest", checkout) == digest("2.1.106-bookworm", checkout))
            #expect(try await digest("slim", checkout) == digest("2-slim-bookworm", checkout))
            #expect(try await digest("slim", checkout) != digest("latest", checkout))
            let verified = try await checkout.tagboat("verify")
            #expect(verified.exitCode == 0)
            #expect(verified.standardOutput.contains("12 in place, 0 drifted"))
            let unknown = try await checkout.tagboat("push", "--variant", "slimm-bookworm")
            #expect(unknown.exitCode == 2)
            #expect(unknown.standardError.contains("did you mean \"slim-bookworm\"?"))
        }
    }

    @Test func aYankTakesEffectWithTheNextRun() async throws {
        try await Checkout.with { checkout in
            try configure(checkout, "")
            try await checkout.release("2.1.106", to: target, at: 1).requireSuccess()
            try await checkout.release("2.1.107", to: target, at: 2).requireSuccess()
            #expect(try await digest("latest", checkout) == digest("2.1.107", checkout))
            try configure(checkout, "policy: { yank: [2.1.107] }\n")
            try await checkout.commit("Yank 2.1.107", at: 3)
            try await checkout.makeImage()
            let drifted = try await checkout.tagboat("verify")
            #expect(drifted.exitCode == 1)
            let push = try await checkout.tagboat("push").requireSuccess()
            #expect(push.standardOutput.contains(" is a snapshot"))
            #expect(push.standardOutput.contains("2.1.106 is the highest release of this line"))
            for tag in ["2.1", "2", "latest"] {
                #expect(try await digest(tag, checkout) == digest("2.1.106", checkout))
            }
            #expect(try await checkout.tagboat("verify").exitCode == 0)
        }
    }

    @Test func aBranchsTagGoesForwardOnly() async throws {
        try await Checkout.with { checkout in
            try configure(checkout, "tags: [sha, edge, branch]\n")
            try await checkout.commit("first on main", at: 1)
            try await checkout.makeImage()
            try await checkout.tagboat("push").requireSuccess()
            let old = try await checkout.git("rev-parse", "HEAD")
            try await checkout.commit("second", at: 2)
            try await checkout.makeImage()
            try await checkout.tagboat("push").requireSuccess()
            let newest = try await digest("edge", checkout)
            // An older commit is built again, later.
            try await checkout.git("checkout", "--quiet", "-B", "main", old)
            try await checkout.makeImage()
            let late = try await checkout.tagboat("push").requireSuccess()
            #expect(late.standardOutput.contains("which is further\n"))
            #expect(try await digest("edge", checkout) == newest)
            let forced = try await checkout.tagboat("push", "--heads", "any").requireSuccess()
            #expect(forced.standardOutput.contains("  edge     moved"))
        }
    }

    @Test func aShallowCloneIsNoEvidence() async throws {
        try await Checkout.with { checkout in
            try configure(checkout, "policy: { evidence: both }\n")
            try await checkout.commit("configure", at: 1)
            try await checkout.git("tag", "v3.0.0")
            try await checkout.commit("next", at: 2)
            try await checkout.makeImage()
            try await checkout.git("clone", "--quiet", "--depth", "1", "file://\(checkout.folder)", "../shallow")
            let shallow = try await checkout.tagboat("plan", "-C", "../shallow")
            #expect(shallow.exitCode == 3)
            #expect(shallow.standardError.hasPrefix("error: this shallow clone has no git tags"))
            #expect(shallow.standardError.contains("git fetch --tags origin"))
            let plan = try await checkout.tagboat("plan").requireSuccess()
            #expect(plan.standardOutput.contains("3.0.0 is higher, but not in this repository\n"))
            #expect(plan.standardOutput.contains("  evidence: only git has 3.0.0\n"))
            let json = try await checkout.tagboat("plan", "--format", "json").requireSuccess()
            #expect(json.standardOutput.contains("\"disagreement\" : \"only git has 3.0.0\""))
        }
    }

    @Test func calendarVersionsHaveLinesToo() async throws {
        try await Checkout.with(version: "2026.07.1") { checkout in
            try configure(checkout, "version: { format: YYYY.0M.MICRO }\ntags: [version, minor, major, latest]\n")
            try await checkout.release("2026.07.1", to: target, at: 1).requireSuccess()
            try await checkout.release("2026.08.0", to: target, at: 2).requireSuccess()
            let late = try await checkout.release("2026.07.2", to: target, at: 3).requireSuccess()
            #expect(late.standardOutput.contains("  2026.07    moved"))
            #expect(late.standardOutput.contains("2026.07.2 does not move 2026: 2026.08.0 is higher"))
            let wrong = try await checkout.tagboat("tags", "--version", "2026.7.1")
            #expect(wrong.exitCode == 2)
            #expect(wrong.standardError.contains("0M has 2 digits, not \"7\""))
        }
    }

    @Test func ruleLinesOfAWorkflowWorkAsTheyAre() async throws {
        try await Checkout.with { checkout in
            let lines = """
                type=semver,pattern=v{{version}}
                type=semver,pattern=v{{major}}
                type=raw,value={{branch}}-{{sha}}-{{tree}}
                """
            let tree = try await checkout.git("rev-parse", "HEAD^{tree}")
            let short = try await checkout.git("rev-parse", "HEAD").prefix(7)
            let environment = ["TAGBOAT_TAGS": lines]
            let tags = try await checkout.tagboat("tags", environment: environment).requireSuccess()
            #expect(tags.standardOutput == "v2.1.106\nv2\nmain-\(short)-\(tree)\nlatest\n")
            let flags = try await checkout.tagboat("tags", "--tag", "type=semver,pattern={{raw}}", "--tag", "sha")
            #expect(flags.standardOutput == "v2.1.106\n\(short)\nlatest\n")
        }
    }
}
