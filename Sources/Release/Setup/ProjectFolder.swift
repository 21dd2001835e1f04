/// A project's folder as it was found: the names in it, and the contents of the few files that tell something.
package struct ProjectFolder: Equatable, Sendable {
    /// The folder's own name.
    package var name: String
    /// The files in the folder and in the folders below it, as relative paths.
    package var paths: [String]
    /// What the files hold that `ProjectFacts.isWanted` asks for, by path.
    package var contents: [String: [UInt8]]
    /// The folder below the top of the work tree; empty at the top.
    package var place: String
    /// The files of CI systems, below the top of the work tree.
    package var pipelinePaths: [String]
    /// The URL of the git remote, credentials and all; nil for none.
    package var remote: String?
    /// The names of the git tags.
    package var gitTags: [String]
    /// The branch that releases come from; nil where git does not tell.
    package var branch: String?

    package init(
        name: String,
        paths: [String] = [],
        contents: [String: [UInt8]] = [:],
        place: String = "",
        pipelinePaths: [String] = [],
        remote: String? = nil,
        gitTags: [String] = [],
        branch: String? = nil
    ) {
        self.name = name
        self.paths = paths
        self.contents = contents
        self.place = place
        self.pipelinePaths = pipelinePaths
        self.remote = remote
        self.gitTags = gitTags
        self.branch = branch
    }
}
