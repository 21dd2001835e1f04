import Git
import Release
import Tagging

/// What the configuration says of commits, git tags, pushes and hooks.
struct GitConfiguration {
    let remote: String
    /// Whether a clone that lacks history or tags is completed first.
    let fetchesHistory: Bool
    /// Whether to sign; nil for what git's configuration says.
    let isSigned: Bool?
    let movingTags: Set<MovingGitTags.Line>
    let movingTagKind: MovingTagKind
    let commitMessage: MessageTemplate
    let tagMessage: MessageTemplate
    /// Further files, folders and patterns whose changes are committed.
    let committedPaths: [String]
    let hooks: [HookPoint: [String]]

    /// Fills what no source says with the defaults.
    init(_ partial: PartialConfiguration) {
        remote = partial.remote ?? "origin"
        fetchesHistory = partial.fetchesHistory ?? false
        isSigned = partial.isSigned
        movingTags = partial.movingGitTags ?? []
        movingTagKind = partial.movingTagKind ?? .same
        committedPaths = partial.committedPaths ?? []
        hooks = partial.hooks ?? [:]
        commitMessage = partial.commitMessage ?? .defaultCommit
        tagMessage = partial.tagMessage ?? .defaultTag
    }
}
