import FoundationEssentials
import Release
import SystemPackage
import TestSupport
import Testing

/// `tagboat init` in real folders.
@Suite struct InitTests {
    private static let remote = "https://ada:secret@github.com/Acme/UI.git"

    /// A repository with a Dockerfile and a remote, and nothing of tagboat's.
    private func withProject(
        remote: String? = InitTests.remote,
        files: [String: String] = ["Dockerfile": "FROM scratch\n"],
        _ body: (Checkout) async throws -> Void
    ) async throws {
        try await Checkout.with(version: nil) { checkout in
            if let remote { try await checkout.git("remote", "add", "origin", remote) }
            for (path, text) in files { try checkout.folder.write(path, text) }
            try await body(checkout)
        }
    }

    private func exists(_ checkout: Checkout, _ path: String) -> Bool { checkout.folder.appending(path).exists }

    @Test func writesWhatAProjectNeeds() async throws {
        try await withProject { checkout in
            let result = try await checkout.tagboat("init", "--yes").requireSuccess()
            #expect(
                result.standardError
                    == "created tagboat.yaml\ncreated VERSION\ncreated .github/workflows/tagboat.yml\n"
            )
            #expect(!result.standardOutput.contains("secret"))
            #expect(try checkout.folder.appending("VERSION").readText() == "0.1.0\n")
            let configuration = try checkout.folder.appending("tagboat.yaml").readText()
            #expect(configuration.contains("\nimages:\n  - ghcr.io/acme/ui\n"))
            #expect(configuration.contains("\ndockerfile: Dockerfile\n"))
            #expect(try await checkout.tagboat("config", "check").exitCode == 0)
            // And tagboat goes on from there.
            try await checkout.commit("Set tagboat up")
            let tags = try await checkout.tagboat("tags").requireSuccess().standardOutput
            #expect(tags.hasPrefix("0.1.0\n0.1\nlatest\n"), "\(tags)")

            let again = try await checkout.tagboat("init", "--yes").requireSuccess()
            #expect(again.standardOutput.isEmpty)
            #expect(
                again.standardError
                    == "unchanged: tagboat.yaml\nunchanged: VERSION\nunchanged: .github/workflows/tagboat.yml\n"
            )
        }
    }

    @Test func theDiffIsWhatGitApplies() async throws {
        try await withProject { checkout in
            let arguments = ["init", "--dry-run", "--ci", "jenkins,gitlab"]
            let diff = try await checkout.tagboat(arguments).requireSuccess()
            #expect(diff.standardError.hasPrefix("would create tagboat.yaml\n"))
            #expect(!exists(checkout, "tagboat.yaml") && !exists(checkout, "Jenkinsfile"))
            try checkout.root.write("diff", diff.standardOutput)
            try await checkout.git("apply", "--whitespace=error", "../diff")
            let written = try await checkout.tagboat(["init", "--yes", "--ci", "jenkins,gitlab"]).requireSuccess()
            #expect(written.standardError.lines.prefix(4).allSatisfy { $0.hasPrefix("unchanged: ") })
        }
    }

    @Test func aFolderInsideOfARepository() async throws {
        let place = "it's a \"näughty\" # folder"
        try await withProject(files: ["\(place)/Containerfile": "FROM scratch\n"]) { checkout in
            let diff = try await checkout.tagboat("init", "-C", place, "--dry-run").requireSuccess()
            try checkout.root.write("diff", diff.standardOutput)
            try await checkout.git("apply", "../diff")
            let result = try await checkout.tagboat("init", "-C", place, "--yes").requireSuccess()
            #expect(
                result.standardError
                    == """
                    unchanged: \(place)/tagboat.yaml
                    unchanged: \(place)/VERSION
                    unchanged: .github/workflows/tagboat.yml

                    """
            )
            let configuration = try checkout.folder.appending(place).appending("tagboat.yaml").readText()
            #expect(configuration.contains("- ghcr.io/acme/ui/it-s-a-n-ughty-folder\n"))
            #expect(configuration.contains("\ndockerfile: Containerfile\n"))
        }
    }

    @Test func aFolderThatAPipelineWouldFillInIsRefused() async throws {
        try await withProject(files: ["$HOME/Dockerfile": "FROM scratch\n"]) { checkout in
            let result = try await checkout.tagboat("init", "-C", "$HOME", "--yes")
            #expect(result.exitCode == 2)
            #expect(
                result.standardError.hasPrefix(
                    "error: the folder $HOME cannot be named in a pipeline: CI systems take \"$\" for their own\n"
                )
            )
            #expect(!exists(checkout, "$HOME/tagboat.yaml"))
            let other = try await checkout.tagboat("init", "-C", "$HOME", "--yes", "--ci", "none")
            #expect(other.exitCode == 0 && exists(checkout, "$HOME/tagboat.yaml"))
        }
    }

    @Test func whatIsThereIsNeverChanged() async throws {
        let files = [
            "Dockerfile": "FROM scratch\n", "tagboat.yaml": "images: [registry.example.com/acme/ui]\n",
            "VERSION": "2.1.106\n", ".gitlab-ci.yml": "test:\n  script: make test\n",
            "Jenkinsfile": "pipeline { /* tagboat */ }\n",
        ]
        try await withProject(files: files) { checkout in
            let result = try await checkout.tagboat("init", "--yes").requireSuccess()
            #expect(
                result.standardError
                    == """
                    left alone: tagboat.yaml: it is there already
                    created .gitlab/tagboat.gitlab-ci.yml
                    hint: include it in .gitlab-ci.yml: `include: [{ local: .gitlab/tagboat.gitlab-ci.yml }]`
                    left alone: Jenkinsfile: it is there already, and runs tagboat
                    GitLab CI: set the project's CI/CD variables REGISTRY_USER and REGISTRY_PASSWORD for \
                    registry.example.com, masked and protected
                    Jenkins: add a credential `registry` with user and password for registry.example.com

                    """
            )
            for (path, text) in files { #expect(try checkout.folder.appending(path).readText() == text) }
            // The repository is that of the configuration.
            let pipeline = try checkout.folder.appending(".gitlab/tagboat.gitlab-ci.yml").readText()
            #expect(pipeline.contains("tagboat login registry.example.com "))
        }
    }

    @Test func allFilesOrNone() async throws {
        try await withProject { checkout in
            // A file where a folder is needed.
            try checkout.folder.write(".woodpecker", "")
            let result = try await checkout.tagboat("init", "--yes", "--ci", "woodpecker,circleci")
            #expect(result.exitCode == 5, "\(result)")
            for path in ["tagboat.yaml", "VERSION", ".circleci"] { #expect(!exists(checkout, path), "\(path)") }
        }
    }

    @Test func manifestsAndTagsTellTheVersion() async throws {
        let files = [
            "package.json": "{\"version\": \"2.1.106\"}\n", "Cargo.toml": "[package]\nversion = \"2.0.0\"\n",
            "deploy/Dockerfile.api": "FROM scratch\n", "deploy/Dockerfile": "FROM scratch\n",
        ]
        try await withProject(files: files) { checkout in
            try await checkout.git("tag", "release-2.1.105")
            let result = try await checkout.tagboat("init", "--yes").requireSuccess()
            #expect(
                result.standardError.contains(
                    "warning: Cargo.toml says 2.0.0, not 2.1.106: it is not among `version.files:`\n"
                )
            )
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.106\n")
            let configuration = try checkout.folder.appending("tagboat.yaml").readText()
            #expect(configuration.contains("  files:\n    - package.json\n"))
            #expect(configuration.contains("  tag-prefix: release-\n"))
            #expect(configuration.contains("dockerfile: deploy/Dockerfile\n"))
            #expect(configuration.contains("#   deploy/Dockerfile.api\n"))
            let workflow = try checkout.folder.appending(".github/workflows/tagboat.yml").readText()
            #expect(workflow.contains("    tags: ['release-*']\n"))
            try await checkout.commit("Set tagboat up")
            let bumped = try await checkout.tagboat("bump", "patch").requireSuccess()
            #expect(bumped.standardOutput == "2.1.107\n")
            #expect(try checkout.folder.appending("package.json").readText().contains("2.1.107"))
        }
    }

    @Test func gitTagsAloneNeedNoFile() async throws {
        try await withProject { checkout in
            try await checkout.git("tag", "1.4.0")
            let result = try await checkout.tagboat("init", "--yes", "--ci", "none").requireSuccess()
            #expect(!exists(checkout, "VERSION"))
            #expect(result.standardError.contains("the version comes from git tags, of which 1.4.0 is the highest\n"))
            #expect(try await checkout.tagboat("version").standardOutput.contains("version       1.4.0\n"))
        }
    }

    @Test func nothingIsMadeUp() async throws {
        try await withProject(remote: nil, files: [:]) { checkout in
            let result = try await checkout.tagboat("init", "--yes", "--ci", "azure").requireSuccess()
            #expect(
                result.standardError.contains(
                    "warning: nothing tells the repository; name it under `images:` in tagboat.yaml, "
                        + "and in the pipeline in place of registry.example.com\n"
                )
            )
            #expect(result.standardError.contains("warning: no Dockerfile was found\n"))
            #expect(try checkout.folder.appending("tagboat.yaml").readText().contains("\n# images:\n"))
            #expect(try await checkout.tagboat("config", "check").exitCode == 0)
        }
        try await withTemporaryDirectory { root in
            let checkout = Checkout(root: root)
            _ = try root.makeDirectory("app")
            let result = try await checkout.tagboat(
                "init", "--yes",
                environment: ["GIT_CEILING_DIRECTORIES": root.string]
            ).requireSuccess()
            #expect(result.standardError.contains("there is no git repository here; make one with `git init`\n"))
            #expect(exists(checkout, "VERSION"))
        }
        try await withProject(remote: "https://ada@gitlab.example.com/acme/ui") { checkout in
            let result = try await checkout.tagboat("init", "--yes").requireSuccess()
            #expect(
                result.standardError.contains("warning: registry.gitlab.example.com/acme/ui is a guess; correct it")
            )
        }
    }

    @Test func aUsersOwnTemplatesTakeTheirPlace() async throws {
        try await withProject { checkout in
            try checkout.folder.write("ours/pipeline.release.mustache", "make release REGISTRY={{{registry}}}\n")
            try checkout.folder.write("ours/project.configuration.mustache", "images: [{{{image}}}]\ntemplates: ours\n")
            try await checkout.tagboat("init", "--yes", "--ci", "gitlab", "--templates", "ours").requireSuccess()
            let pipeline = try checkout.folder.appending(".gitlab-ci.yml").readText()
            #expect(pipeline.contains("\n      make release REGISTRY=ghcr.io\n"))
            #expect(!pipeline.contains("tagboat release\n      "))
            let configuration = try checkout.folder.appending("tagboat.yaml").readText()
            #expect(configuration == "images: [ghcr.io/acme/ui]\ntemplates: ours\n")
            try checkout.folder.write("ours/pipeline.jenkins.mustache", "{{=<% %>=}}\n<% nope %>\n")
            let wrong = try await checkout.tagboat("init", "--yes", "--ci", "jenkins")
            #expect(wrong.exitCode == 2)
            #expect(wrong.standardError.contains("pipeline.jenkins.mustache uses \"nope\", which is no field"))
        }
    }

    @Test(
        arguments: [
            (["--image", "Nope/UI:1"], "--image: "), (["--ci", "travis"], "--ci: travis is none of github, gitlab"),
            (["--ci", "none", "--ci", "github"], "--ci none goes with no other"),
        ]
    )
    func refusesWrongWords(arguments: [String], problem: String) async throws {
        try await withProject { checkout in
            let result = try await checkout.tagboat(["init", "--yes"] + arguments)
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains(problem), "\(result)")
            #expect(!exists(checkout, "tagboat.yaml"))
        }
    }

    @Test func printsJSON() async throws {
        struct Document: Decodable {
            struct File: Decodable {
                let path: String
                let verdict: String
                let text: String
            }
            let schema: String
            let image: String?
            let version: String?
            let pipelines: [String]
            let files: [File]
        }
        try await withProject(files: ["VERSION": "2.1.106\n", "tagboat.yaml": "tags: [version]\n"]) { checkout in
            let result = try await checkout.tagboat("init", "--dry-run", "--format", "json").requireSuccess()
            let document = try JSONDecoder().decode(Document.self, from: Data(result.standardOutput.utf8))
            #expect(document.schema == "tagboat.init/1" && document.image == "ghcr.io/acme/ui")
            #expect(document.version == "2.1.106" && document.pipelines == ["github"])
            #expect(document.files.map(\.path) == ["tagboat.yaml", ".github/workflows/tagboat.yml"])
            #expect(document.files.map(\.verdict) == ["left", "created"])
            #expect(!exists(checkout, ".github"))
        }
    }

    // MARK: Questions

    @Test func asksWithDefaultsOnATerminal() async throws {
        try await withProject { checkout in
            let code = try await PseudoTerminal.run(
                Program.path,
                ["init", "-C", checkout.folder.string],
                environment: checkout.environment([:])
            ) { terminal, _ in
                try await terminal.read(until: "Repository that holds the releases [ghcr.io/acme/ui]: ")
                try terminal.type("Registry.example.com/UI\n")
                try await terminal.read(until: "try again")
                try await terminal.read(until: "[ghcr.io/acme/ui]: ")
                try terminal.type("registry.example.com/acme/ui\n")
                try await terminal.read(until: "CI systems [github]: ")
                try terminal.type("gitlab travis\n")
                try await terminal.read(until: "\"travis\" is none of them; try again")
                try await terminal.read(until: "CI systems [github]: ")
                try terminal.type("gitlab, jenkins\n")
                let shown = try await terminal.read(until: "Write these 4 files? [Y/n] ")
                #expect(shown.contains("+++ b/Jenkinsfile"))
                #expect(!exists(checkout, "tagboat.yaml"))
                try terminal.type("\n")
                try await terminal.read(until: "created Jenkinsfile")
            }
            #expect(code == 0)
            let configuration = try checkout.folder.appending("tagboat.yaml").readText()
            #expect(configuration.contains("  - registry.example.com/acme/ui\n"))
            #expect(exists(checkout, ".gitlab-ci.yml") && !exists(checkout, ".github"))
        }
    }

    @Test func aNoWritesNothing() async throws {
        try await withProject { checkout in
            let code = try await PseudoTerminal.run(
                Program.path,
                ["init", "-C", checkout.folder.string],
                environment: checkout.environment([:])
            ) { terminal, _ in
                for _ in 0..<2 {
                    try await terminal.read(until: "]: ")
                    try terminal.type("\n")
                }
                try await terminal.read(until: "Write these 3 files? [Y/n] ")
                try terminal.type("n\n")
                try await terminal.read(until: "error: nothing was written")
            }
            #expect(code == 2)
            #expect(!exists(checkout, "tagboat.yaml") && !exists(checkout, ".github"))
        }
    }

    @Test func asksNothingWhenToldSo() async throws {
        try await withProject { checkout in
            let code = try await PseudoTerminal.run(
                Program.path,
                ["init", "--yes", "-C", checkout.folder.string],
                environment: checkout.environment([:])
            ) { terminal, _ in
                let shown = try await terminal.read(until: "created .github/workflows/tagboat.yml")
                #expect(!shown.contains("]: ") && !shown.contains("[Y/n]"))
            }
            #expect(code == 0)
        }
    }
}
