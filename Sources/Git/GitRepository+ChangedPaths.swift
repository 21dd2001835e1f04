internal import CLibgit2

extension GitRepository {
    /// The paths that a commit changes, sorted; files, links and submodules.
    ///
    /// They are compared with the first parent's; a first commit adds all that it has. What a merge brings from its
    /// parents was changed by their commits, so a merge changes only what it has as none of its parents does, as `git
    /// diff-tree -c` shows it: the solution of a conflict, say, or something that was slipped in.
    ///
    /// - Parameters:
    ///   - id: the commit.
    ///   - findsRenames: whether a removed and an added file of the same or similar content (half of it) count as one
    ///     that was moved; not for merges.
    /// - Returns: the paths.
    /// - Throws: `GitError` of kind `objectsMissing` where a partial clone lacks what must be compared,
    ///   `historyIncomplete` for the last commit of a shallow clone.
    package func changedPaths(of id: CommitID, findsRenames: Bool = true) throws(GitError) -> [ChangedPath] {
        guard !shallowCommits.contains(id) else { throw GitError(.historyIncomplete) }
        do {
            let commit = try commitHandle(id)
            let parents = try self.commit(id).parents
            let tree = try self.tree(of: commit)
            guard let first = parents.first else {
                return try unsafe differences(from: nil, to: tree.pointer).map(\.path)
            }
            let parentTree = try self.tree(of: try commitHandle(first))
            let found = try unsafe differences(from: parentTree.pointer, to: tree.pointer)
            if parents.count > 1 { return try ownChanges(of: parents.dropFirst(), among: found) }
            guard findsRenames else { return found.map(\.path) }
            return try withRenames(found, from: parentTree, to: tree)
        } catch {
            guard error.code == .notFound, try isPartialClone() else { throw error }
            throw GitError(.objectsMissing(id))
        }
    }

    /// The best commit that is in the history of both; nil where they have none in common.
    ///
    /// - Throws: `GitError` of kind `historyIncomplete` where a shallow clone cannot tell.
    package func mergeBase(_ one: CommitID, _ other: CommitID) throws(GitError) -> CommitID? {
        var found = git_oid()
        var (first, second) = (one.oid, other.oid)
        let status = unsafe git_merge_base(&found, handle.pointer, &first, &second)
        if status >= 0 { return CommitID(found) }
        let error = GitError(function: "git_merge_base", code: status)
        guard error.code == .notFound else { throw error }
        // libgit2 walks beyond the graft, where there is nothing.
        if isShallow { throw GitError(.historyIncomplete) }
        return nil
    }

    private func differences(from old: OpaquePointer?, to new: OpaquePointer?) throws(GitError) -> [TreeDifference] {
        var comparison = unsafe TreeComparison(in: handle.pointer)
        try unsafe comparison.compare(old, new)
        return comparison.differences
    }

    /// The differences at some paths, removed and added files of similar content as one.
    private func similarPaths(
        _ paths: [[CChar]],
        from old: borrowing Handle,
        to new: borrowing Handle
    ) throws(GitError) -> [ChangedPath] {
        let repository = unsafe handle.pointer
        let trees = unsafe (old.pointer, new.pointer)
        var options = unsafe git_diff_options()
        try check("git_diff_options_init", unsafe git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
        unsafe options.flags |= GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue
        let specification = Pathspec(paths)
        unsafe options.pathspec = specification.array
        let diff = try unsafe Handle("git_diff_tree_to_tree", freedBy: { unsafe git_diff_free($0) }) { pointer in
            unsafe git_diff_tree_to_tree(&pointer, repository, trees.0, trees.1, &options)
        }
        try findSimilar(in: diff)
        return unsafe (0..<git_diff_num_deltas(diff.pointer)).compactMap { index in
            unsafe git_diff_get_delta(diff.pointer, index).map { unsafe ChangedPath($0.pointee) }
        }
    }

    private func findSimilar(in diff: borrowing Handle) throws(GitError) {
        var options = unsafe git_diff_find_options()
        try check(
            "git_diff_find_options_init",
            unsafe git_diff_find_options_init(&options, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION))
        )
        unsafe options.flags = GIT_DIFF_FIND_RENAMES.rawValue
        unsafe options.rename_limit = Self.renameLimit
        try check("git_diff_find_similar", unsafe git_diff_find_similar(diff.pointer, &options))
    }

    /// How many removed or added files are compared by content; git's own limit.
    ///
    /// Beyond it only those that were moved unchanged are found.
    private static var renameLimit: Int { 1000 }

