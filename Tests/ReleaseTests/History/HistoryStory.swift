import Changes
import Git
import SystemPackage
import Tagging
import TestSupport

@testable import Release

/// A repository that is told step by step; each step is a day later than the one before.
actor HistoryStory {
    let folder: FilePath
    private var day = 0

    init(_ folder: FilePath) {
        self.folder = folder
    }

    /// Makes a repository and tells its story.
    ///
    /// A step is `tag NAME`, `light NAME` for a tag without an object, `branch NAME` (to make or change to one),
    /// `merge NAME`, or the message of a commit.
    static func with(_ steps: [String], _ body: (HistoryStory) async throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let story = HistoryStory(try root.makeDirectory("app"))
            try await story.git("init", "--quiet", "--initial-branch=main")
            for step in steps { try await story.tell(step) }
            try await body(story)
        }
    }

    func tell(_ step: String) async throws {
        let words = step.split(separator: " ", maxSplits: 1).map(String.init)
        day += 1
        switch (words[0], words.last ?? "") {
        case ("tag", let name): try await git("tag", "--annotate", "--message", name, name)
        case ("light", let name): try await git("tag", name)
        case ("branch", let name):
            let branches = try await git("branch", "--list", name)
            try await git(["checkout", "--quiet"] + (branches.isEmpty ? ["-b"] : []) + [name])
        case ("merge", let names):
            let branches = names.split(separator: " ").map(String.init)
            try await git(["merge", "--quiet", "--no-ff", "--message", "Merge \(names)"] + branches)
        default: try await git("commit", "--quiet", "--allow-empty", "--message", step)
        }
    }

    @discardableResult
    func git(_ arguments: String..., in other: FilePath? = nil) async throws -> String {
        try await git(arguments, in: other)
    }

    @discardableResult
    func git(_ arguments: [String], in other: FilePath? = nil) async throws -> String {
        let date = "\(1_767_225_600 + day * 86_400) +0100"
        let output = try await run(
            "git",
            arguments,
            in: other ?? folder,
            environment: [
                "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": folder.string, "GIT_AUTHOR_NAME": "Ada",
                "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ada",
                "GIT_COMMITTER_EMAIL": "ada@example.com", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
            ]
        ).requireSuccess().standardOutput
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    func reader(
        _ policy: TagPolicy = TagPolicy(),
        keepsPrereleases: Bool = false,
        in other: FilePath? = nil
    ) throws -> ReleaseHistoryReader {
        let repository = try GitRepository(discoveringFrom: (other ?? folder).string)
        return ReleaseHistoryReader(git: repository, policy: policy, keepsPrereleases: keepsPrereleases)
    }

    /// The commit that a revision stands for.
    func tip(_ revision: String = "HEAD", in other: FilePath? = nil) async throws -> CommitID {
        let text = try await git("rev-parse", "\(revision)^{commit}", in: other)
        guard let id = CommitID(hex: text) else { throw NoCommit(text: text) }
        return id
    }

    private struct NoCommit: Error {
        let text: String
    }
}

extension PastRelease {
    /// The release in one line: `2.1.0 after 2.0.0: c, b`.
    var told: String { Self.told("\(version)", previous, commits) }

    static func told(_ name: String, _ previous: ReleaseTag?, _ commits: [CommitRecord]) -> String {
        let messages = commits.map { $0.message.trimmingSuffix }.joined(separator: ", ")
        return name + (previous.map { " after \($0.version)" } ?? "") + ": " + messages
    }
}

extension UnreleasedCommits {
    var told: String { PastRelease.told("HEAD", previous, commits) }
}

extension String {
    fileprivate var trimmingSuffix: String { String(prefix { !$0.isNewline }) }
}
