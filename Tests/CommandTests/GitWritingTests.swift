import Release
import SystemPackage
import TestSupport
import Testing

@testable import tagboat

/// What bump leaves in git, as a user's configuration has it.
@Suite struct GitWritingTests {
    private func signingProgram(_ script: String, _ checkout: Checkout) async throws {
        let program = try checkout.root.write(
            "sign.sh",
            "#!/bin/sh\n\(script)\n",
            permissions: [.ownerReadWriteExecute]
        )
        try await checkout.git("config", "gpg.program", program.string)
    }

    @Test func signsByTheConfiguration() async throws {
        try await Checkout.with { checkout in
            try await signingProgram("cat >/dev/null; echo '[GNUPG:] SIG_CREATED D' >&2; echo signature", checkout)
            let environment = ["TAGBOAT_GIT_SIGN": "true"]
            try await checkout.tagboat(["bump", "minor", "--tag"], environment: environment).requireSuccess()
            #expect(try await checkout.git("cat-file", "commit", "HEAD").contains("\ngpgsig signature\n\nchore"))
            #expect(try await checkout.git("cat-file", "tag", "v2.2.0").hasSuffix("2.2.0\nsignature"))
        }
    }

    @Test func aSignatureThatFailsPutsTheFileBack() async throws {
        try await Checkout.with { checkout in
            try await signingProgram("echo 'gpg: no smartcard' >&2; exit 2", checkout)
            try await checkout.git("config", "commit.gpgSign", "true")
            let result = try await checkout.tagboat("bump", "minor", "--commit")
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("sign.sh did not sign: gpg: no smartcard\nhint: "))
            #expect(try await checkout.git("status", "--porcelain").isEmpty)
        }
    }

    /// A signal that asks tagboat to end reaches the program that it waits for, and everything is put back.
    @Test(arguments: ["INT", "TERM", "HUP"]) func anInterruptionIsHandedOn(signal: String) async throws {
        try await Checkout.with { checkout in
            let (ready, told) = (checkout.root.appending("ready"), checkout.root.appending("told"))
            try await signingProgram(
                "trap 'touch \(told); exit 1' \(signal); touch \(ready); sleep 30 & wait",
                checkout
            )
            try await checkout.git("config", "commit.gpgSign", "true")
            // exec: the shell's process becomes tagboat, so that its number is known.
            let script = "echo $$ > ../pid; exec '\(Program.path)' bump minor --commit"
            async let result = run("sh", ["-c", script], in: checkout.folder, environment: checkout.environment([:]))
            for _ in 0..<800 where !ready.exists { try await Task.sleep(for: .milliseconds(25)) }
            let number = try checkout.root.appending("pid").readText().trimmed
            try await run("kill", ["-\(signal)", number]).requireSuccess()
            #expect(try await result.exitCode == 5)
            #expect(told.exists)
            #expect(try await checkout.git("status", "--porcelain").isEmpty)
        }
    }

    /// At a terminal a signing program may ask for a passphrase, and the keys that interrupt reach it.
    @Test(arguments: [(keys: "sesame\n", code: Int32(0)), (keys: "\u{3}", code: 5)])
    func aPassphraseIsAskedForAtTheTerminal(keys: String, code: Int32) async throws {
        try await Checkout.with { checkout in
            try await signingProgram(
                """
                cat >/dev/null; printf 'Passphrase: ' >/dev/tty; read -r answer </dev/tty
                echo '[GNUPG:] SIG_CREATED D' >&2; echo "$answer"
                """,
                checkout
            )
            try await checkout.git("config", "commit.gpgSign", "true")
            // setsid makes the terminal the controlling one, as it is for a person.
            let ended = try await PseudoTerminal.run(
                "/usr/bin/setsid",
                [
                    "--fork", "--ctty", "--wait", Program.path, "bump", "minor", "--commit", "-C",
                    checkout.folder.string,
                ],
                environment: checkout.environment([:])
            ) { terminal, _ in
                try await terminal.read(until: "Passphrase: ")
                try terminal.type(keys)
                try await terminal.read(until: code == 0 ? "2.2.0" : "sign.sh did not sign")
            }
            #expect(ended == code)
            let commit = try await checkout.git("cat-file", "commit", "HEAD")
            #expect(commit.contains("\ngpgsig sesame\n") == (code == 0))
            #expect(try await checkout.git("status", "--porcelain").isEmpty)
        }
    }

    /// A hook's variables must not configure a tagboat that the hook runs.
    @Test func noVariableOfAHookIsAKey() {
        let keys = Set(ConfigurationKey.all.map(\.variable) + ["TAGBOAT_CONFIG", "TAGBOAT_PLAIN_HTTP"])
        let names = HookVariables(version: "1.0.0").environment(at: .beforeBump).keys
        #expect(names.count == 8 && keys.isDisjoint(with: names))
    }

    @Test func hooksAreReadFromEverySource() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "hooks:\n  before-bump: make all, please\n  after-push: [echo one, echo two]\ngit: { moving-tags: minor }\n"
            )
            let environment = ["TAGBOAT_HOOKS_AFTER_BUMP": "echo a, b\necho c", "TAGBOAT_GIT_ADD": "docs, *.lock"]
            let shown = try await checkout.tagboat(["config", "show"], environment: environment).requireSuccess()
            func value(_ key: String) -> String? {
                shown.standardOutput.lines.first { $0.hasPrefix(key + " ") }
            }
            #expect(value("hooks.before-bump")?.hasSuffix("'make all, please'") == true)
            #expect(value("hooks.after-push")?.hasSuffix("['echo one', 'echo two']") == true)
            #expect(value("hooks.after-bump")?.hasSuffix("['echo a, b', 'echo c']") == true)
            #expect(value("git.add")?.hasSuffix("[docs, '*.lock']") == true)
            #expect(value("git.moving-tags")?.hasSuffix(" minor") == true)
        }
    }

    /// A mistake in the file, and the words that tell it.
    @Test(arguments: [
        ("git: { commit-message: '{{verison}}' }", "there is no \"verison\""),
        ("git: { moving-tags: [patch] }", "there is no line of git tags \"patch\""),
        ("git: { remote: --mirror }", "\"--mirror\" is no remote"),
        ("hooks: { before-bump: [''] }", "the command is empty"),
        ("hooks: { before-lunch: x }", "there is no key \"before-lunch\""),
        ("git: { sign: maybe }", "\"maybe\" is neither true nor false"),
    ])
    func mistakesAreTold(file: String, words: String) async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("tagboat.yaml", file + "\n")
            let result = try await checkout.tagboat("config", "check")
            #expect(result.exitCode == 2 && result.standardError.contains("tagboat.yaml:1:"))
            #expect(result.standardError.contains(words))
        }
    }
}
