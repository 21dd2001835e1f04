import FoundationEssentials
import Glibc
import SystemPackage
import TestSupport
import Testing

/// Repositories as CI systems leave them: docs/ci-checkouts.md.
@Suite struct CheckoutKindsTests {
    /// A repository with releases 2.1.105 and 2.1.106 and a commit beyond.
    private static func released(_ body: (Checkout) async throws -> Void) async throws {
        try await Checkout.with(version: "2.1.105") { checkout in
            try await checkout.git("config", "uploadpack.allowFilter", "true")
            try await checkout.git("tag", "v2.1.105")
            _ = try checkout.folder.write("VERSION", "2.1.106\n")
            try await checkout.commit("fix: second", at: 2)
            try await checkout.git("tag", "--annotate", "--message", "2.1.106", "v2.1.106")
            _ = try checkout.folder.write("VERSION", "2.1.107\n")
            try await checkout.commit("feat: third", at: 3)
            try await body(checkout)
        }
    }

    struct Clone: CustomTestStringConvertible {
        let options: [String]
        /// What `version --format env` says of the last release and of HEAD.
        let lastRelease: String
        let describe: String

        var testDescription: String { options.joined(separator: " ") }
    }

    @Test(arguments: [
        Clone(options: [], lastRelease: "2.1.106", describe: "2.1.107-dev.1"),
        Clone(options: ["--filter=blob:none"], lastRelease: "2.1.106", describe: "2.1.107-dev.1"),
        Clone(options: ["--filter=tree:0"], lastRelease: "2.1.106", describe: "2.1.107-dev.1"),
        Clone(options: ["--sparse"], lastRelease: "2.1.106", describe: "2.1.107-dev.1"),
        // What actions/checkout does for `sparse-checkout:`, which needs the extension worktreeConfig.
        Clone(options: ["--sparse", "--filter=blob:none"], lastRelease: "2.1.106", describe: "2.1.107-dev.1"),
        Clone(options: ["--branch=v2.1.106"], lastRelease: "2.1.106", describe: "2.1.106"),
        // An exact tag is enough to know the release.
        Clone(options: ["--depth=1", "--branch=v2.1.106"], lastRelease: "2.1.106", describe: "2.1.106"),
        Clone(options: ["--depth=2"], lastRelease: "2.1.106", describe: "2.1.107-dev.1"),
        Clone(options: ["--depth=1"], lastRelease: "", describe: ""),
        Clone(options: ["--no-tags"], lastRelease: "", describe: "0.0.0-dev.3"),
    ])
    func aCloneIsReadAsFarAsItGoes(_ clone: Clone) async throws {
        try await Self.released { checkout in
            let arguments = ["clone", "--quiet"] + clone.options + ["file://\(checkout.folder)", "clone"]
            let environment = checkout.environment([:])
            _ = try await run("git", arguments, in: checkout.root, environment: environment).requireSuccess()
            let result = try await checkout.tagboat("version", "-C", "../clone", "--format", "env").requireSuccess()
            let values = result.standardOutput.lines
            #expect(values.contains("TAGBOAT_LAST_RELEASE=\(clone.lastRelease.isEmpty ? "''" : clone.lastRelease)"))
            let describe = values.first { $0.hasPrefix("TAGBOAT_DESCRIBE=") }?.dropFirst("TAGBOAT_DESCRIBE=".count)
            #expect(describe?.hasPrefix(clone.describe) == true, "\(describe ?? "")")
            #expect(values.contains("TAGBOAT_DIRTY=false"))
        }
    }

