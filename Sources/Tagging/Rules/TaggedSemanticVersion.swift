import Versioning

/// A semantic version as a git tag names it, with what a pattern may use of it.
///
/// A leading `v` and white space around it are accepted; its numbers are at most 2^53 - 1 and its text at most 256
/// characters long, as in the package `semver` that docker/metadata-action reads it with.
struct TaggedSemanticVersion {
    private let raw: String
    private let version: SemanticVersion

    private static let largestNumber: UInt64 = 9_007_199_254_740_991

    init?(_ text: String) {
        guard text.utf16.count <= 256 else { return nil }
        let trimmed = text.trimmedOfWhitespace
        let bare = trimmed.hasPrefix("v") ? String(trimmed.dropFirst()) : trimmed
        guard let version = try? SemanticVersion(parsing: bare),
            [version.major, version.minor, version.patch].allSatisfy({ $0 <= Self.largestNumber })
        else { return nil }
        raw = text
        self.version = version
    }

    var prerelease: [PrereleaseIdentifier] { version.prerelease }

    var expressions: HandlebarsValue {
        let version = version.withoutBuildMetadata
        return .object(
            [
                ("raw", .string(raw)),
                ("major", .number(Double(version.major))),
                ("minor", .number(Double(version.minor))),
                ("patch", .number(Double(version.patch))),
                ("version", .string(version.description)),
                ("prerelease", .list(version.prerelease.map { .string($0.description) })),
                ("build", .list(self.version.buildMetadata.map { .string($0) })),
            ],
            text: version.description
        )
    }
}
