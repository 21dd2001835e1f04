/// A version as Semantic Versioning 2.0.0 defines it.
///
/// Two versions are equal when they print alike. Their order is the precedence of section 11 of the specification;
/// where precedence ties (versions that differ in build metadata alone) the build metadata decides, so that every
/// set of versions has one highest member.
package struct SemanticVersion: Hashable, Sendable {
    package let major: UInt64
    package let minor: UInt64
    package let patch: UInt64
    /// The identifiers behind `-`; empty for a stable version.
    package let prerelease: [PrereleaseIdentifier]
    /// The identifiers behind `+`; they carry no precedence.
    package let buildMetadata: [String]

    package init(
        _ major: UInt64,
        _ minor: UInt64,
        _ patch: UInt64,
        prerelease: [PrereleaseIdentifier] = [],
        buildMetadata: [String] = []
    ) {
        self.major = major
        self.minor = minor
        self.patch = patch
        self.prerelease = prerelease
        self.buildMetadata = buildMetadata
    }

    /// Whether the version is stable, that is, has no prerelease identifiers.
    package var isStable: Bool { prerelease.isEmpty }

    /// The same version without build metadata.
    package var withoutBuildMetadata: SemanticVersion {
        SemanticVersion(major, minor, patch, prerelease: prerelease)
    }
}

extension SemanticVersion: CustomStringConvertible {
    package var description: String {
        var text = "\(major).\(minor).\(patch)"
        if !prerelease.isEmpty {
            text += "-" + prerelease.map(\.description).joined(separator: ".")
        }
        if !buildMetadata.isEmpty {
            text += "+" + buildMetadata.joined(separator: ".")
        }
        return text
    }
}

extension SemanticVersion: Comparable {
    package static func < (left: SemanticVersion, right: SemanticVersion) -> Bool {
        switch left.precedence(comparedTo: right) {
        case .lower: true
        case .higher: false
        case .equal: left.buildOrder.lexicographicallyPrecedes(right.buildOrder)
        }
    }

    /// How one version ranks against another.
    package enum Precedence: Sendable {
        case lower, equal, higher
    }

    /// Compares by section 11 of the specification: build metadata does not count.
    package func precedence(comparedTo other: SemanticVersion) -> Precedence {
        let left = (major, minor, patch)
        let right = (other.major, other.minor, other.patch)
        if left != right { return left < right ? .lower : .higher }
        if prerelease == other.prerelease { return .equal }
        // A prerelease ranks below the version it leads to.
        if prerelease.isEmpty { return .higher }
        if other.prerelease.isEmpty { return .lower }
        return prerelease.lexicographicallyPrecedes(other.prerelease) ? .lower : .higher
    }

    /// Build metadata as comparable identifiers, digits by value, so that `+9` comes before `+10`.
    private var buildOrder: [PrereleaseIdentifier] { buildMetadata.map(PrereleaseIdentifier.init(unchecked:)) }
}
