import SystemPackage
import TestSupport

@testable import Git

/// A folder with real git repositories, in which git itself is the other party.
struct Sandbox: Sendable {
    let root: FilePath
    var folder: FilePath { root.appending("app") }

    /// Makes a repository without a commit.
    static func with(_ initialise: [String] = [], _ body: (Sandbox) async throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let sandbox = Sandbox(root: root)
            _ = try root.makeDirectory("app")
            try await sandbox.git(["init", "--quiet", "--initial-branch=main"] + initialise)
            try await body(sandbox)
        }
    }

    @discardableResult
    func git(_ arguments: String..., in folder: FilePath? = nil, at time: Int = 0) async throws -> String {
        try await git(arguments, in: folder, at: time)
    }

    @discardableResult
    func git(_ arguments: [String], in folder: FilePath? = nil, at time: Int = 0) async throws -> String {
        let date = "\(1_783_675_800 + time) +0200"
        let output = try await run(
            "git",
            arguments,
            in: folder ?? self.folder,
            environment: [
                "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": root.string, "GIT_AUTHOR_NAME": "Ada",
                "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ada",
                "GIT_COMMITTER_EMAIL": "ada@example.com", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
            ]
        ).requireSuccess().standardOutput
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    /// Makes a commit that changes nothing, and gives its name.
    @discardableResult
    func commit(_ message: String, at time: Int = 0) async throws -> CommitID {
        try await git("commit", "--quiet", "--allow-empty", "--message", message, at: time)
        return try await id("HEAD")
    }

    func id(_ revision: String, in folder: FilePath? = nil) async throws -> CommitID {
        let hex = try await git("rev-parse", "\(revision)^{commit}", in: folder)
        guard let id = CommitID(hex: hex) else { throw NotAName(text: hex) }
        return id
    }

    func open(_ path: FilePath? = nil) throws -> GitRepository {
        try GitRepository(discoveringFrom: (path ?? folder).string)
    }

    private struct NotAName: Error {
        let text: String
    }
}

/// The signature that tests write with.
let tester = Signature(
    identity: Identity(name: "Grace", email: "grace@example.com"),
    date: GitDate(secondsSinceEpoch: 1_783_675_800, offsetMinutes: 330)
)

/// Runs an operation that must fail with a `GitError`, and gives its kind.
func failure<Value>(of operation: () async throws -> Value) async throws -> GitError.Kind? {
    do {
        _ = try await operation()
        return nil
    } catch let error as GitError {
        return error.kind
    }
}
