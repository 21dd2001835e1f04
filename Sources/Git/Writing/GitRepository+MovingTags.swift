internal import CLibgit2

/// A git tag that follows the releases, such as `v2`, and where it goes.
package struct TagMove: Hashable, Sendable {
    /// The name, without `refs/tags/`.
    package let name: String
    package let commit: CommitID

    package init(name: String, commit: CommitID) {
        self.name = name
        self.commit = commit
    }
}

/// What a moving tag is made as.
package enum MovingTagKind: String, CaseIterable, Sendable {
    /// As it was before; a new one is lightweight.
    case same
    case lightweight
    case annotated
}

/// A moving tag that is where it belongs.
package struct MovedTag: Hashable, Sendable {
    package let name: String
    /// The object that the tag named before; nil for a new tag.
    package let before: ObjectID?
    package let now: ObjectID

    package var isUnchanged: Bool { before == now }

    package init(name: String, before: ObjectID?, now: ObjectID) {
        self.name = name
        self.before = before
        self.now = now
    }
}

extension GitRepository {
    /// Puts moving tags where they belong, each in one step: there is no moment in which one is missing.
    ///
    /// All are locked before the first is written, so that a tag that someone else holds or has moved stops them all.
    /// A tag that stands for its commit already stays as it is.
    ///
    /// - Parameters:
    ///   - moves: the tags.
    ///   - kind: what they are made as.
    ///   - message: the message of annotated ones.
    ///   - tagger: who tags.
    ///   - signer: what signs annotated ones; nil for none.
    /// - Returns: the tags, in order, with what a push must expect the remote to have.
    /// - Throws: `GitError`, `SigningError`, `ProgramError`.
    package func moveTags(
        _ moves: [TagMove],
        as kind: MovingTagKind = .same,
        message: String,
        tagger: Signature,
        signer: CommitSigner? = nil
    ) async throws -> [MovedTag] {
        var moved: [MovedTag] = []
        for move in moves {
            try checkTag(move.name)
            let name = "refs/tags/\(move.name)"
            let before = try unsafe ReferenceTransaction.target(of: name, in: handle.pointer)
            let target = try commitID(matching: name)
            let isAnnotated = before != nil && before != target
            if let before, target == move.commit, kind.keeps(isAnnotated: isAnnotated) {
                moved.append(MovedTag(name: move.name, before: before, now: before))
                continue
            }
            guard kind.annotates(before: isAnnotated) else {
                _ = try commitHandle(move.commit)
                moved.append(MovedTag(name: move.name, before: before, now: move.commit))
                continue
            }
            let content = try tagContent(move.name, at: move.commit, message: message, tagger: tagger)
            let signature = try await signer?.signature(of: Array(content.utf8)) ?? ""
            moved.append(MovedTag(name: move.name, before: before, now: try writeTag(content + signature)))
        }
        try write(moved.filter { !$0.isUnchanged }, by: tagger)
        return moved
    }

    private func write(_ tags: [MovedTag], by tagger: Signature) throws(GitError) {
        if tags.isEmpty { return }
        let who = try tagger.handle()
        let transaction = try unsafe ReferenceTransaction(handle.pointer)
        for tag in tags { try transaction.lock("refs/tags/\(tag.name)", expecting: tag.before) }
        for tag in tags {
            try transaction.set("refs/tags/\(tag.name)", to: tag.now, by: who, message: "tag: moved")
        }
        try transaction.commit()
    }
}

extension MovingTagKind {
    fileprivate func annotates(before isAnnotated: Bool) -> Bool {
        switch self {
        case .same: isAnnotated
        case .lightweight: false
        case .annotated: true
        }
    }

    fileprivate func keeps(isAnnotated: Bool) -> Bool { annotates(before: isAnnotated) == isAnnotated }
}
