/// How changes count before version 1.0.0, where nothing is promised yet (Semantic Versioning 2.0.0, section 4).
package enum ZeroPolicy: String, CaseIterable, Sendable {
    /// One level lower: a breaking change raises the minor number, a feature the patch number.
    case lower
    /// As everywhere else: a breaking change leads to 1.0.0.
    case same
}

extension BumpLevel {
    /// The level to raise a version by, given what the changes since ask for.
    ///
    /// - Parameters:
    ///   - current: the version that is raised; from 1.0.0 on, its prereleases included, nothing is adjusted.
    ///   - zero: the policy for 0.x.
    /// - Returns: the level.
    package func adjusted(for current: SemanticVersion, zero: ZeroPolicy) -> BumpLevel {
        guard current.major == 0, zero == .lower else { return self }
        return self == .major ? .minor : .patch
    }
}

extension BumpLevel: Comparable {
    package static func < (left: BumpLevel, right: BumpLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .patch: 0
        case .minor: 1
        case .major: 2
        }
    }
}
