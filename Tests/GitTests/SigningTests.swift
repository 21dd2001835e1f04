import SystemPackage
import TestSupport
import Testing

@testable import Git

/// Signatures by the user's own programs; `git verify-commit` and `git verify-tag` have the last word.
@Suite struct SigningTests {
    private func environment(_ sandbox: Sandbox) -> [String: String] {
        [
            "HOME": sandbox.root.string, "GNUPGHOME": sandbox.root.appending("gnupg").string,
            "GIT_CONFIG_GLOBAL": "/dev/null",
        ]
    }

    /// Commits and tags with whatever signer the configuration gives.
    private func release(_ sandbox: Sandbox, choice: Bool? = true, environment more: [String: String] = [:])
        async throws
    {
        _ = try sandbox.folder.write("VERSION", "1.0.0\n")
        let repository = try sandbox.open()
        let environment = environment(sandbox).merging(more) { $1 }
        let signers = [
            try await repository.signer(for: .commit, choice: choice, committer: tester, environment: environment),
            try await repository.signer(for: .tag, choice: choice, committer: tester, environment: environment),
        ]
        let id = try await repository.commitFiles(
            at: ["VERSION"],
            message: "release\n\nbody",
            author: tester,
            committer: tester,
            signer: signers[0]
        )
        try await repository.createAnnotatedTag("v1.0.0", at: id, message: "1.0.0", tagger: tester, signer: signers[1])
        _ = try await repository.moveTags(
            [TagMove(name: "v1", commit: id)],
            as: .annotated,
            message: "1.0.0",
            tagger: tester,
            signer: signers[1]
        )
    }

    private func verify(_ sandbox: Sandbox) async throws {
        for arguments in [["verify-commit", "HEAD"], ["verify-tag", "v1.0.0"], ["verify-tag", "v1"]] {
            try await run("git", arguments, in: sandbox.folder, environment: environment(sandbox).mapValues { $0 })
                .requireSuccess()
        }
        try await sandbox.git("fsck", "--strict")
    }

    private func set(_ key: String, _ value: String, _ sandbox: Sandbox) async throws {
        try await sandbox.git("config", key, value)
    }

    private func withKeyring(_ body: (Sandbox) async throws -> Void) async throws {
        try await Sandbox.with { sandbox in
            let home = try sandbox.root.makeDirectory("gnupg")
            try await run("chmod", ["700", home.string]).requireSuccess()
            try await run(
                "gpg",
                [
                    "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "Grace <grace@example.com>",
                    "ed25519", "sign", "0",
                ],
                environment: ["GNUPGHOME": home.string]
            ).requireSuccess()
            do {
                try await body(sandbox)
            } catch {
                _ = try? await run("gpgconf", ["--kill", "all"], environment: ["GNUPGHOME": home.string])
                throw error
            }
            _ = try? await run("gpgconf", ["--kill", "all"], environment: ["GNUPGHOME": home.string])
        }
    }

