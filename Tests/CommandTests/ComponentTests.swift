import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `--component`: what a component lays over the configuration, and which one a folder means.
@Suite struct ComponentTests {
    /// A repository with a user interface, a service that it is built with, and a root.
    static func monorepo(_ more: String = "", _ body: (Checkout) async throws -> Void) async throws {
        try await Checkout.with(version: nil) { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                labels: { org.opencontainers.image.vendor: Acme, org.opencontainers.image.title: all }
                images: [oci:../everything]
                tags: [version, minor]
                components:
                  ui:
                    images: [oci:../ui]
                    labels: { org.opencontainers.image.title: UI }
                    depends-on: [api]
                  api:
                    path: services/api
                    tags: [version]
                    from: oci:build:api
                    version: { tag-prefix: api- }
                \(more)
                """
            )
            _ = try checkout.folder.write("ui/VERSION", "1.2.0\n")
            _ = try checkout.folder.write("ui/deep/file", "\n")
            _ = try checkout.folder.write("services/api/VERSION", "0.4.0\n")
            _ = try checkout.folder.write("docs/file", "\n")
            try await checkout.commit("second", at: 2)
            try await body(checkout)
        }
    }

    @Test func theOptionTheVariableAndTheFolderName() async throws {
        try await Self.monorepo { checkout in
            let named = try await version(checkout, "--component", "ui")
            #expect(named == "TAGBOAT_VERSION=1.2.0")
            #expect(try await version(checkout, "--component", "api") == "TAGBOAT_VERSION=0.4.0")
            #expect(try await version(checkout, environment: ["TAGBOAT_COMPONENT": "api"]) == "TAGBOAT_VERSION=0.4.0")
            #expect(try await version(checkout, "-C", "ui") == "TAGBOAT_VERSION=1.2.0")
            #expect(try await version(checkout, "-C", "ui/deep") == "TAGBOAT_VERSION=1.2.0")
            #expect(try await version(checkout, "-C", "services/api") == "TAGBOAT_VERSION=0.4.0")
            // The option wins over the folder.
            #expect(try await version(checkout, "-C", "services/api", "--component", "ui") == "TAGBOAT_VERSION=1.2.0")
        }
    }

    @Test(arguments: [
        ["version"], ["tags"], ["labels"], ["version", "-C", "docs"], ["plan", "--from", "oci:build:app"],
    ])
    func whereNoneIsMeantTheyAreListed(command: [String]) async throws {
        try await Self.monorepo { checkout in
            let arguments = command[0] == "plan" ? command + ["--image", "oci:../x"] : command
            let result = try await checkout.tagboat(arguments)
            #expect(result.exitCode == 2)
            #expect(
                result.standardError == """
                    error: no component is named, and the current folder is not that of one
                    hint: name one with --component: ui, api

                    """
            )
        }
    }

    @Test func aSlipIsCorrected() async throws {
        try await Self.monorepo { checkout in
            let result = try await checkout.tagboat("tags", "--component", "uii")
            #expect(result.exitCode == 2)
            #expect(
                result.standardError
                    == "error: there is no component \"uii\"\nhint: did you mean \"ui\"? Known are: ui, api\n"
            )
        }
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat("tags", "--component", "ui")
            #expect(result.exitCode == 2)
            #expect(result.standardError.hasPrefix("error: there is no component \"ui\"\nhint: declare it under"))
        }
    }

    @Test func itsSettingsLieOverTheFileAndBelowTheEnvironment() async throws {
        try await Self.monorepo { checkout in
            let ui = try await rows(checkout, "--component", "ui")
            #expect(ui["images"] == "tagboat.yaml:6 [oci:../ui]")
            #expect(ui["version.file"] == "component ui ui/VERSION")
            #expect(ui["version.tag-prefix"] == "component ui ui/v")
            #expect(ui["tags"] == "tagboat.yaml:3 [version, minor]")
            let labels = "{ org.opencontainers.image.vendor: Acme, org.opencontainers.image.title: UI }"
            #expect(ui["labels"] == "tagboat.yaml:7 \(labels)")
            #expect(ui["component"] == "flag --component ui")
            let api = try await rows(checkout, "-C", "services/api", environment: ["TAGBOAT_TAGS": "sha"])
            #expect(api["component"] == "component api api")
            #expect(api["tags"] == "environment TAGBOAT_TAGS [sha]")
            #expect(api["from"] == "tagboat.yaml:12 oci:build:api")
            #expect(api["version.tag-prefix"] == "tagboat.yaml:13 api-")
            // A component that names no repository has none, rather than everybody's.
            #expect(api["images"] == "default none")
            let all = try await rows(checkout)
            #expect(all["images"] == "tagboat.yaml:2 [oci:../everything]")
            #expect(all["component"] == "default none")
        }
    }

    /// `v2.0.0` and another component's tags are no releases of this one.
    @Test func tagsOfOthersDoNotCount() async throws {
        try await Self.monorepo("  main:\n    root: true\n") { checkout in
            _ = try checkout.folder.write("VERSION", "7.0.0\n")
            for tag in ["v9.0.0", "9.1.0", "ui/v1.1.0", "ui/v1.1.1", "api-3.0.0", "api-ui/v8.0.0", "ui/9.9.9"] {
                try await checkout.git("tag", tag)
            }
            #expect(try await lastRelease(checkout, "ui") == "TAGBOAT_LAST_RELEASE=1.1.1")
            #expect(try await lastRelease(checkout, "api") == "TAGBOAT_LAST_RELEASE=3.0.0")
            #expect(try await lastRelease(checkout, "main") == "TAGBOAT_LAST_RELEASE=9.1.0")
            // At the top the root is meant.
            #expect(
                try await checkout.tagboat("version", "--format", "env").standardOutput.hasPrefix(
                    "TAGBOAT_VERSION=7.0.0"
                )
            )
        }
    }

    /// Each component goes to its own repository, with tags by its own releases.
    @Test func componentsAreReleasedSideBySide() async throws {
        try await Self.monorepo { checkout in
            let layout = checkout.root.appending("build")
            for component in ["ui", "api"] {
                let json = try await checkout.tagboat("labels", "--format", "json", "--quiet", "--component", component)
                let text = try json.requireSuccess().standardOutput
                let labels = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
                #expect(labels["org.opencontainers.image.vendor"] == "Acme")
                #expect(labels["org.opencontainers.image.title"] == (component == "ui" ? "UI" : "all"))
                #expect(labels["org.opencontainers.image.version"] == (component == "ui" ? "1.2.0" : "0.4.0"))
                try ImageFixture.write(to: layout, name: component, labels: labels)
            }
            let ui = try await checkout.tagboat("push", "--component", "ui", "--from", "oci:../build:ui")
            #expect(try ui.requireSuccess().standardOutput.hasPrefix("1.2.0 is a release"))
            let api = try await checkout.tagboat("push", "-C", "services/api", "--from", "oci:../../../build:api")
            #expect(api.exitCode == 2, "it names no repository")
            let named = try await checkout.tagboat(
                "push",
                "--component",
                "api",
                "--from",
                "oci:../build:api",
                "--image",
                "oci:../api"
            )
            _ = try named.requireSuccess()
            let listed = try await checkout.tagboat("list", "--component", "ui", "--format", "names", "--sort", "name")
            #expect(try listed.requireSuccess().standardOutput == "1.2\n1.2.0\n")
            let verified = try await checkout.tagboat("verify", "--component", "ui")
            #expect(try verified.requireSuccess().standardOutput.contains("oci:../ui"))
            let apiTags = try await checkout.tagboat("list", "oci:../api", "--format", "names")
            #expect(apiTags.standardOutput == "0.4.0\n")
        }
    }

    /// docker/metadata-action's rules read the version, not the component's prefix.
    @Test func ruleLinesReadTheVersion() async throws {
        try await Self.monorepo { checkout in
            let tags = try await checkout.tagboat(
                "tags",
                "--component",
                "ui",
                "--tag",
                "type=semver,pattern=v{{major}}.{{minor}}",
                "--tag",
                "version"
            )
            #expect(try tags.requireSuccess().standardOutput == "v1.2\n1.2.0\nlatest\n")
        }
    }

    struct Slip: CustomTestStringConvertible {
        let text: String
        let error: String

        var testDescription: String { error }
    }

    @Test(arguments: [
        Slip(text: "components: { ui: { paht: x } }", error: "tagboat.yaml:1:21: there is no key \"paht\""),
        Slip(text: "components: { ui: { version: { fil: x } } }", error: "tagboat.yaml:1:32: there is no key \"fil\""),
        Slip(text: "components: { ui: { policy: { yank: [x y] } } }", error: "tagboat.yaml:1:38: \"x y\""),
        Slip(text: "components: { a/b: {} }", error: "tagboat.yaml:1:20: \"a/b\" is not a name for a component"),
        Slip(text: "components: { ui: { path: ../x } }", error: "tagboat.yaml:1:27: \"../x\" is not a path"),
        Slip(
            text: "components: { a: { depends-on: [b] }, b: { depends-on: [a] } }",
            error: "tagboat.yaml:1: components depend on each other in a circle: a → b → a"
        ),
        Slip(
            text: "components: { a: { depends-on: { b: much } }, b: }",
            error: "tagboat.yaml:1:37: there is no effect of a dependency \"much\""
        ),
        Slip(text: "components: { a: }\nshared: { x: [c] }", error: "tagboat.yaml:1: x is shared with c, which is no"),
        Slip(
            text: "components: { a: { path: \"services/*\" } }",
            error: "the component a needs a VERSION file: its path is a pattern"
        ),
        Slip(
            text: "components: { a: { version: { tag-prefix: b/v } }, b: }",
            error: "tagboat.yaml:1: the components a and b have the same tag prefix \"b/v\""
        ),
        Slip(text: "components: { a: { variants: [x, x] } }", error: "the variant \"x\" stands twice"),
    ])
    func whatIsWrongIsFoundByTheCheck(_ slip: Slip) async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("tagboat.yaml", slip.text + "\n")
            let result = try await checkout.tagboat("config", "check")
            #expect(result.exitCode == 2)
            #expect(result.standardError.hasPrefix("error: " + slip.error), "\(result.standardError)")
        }
    }

    /// The version that is read, as a shell variable.
    private func version(
        _ checkout: Checkout,
        _ arguments: String...,
        environment: [String: String?] = [:]
    ) async throws -> String? {
        let result = try await checkout.tagboat(["version", "--format", "env"] + arguments, environment: environment)
        return result.standardOutput.lines.first
    }

    private func lastRelease(_ checkout: Checkout, _ component: String) async throws -> String? {
        let result = try await checkout.tagboat("version", "--component", component, "--format", "env")
        return result.standardOutput.lines.first { $0.hasPrefix("TAGBOAT_LAST_RELEASE") }
    }

    /// Origin and value of each key.
    private func rows(
        _ checkout: Checkout,
        _ arguments: String...,
        environment: [String: String?] = [:]
    ) async throws -> [String: String] {
        let shown = try await checkout.tagboat(["config", "show"] + arguments, environment: environment)
        let lines = try shown.requireSuccess().standardOutput.lines.filter { !$0.isEmpty }
        let words = lines.map { $0.split(separator: " ").map(String.init) }
        return Dictionary(uniqueKeysWithValues: words.map { ($0[0], $0.dropFirst().joined(separator: " ")) })
    }
}