    @Test func worktreesSubmodulesAndBareRepositories() async throws {
        try await Self.released { checkout in
            try await checkout.git("worktree", "add", "--quiet", "../tree", "v2.1.106")
            let tree = try await checkout.tagboat("version", "-C", "../tree", "--format", "env").requireSuccess()
            #expect(tree.standardOutput.contains("TAGBOAT_VERSION=2.1.106\n"))
            #expect(tree.standardOutput.contains("TAGBOAT_DESCRIBE=2.1.106\n"))

            try await checkout.git("clone", "--quiet", "--bare", ".", "../bare.git")
            let bare = try await checkout.tagboat("version", "-C", "../bare.git", "--version", "2.1.107")
            #expect(try bare.requireSuccess().standardOutput.contains("last release  2.1.106\n"))

            _ = try await run("git", ["init", "--quiet", "super"], in: checkout.root).requireSuccess()
            let above = checkout.root.appending("super")
            let environment = checkout.environment([:])
            let add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "\(checkout.folder)", "lib"]
            _ = try await run("git", add, in: above, environment: environment).requireSuccess()
            _ = try above.write("VERSION", "1.0.0\n")
            for arguments in [["add", "--all"], ["commit", "--quiet", "--message", "first"]] {
                _ = try await run("git", arguments, in: above, environment: environment).requireSuccess()
            }
            let inner = try await checkout.tagboat("version", "-C", "../super/lib", "--format", "env").requireSuccess()
            #expect(inner.standardOutput.contains("TAGBOAT_LAST_RELEASE=2.1.106\n"))

            func isDirty() async throws -> [Bool] {
                let outer = try await checkout.tagboat("version", "-C", "../super", "--format", "env").requireSuccess()
                let described = try await run("git", ["describe", "--always", "--dirty"], in: above).requireSuccess()
                return [
                    outer.standardOutput.contains("TAGBOAT_DIRTY=true"), described.standardOutput.contains("dirty"),
                ]
            }
            #expect(try await isDirty() == [false, false])
            _ = try above.write("lib/untracked", "x\n")
            #expect(try await isDirty() == [false, false])
            _ = try above.write("lib/VERSION", "3.0.0\n")
            #expect(try await isDirty() == [true, true])
            _ = try await run("git", ["checkout", "--quiet", "v2.1.105", "--force"], in: above.appending("lib"))
                .requireSuccess()
            #expect(try await isDirty() == [true, true])
        }
    }

    /// git's hooks and aliases say where the repository is.
    @Test func theEnvironmentNamesTheRepository() async throws {
        try await Self.released { checkout in
            let outside = try checkout.root.makeDirectory("outside")
            let repository = "\(checkout.folder)/.git"
            func version(_ environment: [String: String], in folder: FilePath) async throws -> CommandResult {
                try await run(
                    Program.path,
                    ["version", "--version", "2.1.107", "--format", "env"],
                    in: folder,
                    environment: checkout.environment(environment)
                )
            }
            let both = try await version(["GIT_DIR": repository, "GIT_WORK_TREE": "\(checkout.folder)"], in: outside)
            #expect(try both.requireSuccess().standardOutput.contains("TAGBOAT_LAST_RELEASE=2.1.106\n"))
            #expect(both.standardOutput.contains("TAGBOAT_DIRTY=false\n"))
            // Without a work tree, git takes the current folder for it, in which the files are missing.
            let one = try await version(["GIT_DIR": repository], in: outside)
            #expect(try one.requireSuccess().standardOutput.contains("TAGBOAT_DIRTY=true\n"))
            let hook = try await version(["GIT_DIR": ".git"], in: checkout.folder)
            #expect(try hook.requireSuccess().standardOutput.contains("TAGBOAT_DIRTY=false\n"))
            let wrong = try await version(["GIT_DIR": "nowhere"], in: checkout.folder)
            #expect(wrong.exitCode == 5)
            #expect(wrong.standardError.hasPrefix("error: nowhere is not in a git repository\n"))
            let deep = try checkout.folder.makeDirectory("deep")
            let ceiling = try await version(["GIT_CEILING_DIRECTORIES": "\(checkout.folder)"], in: deep)
            #expect(ceiling.exitCode == 5)
            #expect(ceiling.standardError.contains("is not in a git repository"))
        }
    }

    @Test func windowsLineEnds() async throws {
        try await Checkout.with(version: nil) { checkout in
            try await checkout.git("config", "core.autocrlf", "true")
            _ = try checkout.folder.write("VERSION", "2.1.106\r\n")
            _ = try checkout.folder.write("tagboat.yaml", "tags:\r\n  - version\r\nlabels:\r\n  a: b\r\n")
            try await checkout.commit("second", at: 2)
            let tags = try await checkout.tagboat("tags").requireSuccess()
            #expect(tags.standardOutput == "2.1.106\n")
            let labels = try await checkout.tagboat("labels").requireSuccess()
            #expect(labels.standardOutput.contains("a=b\n"))
            let version = try await checkout.tagboat("version", "--format", "env").requireSuccess()
            #expect(version.standardOutput.contains("TAGBOAT_DIRTY=false\n"))
        }
    }

    struct Format: CustomTestStringConvertible {
        let setting: (String, String)
        let error: String

        var testDescription: String { setting.0 }
    }

    @Test(arguments: [
        Format(setting: ("extensions.refStorage", "reftable"), error: "keeps its references as a reftable"),
        Format(
            setting: ("extensions.compatObjectFormat", "sha256"),
            error: "uses the extension \"compatobjectformat\""
        ),
    ])
    func aFormatThatCannotBeReadIsNamed(_ format: Format) async throws {
        try await Checkout.with { checkout in
            try await checkout.git("config", "core.repositoryFormatVersion", "1")
            let setting = ["config", format.setting.0, format.setting.1]
            _ = try await run("git", setting, in: checkout.folder).requireSuccess()
            let result = try await checkout.tagboat("version")
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains(format.error))
            #expect(result.standardError.contains("\nhint: "))
        }
    }

    @Test func sha256RepositoriesAreRefused() async throws {
        try await Checkout.with { checkout in
            _ = try await run("git", ["init", "--quiet", "--object-format=sha256", "new"], in: checkout.root)
                .requireSuccess()
            let result = try await checkout.tagboat("version", "-C", "../new")
            #expect(result.exitCode == 5)
            #expect(
                result.standardError == """
                    error: the git repository at \(checkout.root)/new uses SHA-256 object names, which cannot be read
                    hint: libgit2 reads SHA-1 repositories only; use one, or a clone made with it

                    """
            )
        }
    }

    /// Whoever reads leaves every byte and every date of the checkout as it was, also where it could write.
    @Test func readingWritesNothing() async throws {
        try await Self.released { checkout in
            _ = try checkout.folder.write("untracked", "x\n")
            try await checkout.makeImage()
            // An index older than the files makes git want to refresh it.
            _ = try await run("touch", ["-d", "2026-07-09T00:00:00Z", ".git/index"], in: checkout.folder)
            _ = try await run("chmod", ["-R", "a-w", "app", "build"], in: checkout.root).requireSuccess()
            let before = try await fingerprint(checkout)
            for arguments in [
                ["version"], ["tags"], ["labels"], ["config", "show"],
                ["plan", "--from", "oci:../build:app", "--image", "oci:../build"],
                ["verify", "--image", "oci:../build", "--evidence", "git"],
            ] {
                let result = try await checkout.unprivileged(arguments)
                #expect([0, 1].contains(result.exitCode), "\(arguments): \(result.standardError)")
            }
            let after = try await fingerprint(checkout)
            #expect(before == after)
            _ = try await run("chmod", ["-R", "u+w", "app", "build"], in: checkout.root).requireSuccess()
        }
    }

    /// Names, sizes, dates and contents of everything in the checkout.
    private func fingerprint(_ checkout: Checkout) async throws -> String {
        let script =
            "find app build -printf '%p %s %T@ %C@\\n' | sort; find app build -type f -exec sha256sum {} + | sort"
        return try await run("sh", ["-c", script], in: checkout.root).requireSuccess().standardOutput
    }
}

