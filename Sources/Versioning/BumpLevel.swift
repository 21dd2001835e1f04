/// Which part of a version the next release raises.
package enum BumpLevel: String, CaseIterable, Sendable {
    case major, minor, patch
}

extension SemanticVersion {
    /// The next stable version at a level, always higher than this one.
    ///
    /// A prerelease that already leads to the wanted level is finished instead of passed over: the patch after
    /// `2.2.0-rc.1` is `2.2.0`. Build metadata is dropped.
    ///
    /// - Throws: `SemanticVersionError` where the number to raise is already the largest there is.
    package func bumped(by level: BumpLevel) throws(SemanticVersionError) -> SemanticVersion {
        let finishesPrerelease =
            switch level {
            case .major: !isStable && minor == 0 && patch == 0
            case .minor: !isStable && patch == 0
            case .patch: !isStable
            }
        if finishesPrerelease { return SemanticVersion(major, minor, patch) }
        return switch level {
        case .major: SemanticVersion(try successor(of: major, level), 0, 0)
        case .minor: SemanticVersion(major, try successor(of: minor, level), 0)
        case .patch: SemanticVersion(major, minor, try successor(of: patch, level))
        }
    }

    private func successor(of number: UInt64, _ level: BumpLevel) throws(SemanticVersionError) -> UInt64 {
        let (next, overflow) = number.addingReportingOverflow(1)
        guard !overflow else {
            throw SemanticVersionError(
                text: description,
                problem: "its \(level.rawValue) number is the largest there is and cannot be raised"
            )
        }
        return next
    }
}
