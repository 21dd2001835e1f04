package import Git
import Registry
import SystemPackage
package import Versioning

/// Raises the version in the VERSION file and, if asked, commits and tags it.
package struct VersionBump: Sendable {
    /// The commit and tag to make.
    package struct Record: Sendable {
        package var author: Signature
        package var committer: Signature
        /// The tag's name is this and the version; nil makes no tag.
        package var tagPrefix: String?
        package var commitSigner: CommitSigner?
        package var tagSigner: CommitSigner?

        package init(
            author: Signature,
            committer: Signature,
            tagPrefix: String?,
            commitSigner: CommitSigner? = nil,
            tagSigner: CommitSigner? = nil
        ) {
            self.author = author
            self.committer = committer
            self.tagPrefix = tagPrefix
            self.commitSigner = commitSigner
            self.tagSigner = tagSigner
        }
    }

    let location: VersionLocation
    let level: BumpLevel
    /// Further files that carry the version.
    let files: VersionedFiles

    package init(_ location: VersionLocation, level: BumpLevel, files: VersionedFiles = VersionedFiles(entries: [])) {
        self.location = location
        self.level = level
        self.files = files
    }

    /// Writes the new version and gives it back.
    ///
    /// Without a VERSION file it starts one, from 0.0.0.
    ///
    /// Where the commit fails the file is put back as it was, so that nothing is half-done. Where only the tag fails
    /// the commit stays, since it may already be built upon.
    ///
    /// - Throws: `VersionFileError`, `VersionedFilesError`, `SemanticVersionError`, `FileFailure`, `GitError`.
    package func run(git: GitRepository?, record: Record?) async throws -> SemanticVersion {
        let old = location.exists ? try location.read() : nil
        let current = try old.map { try SemanticVersion(parsing: $0.version.text) } ?? SemanticVersion(0, 0, 0)
        let version = try current.bumped(by: level)
        let new = old?.replacingVersion(with: version) ?? VersionFile(version)
        let disagreements = files.disagreements(with: Version(current), or: Version(version))
        guard disagreements.isEmpty else { throw VersionedFilesError.disagreement(disagreements) }
        // The VERSION file comes last: until it has changed, the same run again does the same.
        let place = AtomicFile.resolved(location.path)
        let others = try files.changes(to: Version(version)).filter { $0.path != place }
        let transaction = FileTransaction(others + [FileChange(place, new.bytes)])
        guard let git, let record else {
            try transaction.run()
            return version
        }
        let tag = record.tagPrefix.map { "\($0)\(version)" }
        if let tag, let existing = try await git.tag(named: tag) {
            throw GitError(.tagExists(tag, existing.commit))
        }
        let written = try transaction.run()
        let message = "chore(release): \(version)"
        let commit: CommitID
        do {
            commit = try await git.commitFiles(
                at: [try await relativePath(in: git)],
                message: message + "\n",
                author: record.author,
                committer: record.committer,
                signer: record.commitSigner
            )
        } catch {
            try written.putBack()
            throw error
        }
        if let tag {
            try await git.createAnnotatedTag(
                tag,
                at: commit,
                message: "\(version)\n",
                tagger: record.committer,
                signer: record.tagSigner
            )
        }
        return version
    }

    /// The file's path as git names it.
    private func relativePath(in git: GitRepository) async throws -> String {
        guard let top = await git.workingDirectory else { throw ProjectError.noWorkTree }
        var path = location.path.lexicallyNormalized()
        guard path.removePrefix(FilePath(top).lexicallyNormalized()) else {
            throw ProjectError.outsideWorkTree(location.path.string)
        }
        return path.string
    }
}
