import Changes
import Git
import Release
import SystemPackage

/// Messages that were checked.
struct CommitCheck {
    struct Message {
        /// Where the message stands: a file, `stdin`, `message`, or a short hash.
        let name: String
        /// The commit's whole hash; nil for a message that is none yet.
        let commit: String?
        let findings: [CommitFinding]
    }

    /// The messages, the oldest first.
    let messages: [Message]
    /// How many commits of the range were passed over: merges, and those of ignored authors.
    let skipped: Int

    var hasPassed: Bool { messages.allSatisfy(\.findings.isEmpty) }

    init(messages: [Message], skipped: Int = 0) {
        self.messages = messages
        self.skipped = skipped
    }

    /// Checks the commits of a range.
    ///
    /// - Parameters:
    ///   - range: `FROM..TO`, or `FROM..`.
    ///   - context: the configuration and the folder.
    /// - Throws: `ConfigurationError` for what is no range; `GitError` of kind `historyIncomplete` where a shallow
    ///   clone does not reach far enough.
    init(_ range: String, context: CommandContext) async throws {
        let (from, to) = try Self.ends(of: range)
        let git = try await context.repository()
        let base = try await Self.commit(from, git: git)
        let tip = try await Self.commit(to, git: git)
        let configuration = context.configuration
        let commits = try await git.commits(from: [base], to: tip).map { CommitRecord($0) }
        let checked = commits.reversed().filter { commit in
            commit.parents.count < 2 && !configuration.commitRules.ignoresAuthor(of: commit)
        }
        self.init(
            messages: checked.map { commit in
                Message(
                    name: String(commit.hash.prefix(configuration.shortHashLength)),
                    commit: commit.hash,
                    findings: configuration.commitPolicy.findings(in: commit.message, isFinal: true)
                )
            },
            skipped: commits.count - checked.count
        )
    }

    private static func ends(of range: String) throws(ConfigurationError) -> (from: String, to: String) {
        let hint = "write FROM..TO, such as origin/main..HEAD"
        guard !range.contains("...") else {
            throw ConfigurationError("\"\(range)\" names two sides, not a range", hint: hint + ", with two dots")
        }
        guard let dots = range.utf8.indices.first(where: { range[$0...].hasPrefix("..") }), dots > range.startIndex
        else { throw ConfigurationError("\"\(range)\" is not a range of commits", hint: hint) }
        let to = range[dots...].dropFirst(2)
        return (String(range[..<dots]), to.isEmpty ? "HEAD" : String(to))
    }

    private static func commit(_ revision: String, git: GitRepository) async throws -> CommitID {
        // CI systems say so of a branch that is new.
        if revision.count >= 40, revision.allSatisfy({ $0 == "0" }) {
            throw ConfigurationError(
                "\(revision.prefix(7))… stands for no commit: the branch is new",
                hint: "name the branch that it goes to, such as origin/main..HEAD"
            )
        }
        if let id = try await git.commitID(matching: revision) { return id }
        if await git.isShallow { throw GitError(.historyIncomplete) }
        throw ConfigurationError("there is no commit \"\(revision)\"", hint: "name a commit, a branch or a tag")
    }
}
