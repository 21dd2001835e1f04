package import Git
package import Tagging

/// Who commits and when, as git decides it.
package struct CommitIdentity: Sendable {
    package let author: Signature
    package let committer: Signature

    /// Reads `GIT_AUTHOR_NAME`, `_EMAIL` and `_DATE` (and `GIT_COMMITTER_…`), which win over `author.name` (and
    /// `committer.name`), these over `user.name`; an address may also come from `EMAIL` (git-commit, COMMIT
    /// INFORMATION).
    ///
    /// - Parameters:
    ///   - git: the repository whose configuration counts.
    ///   - environment: the environment of the process.
    ///   - now: the moment where no variable tells it: `SOURCE_DATE_EPOCH`, or the present one.
    /// - Throws: `CommitIdentityError`, `GitError`.
    package init(in git: GitRepository, environment: [String: String], now: Timestamp) async throws {
        author = try await Self.signature("author", git, environment, now)
        committer = try await Self.signature("committer", git, environment, now)
    }

    private static func signature(
        _ role: String,
        _ git: GitRepository,
        _ environment: [String: String],
        _ now: Timestamp
    ) async throws -> Signature {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let prefix = "GIT_\(role.uppercased())_"
        let configured = try await git.configuredIdentity(as: role, environment: environment)
        guard let name = variable(prefix + "NAME") ?? configured.name,
            let email = variable(prefix + "EMAIL") ?? configured.email ?? variable("EMAIL")
        else { throw CommitIdentityError(.nobody) }
        var date = GitDate(secondsSinceEpoch: now.secondsSinceEpoch, offsetMinutes: 0)
        if let text = variable(prefix + "DATE") {
            guard let given = CommitDate.parse(text) else {
                throw CommitIdentityError(.noDate(variable: prefix + "DATE", text: text))
            }
            date = given
        }
        return Signature(identity: Identity(name: name, email: email), date: date)
    }
}

/// Why it is not known who commits, or when.
package struct CommitIdentityError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        case nobody
        case noDate(variable: String, text: String)
    }

    package let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    package var description: String {
        switch kind {
        case .nobody: "git does not know who commits"
        case .noDate(let variable, let text): "\(variable): \"\(text)\" is not a date"
        }
    }

    package var hint: String {
        switch kind {
        case .nobody: "set it with `git config user.name NAME` and `git config user.email ADDRESS`"
        case .noDate: "write seconds and zone, as in @1783675800 +0000, or 2026-07-10T09:30:00Z"
        }
    }
}
