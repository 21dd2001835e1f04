package import OCI
package import Versioning

/// A sequence of releases that one moving tag follows.
package enum ReleaseLine: Hashable, Sendable {
    case latest
    case major(UInt64)
    case minor(UInt64, UInt64)
    case channel(String)

    /// The lines that a version takes part in, narrowest first.
    ///
    /// A prerelease is in its channel only. 0.x has no major line, since there every minor version may break.
    package static func lines(of version: SemanticVersion, rules: [TagRule]) -> [ReleaseLine] {
        if version.isDevelopment { return [] }
        var lines: [ReleaseLine] = []
        if version.isStable {
            lines.append(.minor(version.major, version.minor))
            if version.major > 0 { lines.append(.major(version.major)) }
            lines.append(.latest)
        } else if let channel = version.channel {
            lines.append(.channel(channel))
        }
        return lines.filter { rules.contains($0.rule) }
    }

    package var rule: TagRule {
        switch self {
        case .latest: .latest
        case .major: .major
        case .minor: .minor
        case .channel: .channel
        }
    }

    /// The moving tag of the line.
    ///
    /// - Throws: `TaggingError` for a channel whose name no tag can have, or that is called like the stable line.
    package func tag() throws(TaggingError) -> Tag {
        switch self {
        case .latest: return .latest
        case .major(let major): return try Tag("\(major)", rule: .major)
        case .minor(let major, let minor): return try Tag("\(major).\(minor)", rule: .minor)
        case .channel(let name):
            // `1.0.0-latest.1` must not take the tag of the stable releases.
            guard name != Tag.latest.name else { throw .sameTag(.latest, rules: [.channel, .latest]) }
            return try Tag(name, rule: .channel)
        }
    }
}
