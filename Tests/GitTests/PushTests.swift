import FoundationEssentials
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Git

/// Pushes to real bare repositories.
@Suite struct PushTests {
    /// A clone with a remote, and what git said.
    struct Bench: Sendable {
        let sandbox: Sandbox
        let lines = Lines()
        var remote: FilePath { sandbox.root.appending("remote.git") }

        func program(_ folder: FilePath? = nil, environment: [String: String?] = [:]) -> GitProgram {
            let base: [String: String?] = [
                "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": sandbox.root.string, "GIT_TERMINAL_PROMPT": "0",
            ]
            return GitProgram(
                in: (folder ?? sandbox.folder).string,
                environment: base.merging(environment) { $1 },
                tell: { [lines] in lines.append($0) }
            )
        }

        func remoteID(_ name: String) async throws -> String {
            try await sandbox.git("rev-parse", name, in: remote)
        }

        /// A release commit with a tag and a moving tag, not yet pushed.
        @discardableResult
        func release(_ version: String, at time: Int, in folder: FilePath? = nil) async throws -> CommitID {
            let top = folder ?? sandbox.folder
            _ = try top.write("VERSION", version + "\n")
            let git = try sandbox.open(top)
            let date = GitDate(secondsSinceEpoch: tester.date.secondsSinceEpoch + Int64(time), offsetMinutes: 0)
            let who = Signature(identity: tester.identity, date: date)
            let id = try await git.commitFiles(at: ["VERSION"], message: version, author: who, committer: who)
            try await git.createAnnotatedTag("v\(version)", at: id, message: version, tagger: who)
            _ = try await git.moveTags([TagMove(name: "v2", commit: id)], message: version, tagger: who)
            return id
        }

        func references(_ version: String, v2: ObjectID?) -> [PushReference] {
            [.branch("main"), .tag("v\(version)"), .movingTag("v2", replacing: v2)]
        }

