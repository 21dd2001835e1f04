package import Git
package import Tagging
package import Versioning

extension Project {
    /// What tag rules and labels may use of this project.
    ///
    /// - Parameter texts: the rules and labels; what only they ask for is read only where one of them does.
    /// - Returns: the context.
    /// - Throws: `GitError`, of kind `historyIncomplete` where `describe` is asked for in a shallow clone.
    package func ruleContext(for texts: [String]) async throws -> RuleContext {
        var facts = ["version": version.text, "dirty": isDirty ? "dirty" : ""]
        if texts.contains(where: { $0.contains("tree") }) { facts["tree"] = try await tree() }
        if texts.contains(where: { $0.contains("describe") }) { facts["describe"] = try await describe() }
        var context = RuleContext(
            build: try await build(isReferenceNeeded: texts.contains(where: Self.asksForReference)),
            date: date,
            commitDate: commit.date,
            shortHashLength: commit.shortHash.utf8.count,
            facts: facts
        )
        if saysDirty { context.hashSuffix = "-dirty" }
        return context
    }

    /// Whether a rule or label may ask for the branch or the event; the presets about versions and commits do not.
    private static func asksForReference(_ text: String) -> Bool {
        text.contains("{{") || text.contains("type=") || ["branch", "edge", "pr", "nightly"].contains(text)
    }

    /// The build with HEAD as its commit, whatever the CI system was started for.
    ///
    /// What only git can tell is read only where it is needed, since a repository may have very many references.
    private func build(isReferenceNeeded: Bool) async throws -> BuildContext {
        var build = build ?? BuildContext(system: "git", event: "push")
        build.revision = commit.hash
        guard isReferenceNeeded else { return build }
        if build.ref.isEmpty { build.ref = try await git.checkedOutReference() ?? "" }
        if build.defaultBranch == nil { build.defaultBranch = try await git.defaultBranch() }
        if build.payloadDefaultBranch == nil { build.payloadDefaultBranch = build.defaultBranch }
        return build
    }

    /// The hash of the commit's tree, which is the same for commits of the same content.
    ///
    /// - Throws: `GitError`.
    package func tree() async throws -> String {
        guard let id = CommitID(hex: commit.hash) else { return "" }
        return try await git.treeHash(of: id)
    }

    /// The commit in relation to the last release before it, as `git describe` does it in semantic versions:
    /// `2.1.106` on the release's own commit, `2.1.107-dev.4+g503a2eb` four commits later, with `.dirty` behind it
    /// where the work tree is changed.
    ///
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell.
    package func describe() async throws -> String { try await describe(after: try await lastRelease()) }

    /// The commit in relation to a release that it contains; nil for none.
    ///
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell.
    package func describe(after release: (version: Version, commit: CommitID)?) async throws -> String {
        guard let tip = CommitID(hex: commit.hash) else { return commit.hash }
        let commits = try await git.commitCount(from: release?.commit, to: tip)
        let changed = isDirty ? ".dirty" : ""
        guard let release else { return "0.0.0-dev.\(commits)+g\(commit.shortHash)\(changed)" }
        if commits == 0 { return isDirty ? "\(release.version)+dirty" : release.version.text }
        do {
            let development = try policy.scheme.development(
                after: release.version,
                commits: commits,
                shortHash: commit.shortHash
            )
            // The hash names the build and has no rank, where the scheme has a place for such a thing.
            let text = development.text
            guard let hash = text.firstRange(of: ".g\(commit.shortHash)"), policy.scheme == .semantic else {
                return text + changed
            }
            return text[..<hash.lowerBound] + "+g\(commit.shortHash)" + changed
        } catch {
            throw TaggingError.cannotFollow(error)
        }
    }
}
