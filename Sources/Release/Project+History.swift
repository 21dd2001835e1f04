package import Git
package import Tagging
package import Versioning

extension Project {
    /// How many commits HEAD has beyond a release: beyond its commit, else beyond the git tag of its version.
    ///
    /// - Throws: `ProjectError.unknownRelease` where neither is in the repository; `GitError` of kind
    ///   `historyIncomplete` in a shallow clone that does not reach it.
    package func commits(since version: Version, releasedFrom revision: String?) async throws -> Int {
        guard let tip = CommitID(hex: commit.hash) else { return 0 }
        if let revision, let base = try await git.commitID(matching: revision) {
            return try await git.commitCount(from: base, to: tip)
        }
        let tag = try await git.tag(of: version, policy)
        guard let tag else {
            if await git.isShallow { throw GitError(.historyIncomplete) }
            throw ProjectError.unknownRelease(version, revision: revision)
        }
        return try await git.commitCount(from: tag.commit, to: tip)
    }

    /// How many commits HEAD has beyond the last release that it contains; all of them where it contains none.
    package func commitsSinceLastRelease() async throws -> Int {
        guard let tip = CommitID(hex: commit.hash) else { return 0 }
        return try await git.commitCount(from: lastRelease()?.commit, to: tip)
    }

    /// The versions that git tags name; nil where the evidence does not ask for them.
    ///
    /// - Throws: `ProjectError.tagsIncomplete` for a shallow clone without tags, which cannot tell what is released.
    func gitVersions(for evidence: Evidence) async throws -> Set<Version>? {
        evidence == .registry ? nil : try await git.releasedVersions(policy, head: commit.hash)
    }

    /// How a commit stands to HEAD.
    ///
    /// - Parameter revision: its hash, as an image's label names it.
    /// - Returns: the answer.
    /// - Throws: `GitError` where git fails; a history that is cut off is an answer, no failure.
    func ancestry(of revision: String) async throws -> Ancestry {
        guard let head = CommitID(hex: commit.hash) else { return .absent }
        let known: CommitID?
        do {
            known = try await git.commitID(matching: revision)
        } catch {
            // A prefix that several commits have names none of them.
            guard error.code == .ambiguous else { throw error }
            return .absent
        }
        guard let known else { return await git.isShallow ? .cutOff : .absent }
        do {
            if try await git.isAncestor(known, of: head) { return .ancestor }
            return try await git.isAncestor(head, of: known) ? .descendant : .diverged
        } catch {
            guard error.isIncompleteHistory else { throw error }
            return .cutOff
        }
    }
}

extension GitRepository {
    /// The versions that tags name.
    ///
    /// - Parameters:
    ///   - policy: how they are written.
    ///   - head: the hash of the commit at HEAD.
    /// - Returns: the versions.
    /// - Throws: `ProjectError.tagsIncomplete` for a shallow clone without tags, which cannot tell what is released.
    package func releasedVersions(_ policy: TagPolicy, head: String) async throws -> Set<Version> {
        let tags = try tags().filter { policy.version(gitTag: $0.name) != nil }
        // A clone of depth 1 brings the tag of its own commit at most.
        if isShallow, tags.allSatisfy({ $0.commit.description == head }) { throw ProjectError.tagsIncomplete }
        return Set(tags.compactMap { policy.version(gitTag: $0.name) })
    }
}
