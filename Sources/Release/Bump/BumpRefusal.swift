package import Git
package import Versioning

/// Why a version must not be raised so; nothing has been touched.
package enum BumpRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case released(Version, tag: String, commit: CommitID)
    case offLine(SemanticVersion, line: ReleaseLine, branch: String, because: String?)
    case currentOffLine(SemanticVersion, line: ReleaseLine, branch: String)
    case notHigher(SemanticVersion, than: SemanticVersion)
    case noBranch

    package var description: String {
        switch self {
        case .released(let version, let tag, let commit):
            "\(version) is already released: the git tag \(tag) is on \(commit.prefix(7))"
        case .offLine(let version, let line, let branch, let reason):
            "\(version) is not on the line \(line) of the branch \(branch)" + (reason.map { ": \($0)" } ?? "")
        case .currentOffLine(let version, let line, let branch):
            "the version \(version) is not on the line \(line) of the branch \(branch)"
        case .notHigher(let version, let last):
            "\(version) is not higher than \(last)"
        case .noBranch:
            "the release commit cannot be pushed: HEAD is on no branch"
        }
    }

    package var hint: String {
        switch self {
        case .released:
            "release from a branch that contains it, or choose another version with --set"
        case .offLine(_, let line, _, _):
            "this branch takes \(line.widestLevel.rawValue) releases at most; release it from another branch"
        case .currentOffLine:
            "set the version with --set, or correct `bump.lines` in tagboat.yaml"
        case .notHigher:
            "choose a higher version; --force sets a lower one"
        case .noBranch:
            "name the branch with --branch, or check it out"
        }
    }
}
