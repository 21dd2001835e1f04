package import Tagging
package import Versioning

/// What a run of `bump` is going to do.
package struct BumpPlan: Sendable {
    /// The release of the project, or of one of its components.
    package struct Release: Hashable, Sendable {
        /// The component; nil for the whole project.
        package let component: String?
        package let previous: Version?
        package let version: Version
        /// The level that was raised; nil where a version was given.
        package let level: BumpLevel?
        package let reason: String
        /// Whether the version is a new one; otherwise what an earlier run began is finished.
        package let isNew: Bool
        /// The name of its git tag.
        package let tag: String
        /// The git tags that it takes, such as `v2`.
        package let movingTags: [MovingGitTags.Place]
        /// The git tags of its lines that stay with another version.
        package let withheldTags: [MovingGitTags.Place]

        package init(
            component: String?,
            previous: Version?,
            version: Version,
            level: BumpLevel?,
            reason: String,
            isNew: Bool,
            tag: String,
            movingTags: [MovingGitTags.Place] = [],
            withheldTags: [MovingGitTags.Place] = []
        ) {
            self.component = component
            self.previous = previous
            self.version = version
            self.level = level
            self.reason = reason
            self.isNew = isNew
            self.tag = tag
            self.movingTags = movingTags
            self.withheldTags = withheldTags
        }
    }

    /// A version that nothing was found to raise.
    package struct Stay: Hashable, Sendable {
        package let component: String?
        package let version: SemanticVersion?
        package let reason: String

        package init(component: String?, version: SemanticVersion?, reason: String) {
            self.component = component
            self.version = version
            self.reason = reason
        }
    }

    /// How far a run goes; each step includes those before it.
    package enum Extent: Int, Comparable, Sendable {
        case files, commit, tag, push

        package static func < (left: Extent, right: Extent) -> Bool { left.rawValue < right.rawValue }
    }

    /// The releases, what others depend on first.
    package var releases: [Release]
    package var staying: [Stay]
    /// The files as they are to be.
    package var files: [FileChange]
    /// The message of the commit.
    package var message: String
    /// The first step; a run that begins with tags takes HEAD as it is.
    package var start: Extent = .files
    /// The last step.
    package var extent: Extent
    /// The branch that the commit is pushed to; nil where HEAD is on none.
    package var branch: String?
    package var remote: String
    /// Tags of earlier releases that the remote does not have yet.
    package var unpushedTags: [String]
    /// Moving tags that those releases hold here.
    package var unpushedMovingTags: [String]

    package init(
        releases: [Release],
        staying: [Stay] = [],
        files: [FileChange] = [],
        message: String = "",
        extent: Extent = .files,
        branch: String? = nil,
        remote: String = "origin",
        unpushedTags: [String] = [],
        unpushedMovingTags: [String] = []
    ) {
        self.releases = releases
        self.staying = staying
        self.files = files
        self.message = message
        self.extent = extent
        self.branch = branch
        self.remote = remote
        self.unpushedTags = unpushedTags
        self.unpushedMovingTags = unpushedMovingTags
    }

    /// The moving tags that a push takes along.
    package var pushedMovingTags: [String] { unpushedMovingTags + releases.flatMap { $0.movingTags.map(\.name) } }
}
