import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat metadata` as a program: its inputs, its outputs, and where it finds out what started the build.
@Suite struct MetadataCommandTests {
    private let rules = """
        type=semver,pattern={{version}}
        type=semver,pattern={{major}}.{{minor}}
        type=ref,event=branch
        # a comment
        type=sha
        """

    private func tags(_ result: CommandResult) throws -> [String] {
        try JSONDecoder().decode(Document.self, from: Data(result.requireSuccess().standardOutput.utf8)).tags
    }

    private struct Document: Decodable {
        let version: String
        let tags: [String]
        let labels: [String: String]
        let annotations: [String]
        let tagNames: [String]

        enum CodingKeys: String, CodingKey {
            case version, tags, labels, annotations
            case tagNames = "tag-names"
        }
    }

    private func metadata(_ checkout: Checkout, _ more: String..., environment: [String: String?] = [:]) async throws
        -> CommandResult
    {
        try await checkout.tagboat(
            ["metadata", "--images", "Acme/UI", "--tags", rules, "--format", "json"] + more,
            environment: environment
        )
    }

    // MARK: Contexts

    @Test func gitTellsTheBranch() async throws {
        try await Checkout.with { checkout in
            let short = try await checkout.git("rev-parse", "HEAD").prefix(7)
            #expect(try tags(await metadata(checkout)) == ["acme/ui:main", "acme/ui:sha-\(short)"])
        }
    }

    @Test func gitTellsTheTagOfADetachedCheckout() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "--annotate", "v2.1.106", "--message", "x")
            try await checkout.commit("next", at: 2)
            try await checkout.git("checkout", "--quiet", "v2.1.106")
            let short = try await checkout.git("rev-parse", "HEAD").prefix(7)
            let expected = ["acme/ui:2.1.106", "acme/ui:2.1", "acme/ui:sha-\(short)", "acme/ui:latest"]
            #expect(try tags(await metadata(checkout)) == expected)
            // A shallow clone of the tag, as CI systems make them.
            try await checkout.git(
                "clone",
                "--quiet",
                "--depth",
                "1",
                "--branch",
                "v2.1.106",
                "file://\(checkout.folder)",
                "../shallow"
            )
            #expect(try tags(await metadata(checkout, "-C", "../shallow")) == expected)
        }
    }

    @Test func gitTellsTheBranchThatADetachedCheckoutIsOn() async throws {
        try await Checkout.with { checkout in
            let first = try await checkout.git("rev-parse", "HEAD")
            try await checkout.commit("next", at: 2)
            try await checkout.git("checkout", "--quiet", first)
            #expect(try tags(await metadata(checkout)).first == "acme/ui:main")
        }
    }

    @Test func theCISystemTellsItWithoutACheckout() async throws {
        try await withTemporaryDirectory { folder in
            let gitLab: [String: String?] = [
                "HOME": folder.string, "GITLAB_CI": "true", "CI_COMMIT_TAG": "v1.4.0", "CI_COMMIT_REF_NAME": "v1.4.0",
                "CI_COMMIT_SHA": "503a2eb0c1d2e3f405162738495a6b7c8d9e0f10", "CI_PIPELINE_SOURCE": "push",
                "CI_PROJECT_URL": "https://gitlab.com/acme/ui", "CI_PROJECT_NAME": "ui",
                "CI_DEFAULT_BRANCH": "main", "SOURCE_DATE_EPOCH": "1783675800",
            ]
            let result = try await run(
                Program.path,
                ["metadata", "--images", "acme/ui", "--tags", rules, "--format", "json"],
                in: folder,
                environment: gitLab
            )
            let document = try JSONDecoder().decode(
                Document.self,
                from: Data(result.requireSuccess().standardOutput.utf8)
            )
            #expect(document.tagNames == ["1.4.0", "1.4", "sha-503a2eb", "latest"])
            #expect(document.labels["org.opencontainers.image.source"] == "https://gitlab.com/acme/ui")
            #expect(document.labels["org.opencontainers.image.created"] == "2026-07-10T09:30:00.000Z")
        }
    }

    @Test func contextGitOverridesTheCISystemsReference() async throws {
        try await Checkout.with { checkout in
            let gitHub: [String: String?] = [
                "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/other",
                "GITHUB_SHA": "503a2eb0c1d2e3f405162738495a6b7c8d9e0f10", "GITHUB_REPOSITORY": "acme/ui",
            ]
            #expect(try tags(await metadata(checkout, environment: gitHub)).first == "acme/ui:other")
            let git = try await metadata(checkout, "--context", "git", environment: gitHub)
            #expect(try tags(git).first == "acme/ui:main")
        }
    }

    // MARK: Outputs

    @Test func setsTheOutputsOfAStep() async throws {
        try await Checkout.with { checkout in
            let environment: [String: String?] = [
                "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/tags/v1.2.3",
                "GITHUB_SHA": "503a2eb0c1d2e3f405162738495a6b7c8d9e0f10", "GITHUB_REPOSITORY": "acme/ui",
                "GITHUB_OUTPUT": "\(checkout.root)/output", "GITHUB_ENV": "\(checkout.root)/env",
                "RUNNER_TEMP": checkout.root.string, "INPUT_IMAGES": "acme/ui\nghcr.io/acme/ui",
                "INPUT_TAGS": "type=semver,pattern={{version}}", "INPUT_SEP-TAGS": ",",
            ]
            _ = try checkout.root.write("output", "earlier=1\n")
            let result = try await checkout.tagboat(["metadata"], environment: environment)
            #expect(result.standardOutput.hasPrefix("version\n  1.2.3\ntags\n  acme/ui:1.2.3\n  acme/ui:latest\n"))
            let output = try checkout.root.appending("output").readText()
            #expect(output.hasPrefix("earlier=1\nversion<<ghadelimiter_tagboat\n1.2.3\nghadelimiter_tagboat\ntags<<"))
            #expect(output.contains("\nacme/ui:1.2.3,acme/ui:latest,ghcr.io/acme/ui:1.2.3,ghcr.io/acme/ui:latest\n"))
            let variables = try checkout.root.appending("env").readText()
            #expect(variables.contains("DOCKER_METADATA_OUTPUT_BAKE_FILE_TAGS<<ghadelimiter_tagboat\n"))
            let bake = output.lines.drop { !$0.hasPrefix("bake-file<<") }.dropFirst().first ?? ""
            #expect(try FilePath(bake).readText().contains("\"DOCKER_META_VERSION\": \"1.2.3\""))
            // The variables can be switched off.
            let quiet = environment.merging([
                "DOCKER_METADATA_SET_OUTPUT_ENV": "false", "GITHUB_ENV": "\(checkout.root)/none",
            ]) { $1 }
            _ = try await checkout.tagboat(["metadata"], environment: quiet).requireSuccess()
            #expect(!FileManager.default.fileExists(atPath: "\(checkout.root)/none"))
        }
    }

    @Test func writesTheBakeDefinitionAndShellVariables() async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat(
                ["metadata", "--images", "acme/ui", "--tags", "type=raw,value=x", "--bake-file", "bake.json"]
                    + ["--bake-target", "ui", "--format", "env"]
            )
            #expect(result.standardOutput.hasPrefix("DOCKER_METADATA_OUTPUT_VERSION=x\n"))
            #expect(result.standardOutput.contains("DOCKER_METADATA_OUTPUT_TAGS=acme/ui:x\n"))
            let bake = try checkout.folder.appending("bake.json").readText()
            #expect(bake.hasPrefix("{\n  \"target\": {\n    \"ui\": {\n      \"tags\": [\n        \"acme/ui:x\"\n"))
        }
    }

    @Test func saysWhatItCannotDo() async throws {
        try await Checkout.with { checkout in
            let wrong = try await checkout.tagboat("metadata", "--tags", "type=nope")
            #expect(wrong.exitCode == 2)
            #expect(wrong.standardError.hasPrefix("error: Unknown tag type attribute: nope\nhint: "))
            let illegal = try await checkout.tagboat("metadata", "--tags", "type=raw,value=-x")
            #expect(illegal.exitCode == 2)
            #expect(illegal.standardError.hasPrefix("error: the tag -x begins with a period or a hyphen"))
            let nothing = try await checkout.tagboat("metadata", "--tags", "type=ref,event=pr")
            #expect(nothing.exitCode == 0)
            #expect(nothing.standardError.contains("warning: No Docker image version has been generated."))
        }
    }
}