    @Test func gpgSignsForTheCommitter() async throws {
        try await withKeyring { sandbox in
            try await set("commit.gpgSign", "true", sandbox)
            try await set("tag.gpgSign", "yes", sandbox)
            try await release(sandbox, choice: nil)
            try await verify(sandbox)
            #expect(
                try await sandbox.git("cat-file", "commit", "HEAD").contains("\ngpgsig -----BEGIN PGP SIGNATURE-----\n")
            )
            // Byte for byte what git writes: no line of a blank alone before the message.
            #expect(try await !sandbox.git("cat-file", "commit", "HEAD").contains("\n \n\n"))
        }
    }

    @Test func aKeyThatIsNotThereStopsEverything() async throws {
        try await withKeyring { sandbox in
            try await set("user.signingKey", "nobody@example.com", sandbox)
            do {
                try await release(sandbox)
                Issue.record("signed without a key")
            } catch let error as SigningError {
                guard case .failed(let program, let words) = error.kind else { throw error }
                #expect(program == "gpg" && words.contains("nobody@example.com") && !words.contains("[GNUPG:]"))
            }
            #expect(try await sandbox.open().head() == .unborn(branch: "main"))
            #expect(try await sandbox.git("status", "--porcelain") == "?? VERSION")
        }
    }

    @Test func theConfigurationIsOverruled() async throws {
        try await Sandbox.with { sandbox in
            try await set("commit.gpgSign", "true", sandbox)
            try await set("tag.gpgSign", "true", sandbox)
            try await set("gpg.program", "/nowhere", sandbox)
            try await release(sandbox, choice: false)
            #expect(try await !sandbox.git("cat-file", "commit", "HEAD").contains("gpgsig"))
            try await set("commit.gpgSign", "maybe", sandbox)
            let kind = try await failure {
                try await sandbox.open().signer(for: .commit, committer: tester, environment: environment(sandbox))
            }
            #expect(kind == .invalidSetting(key: "commit.gpgSign", value: "maybe"))
        }
    }

    /// How the SSH key is given.
    enum KeyForm: String, CaseIterable {
        case file, home, literal, prefixed, command, environment
    }

    @Test(arguments: KeyForm.allCases) func sshSigns(form: KeyForm) async throws {
        try await Sandbox.with { sandbox in
            let key = sandbox.root.appending("id")
            try await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "grace", "-f", key.string])
                .requireSuccess()
            let publicKey = String(try sandbox.root.appending("id.pub").readText().dropLast())
            _ = try sandbox.root.write("signers", "grace@example.com \(publicKey)\n")
            try await set("gpg.ssh.allowedSignersFile", sandbox.root.appending("signers").string, sandbox)
            try await set("gpg.format", "ssh", sandbox)
            var more: [String: String] = [:]
            var agent: String?
            switch form {
            case .file: try await set("user.signingKey", key.string, sandbox)
            case .home: try await set("user.signingKey", "~/id.pub", sandbox)
            case .literal, .prefixed, .command:
                // The private half is in an agent alone.
                let socket = sandbox.root.appending("agent").string
                let started = try await run("ssh-agent", ["-a", socket]).requireSuccess().standardOutput
                agent = started.split(separator: ";").first { $0.contains("SSH_AGENT_PID=") }
                    .flatMap { $0.split(separator: "=").last }.map { String($0) }
                more["SSH_AUTH_SOCK"] = socket
                try await run("ssh-add", ["-q", key.string], environment: ["SSH_AUTH_SOCK": socket]).requireSuccess()
                try await run("rm", [key.string]).requireSuccess()
                switch form {
                case .literal: try await set("user.signingKey", publicKey, sandbox)
                case .prefixed: try await set("user.signingKey", "key::" + publicKey, sandbox)
                default: try await set("gpg.ssh.defaultKeyCommand", "sed -e 's/^ssh/ssh/' '\(key).pub'", sandbox)
                }
            case .environment:
                more = [
                    "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.signingKey", "GIT_CONFIG_VALUE_0": key.string,
                ]
            }
            do {
                try await release(sandbox, environment: more)
                if let agent { try await run("kill", [agent]).requireSuccess() }
            } catch {
                if let agent { _ = try? await run("kill", [agent]) }
                throw error
            }
            try await verify(sandbox)
            #expect(try await sandbox.git("cat-file", "tag", "v1").contains("1.0.0\n-----BEGIN SSH SIGNATURE-----\n"))
        }
    }

    @Test func sshNeedsAKey() async throws {
        try await Sandbox.with { sandbox in
            try await set("gpg.format", "ssh", sandbox)
            await #expect(throws: SigningError(.noKey)) { try await release(sandbox) }
            try await set("gpg.ssh.defaultKeyCommand", "echo none", sandbox)
            await #expect(throws: SigningError(.noKeyPrinted(command: "echo none", words: ""))) {
                try await release(sandbox)
            }
            try await set("user.signingKey", "/nowhere", sandbox)
            let problem = await #expect(throws: SigningError.self) { try await release(sandbox) }
            #expect(problem?.description.contains("ssh-keygen did not sign: ") == true)
            #expect(problem?.description.contains("/nowhere") == true)
        }
    }

    /// The arguments and the input are git's own: a program that git runs and one that tagboat runs see the same.
    @Test(arguments: ["openpgp", "x509"]) func programsAreRunAsGitRunsThem(format: String) async throws {
        try await Sandbox.with { sandbox in
            let log = sandbox.root.appending("log")
            let program = try sandbox.root.write(
                "sign.sh",
                """
                #!/bin/sh
                { echo "$@"; cat; echo; } >> '\(log)'
                echo '[GNUPG:] SIG_CREATED D 1 2 3' >&2
                printf -- '-----BEGIN SIGNED MESSAGE-----\\r\\nx\\r\\n-----END SIGNED MESSAGE-----\\r\\n'
                """,
                permissions: [.ownerReadWriteExecute]
            )
            try await set("gpg.format", format, sandbox)
            try await set("gpg.\(format).program", program.string, sandbox)
            try await release(sandbox)
            let ours = try log.readText()
            try await run("rm", [log.string]).requireSuccess()
            // git makes the same commit and tag from the same tree.
            let date = "1783675800 +0530"
            let variables: [String: String?] = [
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Grace", "GIT_AUTHOR_EMAIL": "grace@example.com",
                "GIT_COMMITTER_NAME": "Grace", "GIT_COMMITTER_EMAIL": "grace@example.com",
                "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
            ]
            let before = try await sandbox.git("rev-parse", "HEAD", "v1.0.0", "v1")
            try await sandbox.git("update-ref", "-d", "HEAD")
            for arguments in [
                ["commit", "--quiet", "--gpg-sign", "--message", "release\n\nbody"],
                ["tag", "--force", "--sign", "--message", "1.0.0", "v1.0.0"],
                ["tag", "--force", "--sign", "--message", "1.0.0", "v1"],
            ] {
                try await run("git", arguments, in: sandbox.folder, environment: variables).requireSuccess()
            }
            #expect(try log.readText() == ours)
            #expect(ours.hasPrefix("--status-fd=2 -bsau Grace <grace@example.com>\ntree "))
            #expect(try await sandbox.git("rev-parse", "HEAD", "v1.0.0", "v1") == before)
        }
    }

    @Test func aProgramThatSaysNothingHasNotSigned() async throws {
        try await Sandbox.with { sandbox in
            try await set("gpg.program", "true", sandbox)
            await #expect(throws: SigningError(.failed(program: "true", words: ""))) { try await release(sandbox) }
            try await set("gpg.program", "no-such-program", sandbox)
            await #expect(throws: ProgramError(.notInstalled, "no-such-program")) { try await release(sandbox) }
        }
    }

    @Test func aHeadThatMovedDuringThePassphraseIsSeen() async throws {
        try await Sandbox.with { sandbox in
            let first = try await sandbox.commit("first")
            let program = try sandbox.root.write(
                "slow.sh",
                """
                #!/bin/sh
                cat >/dev/null
                git commit --quiet --allow-empty --message between
                echo '[GNUPG:] SIG_CREATED D' >&2
                echo signature
                """,
                permissions: [.ownerReadWriteExecute]
            )
            try await set("gpg.program", program.string, sandbox)
            try await set("user.name", "Ada", sandbox)
            try await set("user.email", "ada@example.com", sandbox)
            let kind = try await failure { try await release(sandbox) }
            #expect(kind == .moved(reference: "refs/heads/main"))
            #expect(try await sandbox.git("log", "--format=%s") == "between\nfirst")
            #expect(try await sandbox.id("HEAD~1") == first)
            #expect(try await sandbox.git("status", "--porcelain") == "?? VERSION")
        }
    }

    @Test(arguments: [
        (#"a  b"#, ["a", "b"]), (#"a 'b c' "d e"f"#, ["a", "b c", "d ef"]), (#"a\ b '' \""#, ["a b", "", "\""]),
        ("", []),
    ])
    func commandLinesAreSplitAsInGit(line: String, words: [String]) {
        #expect(CommandLineWords.split(line) == words)
    }
}
