/// How far a walk by dates goes on beyond the point at which it could end if no clock was ever wrong.
///
/// Git goes on for five commits, or for a day, depending on the command.
struct WalkSlack {
    /// Commits.
    var commits: Int
    /// Seconds; more where a commit was met that is older than its parent.
    var seconds: Int64

    static let painting = WalkSlack(commits: 256, seconds: 86_400)
    /// To miss a release is worse than to be slow.
    static let search = WalkSlack(commits: 2048, seconds: 7 * 86_400)

    /// A clock that was wrong once may be wrong twice as much.
    mutating func allow(child: Int64, parent: Int64) {
        if parent > child { seconds = max(seconds, 2 * (parent - child)) }
    }
}
