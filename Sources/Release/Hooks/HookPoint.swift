/// When the commands of the configuration run.
package enum HookPoint: String, CaseIterable, Sendable {
    case beforeBump = "before-bump"
    case afterBump = "after-bump"
    case beforeCommit = "before-commit"
    case afterCommit = "after-commit"
    case beforeTag = "before-tag"
    case afterTag = "after-tag"
    case beforePush = "before-push"
    case afterPush = "after-push"
    /// The image is released, its tags are pushed.
    case afterRelease = "after-release"
}