    /// Joins removed and added files: first those of the same content, which needs no reading; then similar ones.
    private func withRenames(
        _ found: [TreeDifference],
        from old: borrowing Handle,
        to new: borrowing Handle
    ) throws(GitError) -> [ChangedPath] {
        let added = found.filter { $0.old == nil }
        let removed = found.filter { $0.new == nil }
        if added.isEmpty || removed.isEmpty { return found.map(\.path) }
        var sources = Dictionary(grouping: removed, by: \.old)
        var moved: [ChangedPath] = []
        var restAdded: [TreeDifference] = []
        for target in added {
            guard let path = target.path.newPath, let content = target.new else { continue }
            let candidates = sources[content] ?? []
            // Of several the one that kept its name.
            let match = candidates.firstIndex { $0.path.oldPath?.lastName == path.lastName } ?? candidates.indices.first
            if let match, let source = sources[content]?.remove(at: match) {
                moved.append(ChangedPath(kind: .renamed, oldPath: source.path.oldPath, newPath: path))
            } else {
                restAdded.append(target)
            }
        }
        let restRemoved = sources.values.flatMap(\.self)
        let others = found.filter { $0.old != nil && $0.new != nil }.map(\.path)
        var rest = (restAdded + restRemoved).map(\.path)
        let isWorthwhile =
            !restAdded.isEmpty && !restRemoved.isEmpty && max(restAdded.count, restRemoved.count) <= Self.renameLimit
        if isWorthwhile {
            rest = try similarPaths((restAdded + restRemoved).map(\.name), from: old, to: new)
        }
        return (others + moved + rest).sorted { $0.sortKey.utf8.lexicographicallyPrecedes($1.sortKey.utf8) }
    }

    /// Of what a merge has otherwise than its first parent, that which it has otherwise than the others too.
    private func ownChanges(
        of others: ArraySlice<CommitID>,
        among found: [TreeDifference]
    ) throws(GitError) -> [ChangedPath] {
        var own = found
        for parent in others where !own.isEmpty {
            let tree = try self.tree(of: try commitHandle(parent))
            var left: [TreeDifference] = []
            for difference in own {
                let (id, mode) = try entry(at: difference.name, in: tree)
                let isSame = id == difference.new && (id == nil || mode == difference.newMode)
                if !isSame { left.append(difference) }
            }
            own = left
        }
        return own.map(\.path)
    }

    private func entry(at path: [CChar], in tree: borrowing Handle) throws(GitError) -> (id: CommitID?, mode: UInt32) {
        let pointer = unsafe tree.pointer
        do {
            let entry = try unsafe Handle("git_tree_entry_bypath", freedBy: { unsafe git_tree_entry_free($0) }) {
                unsafe git_tree_entry_bypath(&$0, pointer, path)
            }
            guard let id = unsafe git_tree_entry_id(entry.pointer) else { return (nil, 0) }
            return unsafe (CommitID(id.pointee), git_tree_entry_filemode_raw(entry.pointer).rawValue)
        } catch {
            // There may also be a tree missing on the way.
            let isAbsent = error.code == .notFound && error.message?.hasPrefix("object not found") != true
            guard isAbsent else { throw error }
            return (nil, 0)
        }
    }

    private func tree(of commit: borrowing Handle) throws(GitError) -> Handle {
        let pointer = unsafe commit.pointer
        return try unsafe Handle("git_commit_tree", freedBy: { unsafe git_tree_free($0) }) { tree in
            unsafe git_commit_tree(&tree, pointer)
        }
    }

    /// Whether objects were left out on purpose when this was cloned, to be fetched when they are needed.
    private func isPartialClone() throws(GitError) -> Bool {
        let repository = unsafe handle.pointer
        let configuration = try unsafe Handle("git_repository_config_snapshot", freedBy: { unsafe git_config_free($0) })
        {
            unsafe git_repository_config_snapshot(&$0, repository)
        }
        let snapshot = unsafe configuration.pointer
        let iterator = try unsafe Handle(
            "git_config_iterator_glob_new",
            freedBy: { unsafe git_config_iterator_free($0) }
        ) { pointer in
            let pattern = #"^(extensions\.partialclone|remote\..*\.promisor)$"#
            return unsafe git_config_iterator_glob_new(&pointer, snapshot, pattern)
        }
        var entry: UnsafeMutablePointer<git_config_entry>?
        return unsafe git_config_next(&entry, iterator.pointer) == 0
    }
}

extension ChangedPath {
    fileprivate init(_ delta: git_diff_delta) {
        let (before, after) = unsafe (delta.old_file.path, delta.new_file.path)
        let kind: Kind =
            switch unsafe delta.status {
            case GIT_DELTA_ADDED, GIT_DELTA_COPIED: .added
            case GIT_DELTA_DELETED: .removed
            case GIT_DELTA_RENAMED: .renamed
            default: .modified
            }
        unsafe self.init(
            kind: kind,
            oldPath: kind == .added ? nil : before.map { unsafe String(cString: $0) },
            newPath: kind == .removed ? nil : after.map { unsafe String(cString: $0) }
        )
    }
}

/// Paths as libgit2 takes them, freed when their owner goes.
@safe private struct Pathspec: ~Copyable {
    let array: git_strarray

    init(_ paths: [[CChar]]) {
        let strings = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: paths.count)
        for (index, path) in paths.enumerated() {
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: path.count)
            unsafe copy.initialize(from: path, count: path.count)
            unsafe (strings + index).initialize(to: copy)
        }
        unsafe array = git_strarray(strings: strings, count: paths.count)
    }

    deinit {
        for index in unsafe 0..<array.count { unsafe array.strings[index]?.deallocate() }
        unsafe array.strings.deallocate()
    }
}

extension String {
    /// What stands behind the last slash.
    fileprivate var lastName: Substring { lastIndex(of: "/").map { self[index(after: $0)...] } ?? self[...] }
}

extension ChangedPath {
    fileprivate var sortKey: String { newPath ?? oldPath ?? "" }
}