/// Repositories of other users; only the superuser can make one.
@Suite(.enabled(if: geteuid() == 0)) struct ForeignCheckoutTests {
    @Test func aForeignRepositoryNamesTheCommandThatHelps() async throws {
        try await Checkout.with { checkout in
            try await checkout.giveAway()
            _ = try checkout.folder.makeDirectory("deep")
            for folder in [".", "deep"] {
                let result = try await checkout.tagboat("version", "-C", folder)
                #expect(result.exitCode == 5)
                #expect(
                    result.standardError == """
                        error: the git repository at \(checkout.folder) is not owned by the current user
                        hint: trust it with `git config --global --add safe.directory \(checkout.folder)`

                        """
                )
            }
            // What the hint says helps.
            let trust = ["config", "--global", "--add", "safe.directory", "\(checkout.folder)"]
            let usual: [String: String?] = ["GIT_CONFIG_GLOBAL": nil]
            let environment = checkout.environment(usual)
            _ = try await run("git", trust, in: checkout.root, environment: environment).requireSuccess()
            let trusted = try await checkout.tagboat(["version"], environment: usual)
            #expect(trusted.exitCode == 0)
        }
    }

    struct Trust: CustomTestStringConvertible {
        /// The user's configuration; the folder stands for FOLDER.
        var file: String?
        var variables: [String: String] = [:]
        var isTrusted = true

        var testDescription: String { (file ?? "") + variables.keys.sorted().joined(separator: " ") }
    }

    @Test(arguments: [
        Trust(file: "*"),
        Trust(file: "FOLDER"),
        Trust(file: "/elsewhere", isTrusted: false),
        Trust(
            variables: [
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
            ]
        ),
    ])
    func everyPlaceThatGitAsksCounts(_ trust: Trust) async throws {
        try await Checkout.with { checkout in
            try await checkout.giveAway()
            var environment: [String: String?] = ["GIT_CONFIG_NOSYSTEM": "1"]
            environment.merge(trust.variables.mapValues { .some($0) }) { _, new in new }
            if let file = trust.file {
                let value = file.replacing("FOLDER", with: checkout.folder.string)
                _ = try checkout.root.write("trust", "[safe]\n\tdirectory = \(value)\n")
                environment["GIT_CONFIG_GLOBAL"] = "\(checkout.root)/trust"
            }
            let ours = try await checkout.tagboat(["version"], environment: environment)
            let gits = try await run(
                "git",
                ["log", "-1"],
                in: checkout.folder,
                environment: checkout.environment(environment)
            )
            #expect((ours.exitCode == 0) == trust.isTrusted)
            #expect((gits.exitCode == 0) == trust.isTrusted)
        }
    }

    /// The repository's own word does not count.
    @Test func nobodyTrustsThemselves() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("config", "safe.directory", "*")
            try await checkout.giveAway()
            #expect(try await checkout.tagboat("version").exitCode == 5)
        }
    }
}

extension Checkout {
    fileprivate func giveAway() async throws {
        _ = try await run("chown", ["-R", "54321:54321", folder.string]).requireSuccess()
    }

    /// Runs the program as a user who may not write to the checkout.
    fileprivate func unprivileged(_ arguments: [String]) async throws -> CommandResult {
        guard geteuid() == 0 else { return try await tagboat(arguments) }
        _ = try await run("chmod", ["a+rx", root.string]).requireSuccess()
        return try await run(
            "setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", Program.path] + arguments,
            in: folder,
            environment: environment([
                "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
            ])
        )
    }
}
