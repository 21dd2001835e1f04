import Changes
package import Git
package import Tagging
package import Versioning

/// Reads the history of releases out of a repository's git tags and commits.
///
/// A commit belongs to a release where the release contains it and no release before it, on its own line, does: so a
/// backport's commits are told with the backport, and what two lines have in common is told on both.
package struct ReleaseHistoryReader: Sendable {
    let git: GitRepository
    let policy: TagPolicy
    /// Whether prereleases count as releases of their own even where a stable release followed.
    package let keepsPrereleases: Bool

    package init(git: GitRepository, policy: TagPolicy, keepsPrereleases: Bool = false) {
        self.git = git
        self.policy = policy
        self.keepsPrereleases = keepsPrereleases
    }

    /// The tags that name versions, the highest first, one for each version.
    ///
    /// - Throws: `GitError`.
    package func tags() async throws -> [ReleaseTag] {
        var byVersion: [Version: ReleaseTag] = [:]
        for tag in try await git.tags() {
            guard let version = policy.version(gitTag: tag.name), !version.isDevelopment else { continue }
            // Where `2.1.0` and `v2.1.0` are both there, the policy's own form stands for the version.
            if byVersion[version] == nil || tag.name == policy.gitTags.name(of: version.text) {
                byVersion[version] = ReleaseTag(version: version, name: tag.name, commit: tag.commit)
            }
        }
        return byVersion.values.sorted { $0.version > $1.version }
    }

    /// Every release that a commit contains, with its commits; read in one walk.
    ///
    /// - Parameters:
    ///   - tip: the commit.
    ///   - start: a version, git tag or commit; only what came after it is read. Nil for everything.
    /// - Returns: the history.
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone does not reach far enough;
    ///   `ReleaseHistoryError`.
    package func history(of tip: CommitID, since start: String? = nil) async throws -> ReleaseHistory {
        let tags = try await tags()
        var base: (commit: CommitID, tag: ReleaseTag?)?
        if let start { base = try await self.base(start, among: tags) }
        let commits = try await git.commits(from: base.map { [$0.commit] } ?? [], to: tip)
        let graph = CommitGraph(commits)
        var boundaries = tags.filter { graph.index(of: $0.commit) != nil }
        if !keepsPrereleases { boundaries = graph.withoutFolded(boundaries) }
        let shares = graph.shares(of: boundaries, tip: tip)
        let dates = try await git.tagDates(of: boundaries.map(\.name))
        let releases = zip(boundaries, shares.releases).map { boundary, share in
            PastRelease(
                boundary,
                date: dates[boundary.name] ?? graph.date(of: boundary.commit),
                previous: Self.previous(of: boundary.version, among: share.before) ?? base?.tag,
                commits: share.commits.map { CommitRecord(commits[$0]) }
            )
        }
        return ReleaseHistory(
            releases: releases,
            unreleased: UnreleasedCommits(
                commits: shares.rest.commits.map { CommitRecord(commits[$0]) },
                previous: shares.rest.before.max { $0.version < $1.version } ?? base?.tag
            )
        )
    }

    /// One release; nothing but its own commits is read.
    ///
    /// - Throws: `ReleaseHistoryError` where no tag names it; `GitError`.
    package func release(_ version: Version) async throws -> PastRelease {
        let tags = try await tags()
        guard let tag = tags.first(where: { $0.version == version }) else {
            // Where history is cut off, the tags were most likely not fetched either.
            throw ReleaseHistoryError.noSuchRelease(version, tag: policy.gitTags.name(of: version.text))
        }
        // A stable release tells what its prereleases brought.
        let isFolding = version.isStable && !keepsPrereleases
        let others = tags.filter { $0.version != version && (!isFolding || $0.version.isStable) }
        let (commits, previous) = try await commits(of: tag.commit, version: version, among: others)
        var date = try await git.tagDates(of: [tag.name])[tag.name]
        if date == nil { date = try await git.commit(tag.commit).committerDate }
        return PastRelease(
            tag,
            date: date ?? GitDate(secondsSinceEpoch: 0, offsetMinutes: 0),
            previous: previous,
            commits: commits
        )
    }

    /// What a commit has beyond the releases that it contains.
    ///
    /// - Parameters:
    ///   - tip: the commit.
    ///   - isFolding: whether to count from the last stable release even where prereleases followed it, as the notes of
    ///     the next stable release do.
    /// - Returns: the commits.
    /// - Throws: `GitError`.
    package func unreleased(at tip: CommitID, foldingPrereleases isFolding: Bool = false) async throws
        -> UnreleasedCommits
    {
        let tags = try await tags().filter { !isFolding || $0.version.isStable }
        let (commits, previous) = try await commits(of: tip, version: nil, among: tags)
        return UnreleasedCommits(commits: commits, previous: previous)
    }

    /// The version that a commit was released as, the highest of several; nil where none is.
    package func version(at commit: CommitID) async throws -> Version? {
        try await tags().first { $0.commit == commit }?.version
    }

    /// The highest release that a commit contains; of prereleases only where there is nothing else.
    ///
    /// - Throws: `ReleaseHistoryError.noRelease` where it contains none; `GitError`.
    package func highestRelease(in tip: CommitID) async throws -> ReleaseTag {
        let tags = try await tags()
        for isStable in [true, false] {
            if let tag = try await nearest(tags.filter { $0.version.isStable == isStable }, in: tip) { return tag }
        }
        if await git.isShallow { throw GitError(.historyIncomplete) }
        throw ReleaseHistoryError.noRelease
    }

    /// The commits of a tip beyond the releases before it, and the one to compare it with.
    private func commits(
        of tip: CommitID,
        version: Version?,
        among tags: [ReleaseTag]
    ) async throws -> ([CommitRecord], previous: ReleaseTag?) {
        let lower = tags.filter { tag in version.map { tag.version < $0 } ?? true }
        let base = try await nearest(lower, in: tip)
        let commits = try await git.commits(from: base.map { [$0.commit] } ?? [], to: tip)
        let graph = CommitGraph(commits)
        // A backport that was merged since is a release before this one too.
        let between = tags.filter { $0.commit != tip && graph.index(of: $0.commit) != nil }
        let share = graph.shares(of: between, tip: tip).rest
        var before = share.before
        if let base, !(try await isBehind(base, share.before)) { before.append(base) }
        let previous =
            version.map { Self.previous(of: $0, among: before) } ?? before.max { $0.version < $1.version }
        return (share.commits.map { CommitRecord(commits[$0]) }, previous)
    }

    /// Whether some releases contain another one, so that they come between.
    private func isBehind(_ base: ReleaseTag, _ tags: [ReleaseTag]) async throws -> Bool {
        for tag in tags {
            if try await nearest([base], in: tag.commit) != nil { return true }
        }
        return false
    }

    /// The first of some releases that a tip contains; nil where it contains none.
    private func nearest(_ tags: [ReleaseTag], in tip: CommitID) async throws -> ReleaseTag? {
        for tag in tags {
            do {
                if try await git.isAncestor(tag.commit, of: tip) { return tag }
            } catch {
                guard error.isIncompleteHistory else { throw error }
                // A tag of another line; whether a cut matters is seen when the commits are read.
                continue
            }
        }
        return nil
    }

    /// The release to compare with: the highest lower one, else the highest.
    private static func previous(of version: Version, among tags: [ReleaseTag]) -> ReleaseTag? {
        let sorted = tags.sorted { $0.version > $1.version }
        return sorted.first { $0.version < version } ?? sorted.first
    }

    private func base(_ text: String, among tags: [ReleaseTag]) async throws -> (commit: CommitID, tag: ReleaseTag?) {
        let version = try? policy.version(written: text)
        if let tag = tags.first(where: { $0.version == version || $0.name == text }) { return (tag.commit, tag) }
        guard let commit = try await git.commitID(matching: text) else {
            throw ReleaseHistoryError.unknownStart(text)
        }
        return (commit, tags.first { $0.commit == commit })
    }
}

extension PastRelease {
    fileprivate init(_ tag: ReleaseTag, date: GitDate, previous: ReleaseTag?, commits: [CommitRecord]) {
        self.init(
            version: tag.version,
            tag: tag.name,
            commit: tag.commit,
            date: Timestamp(secondsSinceEpoch: date.secondsSinceEpoch),
            previous: previous,
            commits: commits
        )
    }
}