        func hook(_ name: String, _ script: String, in repository: FilePath? = nil) throws {
            try (repository ?? remote).write(
                "hooks/\(name)",
                "#!/bin/sh\n\(script)\n",
                permissions: [.ownerReadWriteExecute]
            )
        }
    }

    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var text: String { lines.withLock { $0.joined(separator: "\n") } }
    }

    private func with(_ body: (Bench) async throws -> Void) async throws {
        try await Sandbox.with { sandbox in
            let bench = Bench(sandbox: sandbox)
            try await sandbox.git("init", "--quiet", "--bare", "--initial-branch=main", bench.remote.string)
            try await sandbox.git("remote", "add", "origin", bench.remote.string)
            try await body(bench)
            try await sandbox.git("fsck", "--strict", in: bench.remote)
        }
    }

    private func failure(_ operation: () async throws -> Void) async throws -> GitProgramError? {
        do {
            try await operation()
            return nil
        } catch let error as GitProgramError {
            return error
        }
    }

    @Test func branchAndTagsGoInOneStep() async throws {
        try await with { bench in
            let first = try await bench.release("2.0.0", at: 0)
            let report = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            #expect(report.isAtomic && report.entries.map(\.outcome) == [.created, .created, .created])
            #expect(report.entries.map(\.name) == ["refs/heads/main", "refs/tags/v2.0.0", "refs/tags/v2"])
            let second = try await bench.release("2.1.0", at: 1)
            let next = try await bench.program().push(bench.references("2.1.0", v2: first), to: "origin")
            #expect(next.entries.map(\.outcome) == [.moved, .created, .forced])
            #expect(try await bench.remoteID("v2") == second.description)
            // Once more: done is done, although v2 is not any more where the lease says.
            let again = try await bench.program().push(bench.references("2.1.0", v2: first), to: "origin")
            #expect(again.entries.map(\.outcome) == [.unchanged, .unchanged, .unchanged])
            let remote = try await bench.program().remoteReferences(of: "origin", matching: ["refs/tags/*"])
            #expect(remote.map(\.name) == ["refs/tags/v2", "refs/tags/v2.0.0", "refs/tags/v2.1.0"])
            #expect(remote.map(\.target) == [second, first, second])
            #expect(remote[0].object == second && remote[1].object != first)
        }
    }

    @Test func aHookThatRefusesLeavesTheRemoteAsItWas() async throws {
        try await with { bench in
            let id = try await bench.release("2.0.0", at: 0)
            try bench.hook("pre-receive", "echo 'releases are made on Tuesdays' >&2; exit 1")
            let problem = try await failure {
                _ = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            }
            #expect(problem?.kind == .refused)
            #expect(
                problem?.description.contains("refs/heads/main: [remote rejected] (pre-receive hook declined)") == true
            )
            #expect(bench.lines.text.contains("remote: releases are made on Tuesdays"))
            #expect(try await bench.program().remoteReferences(of: "origin").isEmpty)
            try bench.hook("pre-receive", "exit 0")
            _ = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            #expect(try await bench.remoteID("v2") == id.description)
        }
    }

    @Test func aHookForOneReferenceStopsTheRestToo() async throws {
        try await with { bench in
            try await bench.release("2.0.0", at: 0)
            try bench.hook("update", "case $1 in refs/tags/v2.0.0) exit 1;; esac")
            let problem = try await failure {
                _ = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            }
            #expect(problem?.kind == .refused)
            #expect(problem?.description.contains("refs/tags/v2.0.0: [remote rejected] (hook declined)") == true)
            #expect(problem?.description.contains("refs/heads/main") == false)
            #expect(try await bench.program().remoteReferences(of: "origin").isEmpty)
        }
    }

    @Test func twoPushersDoNotOverwriteEachOther() async throws {
        try await with { bench in
            let first = try await bench.release("2.0.0", at: 0)
            _ = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            let other = bench.sandbox.root.appending("other")
            try await bench.sandbox.git("clone", "--quiet", bench.remote.string, other.string)
            let theirs = try await bench.release("2.1.0", at: 1, in: other)
            _ = try await bench.program(other).push(bench.references("2.1.0", v2: first), to: "origin")

            try await bench.release("2.0.1", at: 2)
            let problem = try await failure {
                _ = try await bench.program().push(bench.references("2.0.1", v2: first), to: "origin")
            }
            #expect(problem?.kind == .outdated)
            #expect(problem?.description.contains("refs/heads/main: [rejected] (fetch first)") == true)
            #expect(problem?.hint.hasPrefix("`git fetch --tags origin`") == true)
            // On a branch of its own only the moving tag is in the way, and it is not taken from the higher release.
            let onBranch = [PushReference.branch("2.0.x"), .tag("v2.0.1"), .movingTag("v2", replacing: first)]
            let stale = try await failure { _ = try await bench.program().push(onBranch, to: "origin") }
            #expect(stale?.kind == .outdated)
            #expect(stale?.description.contains("refs/tags/v2: [rejected] (stale info)") == true)
            #expect(try await bench.remoteID("v2") == theirs.description)
            let names = try await bench.program().remoteReferences(of: "origin").map(\.name)
            #expect(!names.contains("refs/heads/2.0.x") && !names.contains("refs/tags/v2.0.1"))
        }
    }

    @Test func aTagThatTheRemoteHasElsewhereIsRefused() async throws {
        try await with { bench in
            try await bench.release("2.0.0", at: 0)
            _ = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            let released = try await bench.remoteID("v2.0.0")
            try await bench.sandbox.git("tag", "--force", "v2.0.0", "HEAD")
            let problem = try await failure {
                _ = try await bench.program().push([.tag("v2.0.0")], to: "origin")
            }
            #expect(problem?.kind == .outdated)
            #expect(problem?.description.contains("already exists") == true)
            #expect(try await bench.remoteID("v2.0.0") == released)
        }
    }

    @Test func aRaceWithinTheServerIsToldAsOne() async throws {
        try await with { bench in
            let first = try await bench.release("2.0.0", at: 0)
            _ = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            try await bench.release("2.1.0", at: 1)
            // Someone else moves v2 after our push has been announced, before it is written.
            try bench.hook("pre-receive", "env -u GIT_QUARANTINE_PATH git update-ref refs/tags/v2 refs/tags/v2.0.0")
            let problem = try await failure {
                _ = try await bench.program().push(bench.references("2.1.0", v2: first), to: "origin")
            }
            #expect(problem?.kind == .outdated, "\(String(describing: problem))")
            #expect(try await bench.remoteID("main") == first.description)
        }
    }

    @Test func withoutAtomicPushesTheyGoOneByOne() async throws {
        try await with { bench in
            try await bench.sandbox.git("config", "receive.advertiseAtomic", "false", in: bench.remote)
            let first = try await bench.release("2.0.0", at: 0)
            let report = try await bench.program().push(bench.references("2.0.0", v2: nil), to: "origin")
            #expect(!report.isAtomic && report.entries.count == 3)
            #expect(bench.lines.text.contains("the remote origin takes no atomic pushes: pushing one by one"))
            let second = try await bench.release("2.1.0", at: 1)
            try bench.hook("update", "case $1 in refs/tags/v2.1.0) exit 1;; esac")
            let problem = try await failure {
                _ = try await bench.program().push(bench.references("2.1.0", v2: first), to: "origin")
            }
            #expect(problem?.kind == .partlyPushed)
            #expect(problem?.description.contains("(pushed before: refs/heads/main)") == true)
            // The moving tag comes last, so it does not name what has no tag of its own.
            #expect(try await bench.remoteID("v2") == first.description)
            try bench.hook("update", "exit 0")
            let rest = try await bench.program().push(bench.references("2.1.0", v2: first), to: "origin")
            #expect(rest.entries.map(\.outcome) == [.unchanged, .created, .forced])
            #expect(try await bench.remoteID("v2") == second.description)
        }
    }

    /// When the pusher is killed: while the remote thinks, and when the remote is done but the answer is not read.
    @Test(arguments: ["pre-receive", "post-receive"]) func aPushThatWasKilledIsRepeated(hook: String) async throws {
        try await with { bench in
            let id = try await bench.release("2.0.0", at: 0)
            let reached = bench.sandbox.root.appending("reached")
            try bench.hook(hook, "cat >/dev/null; touch '\(reached)'; exec sleep 20")
            let references = bench.references("2.0.0", v2: nil)
            let push = Task { try await bench.program().push(references, to: "origin") }
            for _ in 0..<400 where !reached.exists { try await Task.sleep(for: .milliseconds(25)) }
            #expect(reached.exists)
            push.cancel()
            await #expect(throws: (any Error).self) { try await push.value }
            try await run("rm", ["-f", bench.remote.appending("hooks/\(hook)").string]).requireSuccess()
            let report = try await bench.program().push(references, to: "origin")
            let expected: PushReport.Outcome = hook == "post-receive" ? .unchanged : .created
            #expect(report.entries.map(\.outcome) == [expected, expected, expected])
            #expect(try await bench.remoteID("v2") == id.description)
            #expect(try await bench.remoteID("main") == id.description)
        }
    }

    @Test func theUsersOwnHookAndEnvironmentAreUsed() async throws {
        try await with { bench in
            try await bench.release("2.0.0", at: 0)
            try bench.hook("pre-push", "echo \"$1 $GREETING\" >&2; exit 1", in: bench.sandbox.folder.appending(".git"))
            let program = bench.program(environment: ["GREETING": "hello"])
            let problem = try await failure {
                _ = try await program.push(bench.references("2.0.0", v2: nil), to: "origin")
            }
            #expect(problem?.kind == .failed)
            #expect(bench.lines.text.contains("origin hello"))
            #expect(try await bench.program().remoteReferences(of: "origin").isEmpty)
        }
    }

    @Test func whatCannotBeReachedIsTold() async throws {
        try await with { bench in
            try await bench.release("2.0.0", at: 0)
            let references = bench.references("2.0.0", v2: nil)
            let url = "http://ada:s3cret@127.0.0.1:1/app.git"
            let network = try await failure { _ = try await bench.program().push(references, to: url) }
            #expect(network?.kind == .unreachable)
            let all = "\(network?.description ?? "") \(network?.hint ?? "") \(bench.lines.text)"
            #expect(!all.contains("s3cret") && all.contains("http://<redacted>@127.0.0.1:1/app.git"))
            let unknown = try await failure { _ = try await bench.program().push(references, to: "nowhere") }
            #expect(unknown?.kind == .unreachable)
            await #expect(throws: ProgramError(.notInstalled, "no-such-git")) {
                var program = bench.program()
                program.executable = "no-such-git"
                _ = try await program.push(references, to: "origin")
            }
        }
    }

    /// A server that asks for a password, which nobody can type.
    @Test func credentialsThatAreMissingAreTold() async throws {
        try await with { bench in
            try await bench.release("2.0.0", at: 0)
            let demand = TestResponse(401, headers: ["WWW-Authenticate": "Basic realm=\"git\""])
            let problem = try await withTestServer(handler: { _ in demand }) { server in
                let program = bench.program(environment: ["GIT_ASKPASS": nil, "SSH_ASKPASS": nil])
                return try await failure {
                    _ = try await program.push([.branch("main")], to: "http://\(server.address)/app.git")
                }
            }
            #expect(problem?.kind == .unauthorized)
        }
    }

    @Test func fetchDeepensAShallowClone() async throws {
        try await with { bench in
            for time in 0..<5 { try await bench.sandbox.commit("commit \(time)", at: time) }
            try await bench.sandbox.git("tag", "v1.0.0", "HEAD~3")
            try await bench.sandbox.git("push", "--quiet", "origin", "main", "v1.0.0")
            let shallow = bench.sandbox.root.appending("shallow")
            try await bench.sandbox.git(
                "clone",
                "--quiet",
                "--depth=1",
                "--no-tags",
                "file://\(bench.remote)",
                shallow.string
            )
            try await bench.program(shallow).fetch(from: "origin", depth: .deeper(1))
            #expect(try await bench.sandbox.git("rev-list", "--count", "HEAD", in: shallow) == "2")
            try await bench.program(shallow).fetch(from: "origin", depth: .whole)
            let git = try bench.sandbox.open(shallow)
            #expect(await !git.isShallow)
            #expect(try await git.tags().map(\.name) == ["v1.0.0"])
            let problem = try await failure { try await bench.program(shallow).fetch(from: "nowhere") }
            #expect(
                problem?.kind == .unreachable && problem?.description.hasPrefix("fetching from nowhere failed") == true
            )
        }
    }

    @Test(arguments: [
        (
            "fatal: unable to access 'https://ada:pw@host/x.git/': no",
            "fatal: unable to access 'https://<redacted>@host/x.git/': no"
        ),
        ("https://token@host/a and http://u:p@ss@h", "https://<redacted>@host/a and http://<redacted>@h"),
        ("To ssh://git@host/x", "To ssh://git@host/x"), ("ssh://git:pw@host/x", "ssh://<redacted>@host/x"),
        ("https://host/a@b", "https://host/a@b"), ("git@host:x", "git@host:x"), ("a :// b", "a :// b"),
    ])
    func credentialsAreRedacted(text: String, shown: String) {
        #expect(RedactedText.redact(text) == shown)
    }
}
