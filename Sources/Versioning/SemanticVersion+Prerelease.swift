extension SemanticVersion {
    /// The version without prerelease and build metadata.
    package var core: SemanticVersion { SemanticVersion(major, minor, patch) }

    /// The next prerelease of a channel that leads to this version: `rc.1`, and one more than the highest there is.
    ///
    /// A channel that was written in one word before, as `rc1`, goes on so.
    ///
    /// - Parameters:
    ///   - channel: identifiers such as `rc`, without the number.
    ///   - existing: the versions that exist already.
    /// - Returns: the prerelease.
    /// - Throws: `SemanticVersionError` where the channel cannot be a prerelease.
    package func prerelease(
        _ channel: String,
        after existing: some Sequence<SemanticVersion>
    ) throws(SemanticVersionError) -> SemanticVersion {
        let first = try SemanticVersion(parsing: "\(core)-\(channel).1")
        let siblings = existing.filter { $0.core == core && $0.channelNumber(channel) != nil }
        guard let highest = siblings.max(), let number = highest.channelNumber(channel) else { return first }
        let (next, overflow) = number.addingReportingOverflow(1)
        guard !overflow else {
            throw SemanticVersionError(text: highest.description, problem: "its last number cannot be raised")
        }
        let isOneWord = highest.prerelease.count == first.prerelease.count - 1
        return try SemanticVersion(parsing: "\(core)-\(channel)\(isOneWord ? "" : ".")\(next)")
    }

    /// The number behind a channel: 2 in `rc.2` and in `rc2`; nil where the prerelease is of another shape.
    private func channelNumber(_ channel: String) -> UInt64? {
        let text = prerelease.map(\.description).joined(separator: ".")
        guard text.hasPrefix(channel) else { return nil }
        let rest = text.dropFirst(channel.count)
        let digits = rest.hasPrefix(".") ? rest.dropFirst() : rest
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return UInt64(digits)
    }
}
