package import Changes
package import Tagging
package import Versioning

/// One thing whose version is raised: the project, or a component of it.
package struct BumpTarget: Sendable {
    /// The component; nil for the whole project.
    package let component: Component?
    package let location: VersionLocation
    /// Further files that carry the version.
    package let files: VersionedFiles
    package let source: VersionSource
    package let tags: TagPolicy
    package let bump: BumpPolicy
    package let lines: [BranchPattern]
    package let rules: CommitRules
    /// The lines that have moving git tags.
    package let movingTags: Set<MovingGitTags.Line>

    package init(
        component: Component?,
        location: VersionLocation,
        files: VersionedFiles,
        source: VersionSource,
        tags: TagPolicy,
        bump: BumpPolicy,
        lines: [BranchPattern],
        rules: CommitRules,
        movingTags: Set<MovingGitTags.Line>
    ) {
        self.component = component
        self.location = location
        self.files = files
        self.source = source
        self.tags = tags
        self.bump = bump
        self.lines = lines
        self.rules = rules
        self.movingTags = movingTags
    }

    /// The version file with a version in it; nil where versions stand in git tags alone.
    ///
    /// - Throws: `VersionFileError`, `ProjectError`.
    func file(with version: SemanticVersion, isTagged: Bool) throws -> FileChange? {
        guard location.exists else {
            // A project that has lived by its tags goes on so.
            if source == .tags || (source == .auto && isTagged) { return nil }
            return FileChange(location.path, VersionFile(version).bytes)
        }
        if source == .tags { return nil }
        let old = try location.read(scheme: tags.scheme)
        return FileChange(location.path, old.replacingVersion(with: version).bytes)
    }
}
