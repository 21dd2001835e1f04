internal import CLibgit2

/// A reference and the commit that it stands for.
package struct GitReference: Hashable, Sendable {
    /// The whole name, such as `refs/heads/main`.
    package let name: String
    package let commit: CommitID
}

extension GitRepository {
    /// The reference that the checkout stands for: the branch at HEAD; for a detached HEAD the tag, pull request or
    /// branch that points to its commit, else the branch that contains it; nil where there is none.
    ///
    /// - Throws: `GitError`.
    package func checkedOutReference() throws(GitError) -> String? {
        guard case .detached(let commit) = try head() else {
            if case .branch(let name, _) = try head() { return "refs/heads/" + name }
            return nil
        }
        if let tag = try references("refs/tags/*").last(where: { $0.commit == commit }) { return tag.name }
        let locals = try references("refs/heads/*")
        let remotes = try references("refs/remotes/*").filter { !$0.name.hasSuffix("/HEAD") }
        if let local = locals.first(where: { $0.commit == commit }) { return local.name }
        if let remote = remotes.first(where: { $0.commit == commit }) { return Self.ownName(ofRemote: remote.name) }
        if let local = try newest(locals, containing: commit) { return local.name }
        return try newest(remotes, containing: commit).map { Self.ownName(ofRemote: $0.name) }
    }

    /// The default branch: what the remote says, else `main` or `master` where there is such a branch.
    ///
    /// - Throws: `GitError`.
    package func defaultBranch() throws(GitError) -> String? {
        let repository = unsafe handle.pointer
        do {
            let head = try unsafe Handle("git_reference_lookup", freedBy: { unsafe git_reference_free($0) }) {
                unsafe git_reference_lookup(&$0, repository, "refs/remotes/origin/HEAD")
            }
            if let target = unsafe git_reference_symbolic_target(head.pointer) {
                let name = unsafe String(cString: target)
                let prefix = "refs/remotes/origin/"
                if name.hasPrefix(prefix) { return String(name.dropFirst(prefix.count)) }
            }
        } catch {
            guard error.code == .notFound else { throw error }
        }
        let names = Set(try (references("refs/heads/*") + references("refs/remotes/origin/*")).map(\.name))
        return ["main", "master"].first { branch in
            names.contains("refs/heads/" + branch) || names.contains("refs/remotes/origin/" + branch)
        }
    }

    /// The tree of a commit, as a hash.
    package func treeHash(of commit: CommitID) throws(GitError) -> String {
        let commit = try commitHandle(try commitSource().overrides.object(for: commit))
        guard let id = unsafe git_commit_tree_id(commit.pointer) else { throw GitError(.unbornHead) }
        return unsafe CommitID(id.pointee).description
    }

    /// References by a pattern of their names, sorted by name; those that stand for no commit are left out.
    private func references(_ pattern: String) throws(GitError) -> [GitReference] {
        let repository = unsafe handle.pointer
        let iterator = try unsafe Handle(
            "git_reference_iterator_glob_new",
            freedBy: { unsafe git_reference_iterator_free($0) }
        ) { pointer in
            unsafe git_reference_iterator_glob_new(&pointer, repository, pattern)
        }
        var references: [GitReference] = []
        while let reference = try Self.next(iterator) {
            if let commit = try commit(behind: reference) {
                let name = unsafe String(cString: git_reference_name(reference.pointer))
                references.append(GitReference(name: name, commit: commit))
            }
        }
        return references.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func newest(
        _ references: [GitReference],
        containing commit: CommitID
    ) throws(GitError) -> GitReference? {
        var newest: (reference: GitReference, date: Int64)?
        for reference in references {
            // Where a shallow clone cannot tell, the reference is not known to contain it.
            guard (try? isAncestor(commit, of: reference.commit)) == true else { continue }
            let date = try self.commit(reference.commit).committerDate.secondsSinceEpoch
            if newest.map({ $0.date < date }) ?? true { newest = (reference, date) }
        }
        return newest?.reference
    }

    /// A branch of a remote under the name that it has there; a pull request's reference as its host writes it.
    private static func ownName(ofRemote name: String) -> String {
        let rest = name.dropFirst("refs/remotes/".count)
        if rest.hasPrefix("pull/") { return "refs/" + rest }
        return "refs/heads/" + rest.drop { $0 != "/" }.dropFirst()
    }
}
