/// The version of a build between two releases: `2.1.107-dev.4.g503a2eb`, four commits after `2.1.106`.
///
/// It ranks above the release it follows and below the next one, and among builds of one branch it grows with
/// every commit. After a prerelease it extends it: `2.2.0-rc.1.dev.4.g503a2eb`.
package struct DevelopmentVersion: Hashable, Sendable {
    package let version: SemanticVersion

    /// The development version of a commit.
    ///
    /// - Parameters:
    ///   - release: the version that the commit follows.
    ///   - commits: how many commits it is away from that release.
    ///   - shortHash: the commit's short hash, without the `g`.
    /// - Throws: `SemanticVersionError` where the release's patch number cannot be raised.
    package init(
        after release: SemanticVersion,
        commits: Int,
        shortHash: String
    ) throws(SemanticVersionError) {
        let base = release.isStable ? try release.bumped(by: .patch) : release
        version = Self.version(base, base.prerelease, commits: commits, shortHash: shortHash)
    }

    /// The development version of a commit before a version that is not released yet: it ranks below that version.
    ///
    /// - Parameters:
    ///   - next: the version that the commit leads to.
    ///   - commits: how many commits it is away from the release before.
    ///   - shortHash: the commit's short hash, without the `g`.
    package init(before next: SemanticVersion, commits: Int, shortHash: String) {
        // The identifier 0 ranks below every word, and so below the prerelease itself.
        let prerelease = next.isStable ? [] : [PrereleaseIdentifier(0)]
        version = Self.version(next, prerelease, commits: commits, shortHash: shortHash)
    }

    private static func version(
        _ base: SemanticVersion,
        _ prerelease: [PrereleaseIdentifier],
        commits: Int,
        shortHash: String
    ) -> SemanticVersion {
        SemanticVersion(
            base.major,
            base.minor,
            base.patch,
            prerelease: prerelease + [
                PrereleaseIdentifier(unchecked: "dev"),
                PrereleaseIdentifier(commits),
                PrereleaseIdentifier(unchecked: "g" + shortHash),
            ]
        )
    }
}

extension SemanticVersion {
    /// Whether the version is one that `DevelopmentVersion` makes: its prerelease ends in `dev.N.gHASH`, or that and `-dirty`.
    ///
    /// Such a version is a snapshot, not a release, and no moving version tag may hold it.
    package var isDevelopment: Bool {
        let tail = prerelease.suffix(3).map(\.description)
        guard tail.count == 3, tail[0] == "dev", tail[1].utf8.allSatisfy(\.isASCIIDigit) else { return false }
        // A build of a changed work tree says so behind the hash.
        let name = tail[2].hasSuffix("-dirty") ? tail[2].dropLast("-dirty".count) : tail[2][...]
        let hash = name.utf8
        return hash.first == UInt8(ascii: "g") && hash.count >= 5
            && hash.dropFirst().allSatisfy { $0.isASCIIDigit || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f")) }
    }

    /// The channel of a prerelease: its first identifier that is a word, without a number at its end.
    ///
    /// It is `rc` for `2.2.0-rc.1` and for `2.2.0-rc1`; nil for a stable version and for one like `2.2.0-1`.
    package var channel: String? {
        guard let word = prerelease.first(where: { !$0.isNumeric })?.description else { return nil }
        let name = word.reversed().drop { $0.utf8.allSatisfy(\.isASCIIDigit) || $0 == "-" }.reversed()
        return name.isEmpty ? nil : String(name)
    }
}
