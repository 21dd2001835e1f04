import Changes
package import Versioning

/// What becomes of a version.
package enum BumpDecision: Equatable, Sendable {
    /// A new version.
    case raise(to: SemanticVersion, level: BumpLevel?, reason: String)
    /// The current version, which an earlier run or a person has written and nobody has released yet.
    case finish(SemanticVersion, reason: String)
    /// The current version stays.
    case stay(SemanticVersion?, reason: String)

    /// Decides by the facts alone.
    ///
    /// - Throws: `BumpRefusal`; `SemanticVersionError` where a number cannot be raised or a channel is none.
    package init(_ request: BumpRequest, _ facts: BumpFacts, policy: BumpPolicy = BumpPolicy()) throws {
        self =
            switch request.target {
            case .automatic: try Self.automatic(request, facts, policy)
            case .level(let level): try Self.explicit(level, request, facts)
            case .exactly(let version): try Self.exact(version, request, facts)
            }
    }

    // MARK: The three ways

    private static func automatic(
        _ request: BumpRequest,
        _ facts: BumpFacts,
        _ policy: BumpPolicy
    ) throws -> BumpDecision {
        let changes = facts.sinceLastStable ?? ChangeSet([])
        let base = facts.lastStable?.version
        if let wanted = changes.releaseAs, wanted > facts.last?.version ?? SemanticVersion(0, 0, 0) {
            try facts.check(wanted, request, because: "a commit asks for it by Release-As")
            return .raise(to: wanted, level: nil, reason: "a commit asks for it by Release-As")
        }
        guard let asked = [changes.level, facts.demand?.level].compactMap({ $0 }).max() else {
            if let pending = facts.pending { return try finish(pending, request, facts) }
            return .stay(facts.last?.version ?? facts.current, reason: Self.nothingAsked(changes, since: base))
        }
        let level = base.map { asked.adjusted(for: $0, zero: policy.zero) } ?? asked
        var reason = changes.level == asked ? changes.explanation : facts.demand?.reason ?? changes.explanation
        if level != asked, reason.hasPrefix(asked.rawValue) {
            reason =
                "\(level.rawValue) (\(asked.rawValue), lowered before 1.0.0)" + reason.dropFirst(asked.rawValue.count)
        }
        let needed = try base?.bumped(by: level) ?? policy.initial
        // A prerelease may lead further than what was changed since asks for.
        let core = max(needed, facts.last?.version.core ?? needed)
        if let pending = facts.pending {
            let isEnough = request.channel == nil ? pending >= core : !pending.isStable && pending.core >= core
            if isEnough { return try finish(pending, request, facts) }
        }
        if let channel = request.channel {
            if let last = facts.last?.version, last.core == core, facts.sinceLast?.level == nil, facts.demand == nil {
                return .stay(last, reason: Self.nothingAsked(facts.sinceLast ?? ChangeSet([]), since: last))
            }
            let version = try core.prerelease(channel, after: facts.known(with: core)).with(request.buildMetadata)
            try facts.check(version, request, because: reason)
            return .raise(to: version, level: level, reason: reason)
        }
        let version = try core.with(request.buildMetadata)
        try facts.check(version, request, because: reason)
        return .raise(to: version, level: level, reason: reason)
    }

    private static func explicit(
        _ level: BumpLevel,
        _ request: BumpRequest,
        _ facts: BumpFacts
    ) throws -> BumpDecision {
        if facts.isHeadReleaseCommit, let pending = facts.pending { return try finish(pending, request, facts) }
        func next(after version: SemanticVersion) throws -> SemanticVersion {
            let core = try version.bumped(by: level)
            guard let channel = request.channel else { return try core.with(request.buildMetadata) }
            return try core.prerelease(channel, after: facts.known(with: core)).with(request.buildMetadata)
        }
        // A run that ended between the file and the commit has written the version already.
        if let committed = facts.committed, let current = facts.current, try next(after: committed) == current {
            return try finish(current, request, facts)
        }
        if let line = facts.line, let current = facts.current, !line.contains(current) {
            throw BumpRefusal.currentOffLine(current, line: line, branch: facts.branch ?? "")
        }
        let version = try next(after: facts.current ?? SemanticVersion(0, 0, 0))
        try facts.check(version, request, because: nil)
        return .raise(to: version, level: level, reason: "as asked")
    }

    private static func exact(
        _ version: SemanticVersion,
        _ request: BumpRequest,
        _ facts: BumpFacts
    ) throws -> BumpDecision {
        let version = try version.with(request.buildMetadata)
        if version == facts.current, facts.pending == version { return try finish(version, request, facts) }
        try facts.check(version, request, because: nil)
        return .raise(to: version, level: nil, reason: "as asked")
    }

    private static func finish(
        _ version: SemanticVersion,
        _ request: BumpRequest,
        _ facts: BumpFacts
    ) throws -> BumpDecision {
        try facts.check(version, request, because: nil)
        return .finish(version, reason: "it is written and not released yet")
    }

    private static func nothingAsked(_ changes: ChangeSet, since base: SemanticVersion?) -> String {
        let since = base.map { " since \($0)" } ?? ""
        switch changes.changes.count {
        case 0: return "there is no change\(since)"
        case 1: return "the one change\(since) asks for no release"
        case let count: return "none of the \(count) changes\(since) asks for a release"
        }
    }
}

extension BumpFacts {
    /// The current version, where it is higher than every release and no git tag names it.
    ///
    /// Where no tag names any version, the tags do not tell, and the current version counts as released.
    var pending: SemanticVersion? {
        guard let current, last != nil || isHeadReleaseCommit || committed != nil,
            current > last?.version ?? SemanticVersion(0, 0, 0),
            !releases.contains(where: { $0.version.text == current.description })
        else { return nil }
        return current
    }

    /// Every version that is known of the same three numbers.
    fileprivate func known(with core: SemanticVersion) -> [SemanticVersion] {
        let tagged = releases.lazy.map(\.version.text).filter { $0.hasPrefix("\(core)-") }
        return tagged.compactMap { try? SemanticVersion(parsing: $0) } + [last?.version, current].compactMap { $0 }
    }

    /// Checks what must hold for every new version.
    ///
    /// - Throws: `BumpRefusal`.
    fileprivate func check(_ version: SemanticVersion, _ request: BumpRequest, because reason: String?) throws {
        if let line, !line.contains(version), !request.isForced {
            throw BumpRefusal.offLine(version, line: line, branch: branch ?? "", because: reason)
        }
        // Build metadata gives no rank: 2.2.0+1 and 2.2.0+2 are the same release.
        if let twin = releases.first(where: { $0.isRelease(of: version) }) {
            throw BumpRefusal.released(Version(version), tag: twin.name, commit: twin.commit)
        }
        let floor = [last?.version, committed ?? (pending == nil ? current : nil)].compactMap { $0 }.max()
        if let floor, version <= floor, !request.isForced { throw BumpRefusal.notHigher(version, than: floor) }
    }
}

extension SemanticVersion {
    /// The same version with build metadata; nil leaves it as it is.
    fileprivate func with(_ buildMetadata: String?) throws -> SemanticVersion {
        guard let buildMetadata else { return self }
        return try SemanticVersion(parsing: "\(withoutBuildMetadata)+\(buildMetadata)")
    }
}

/// How levels become versions.
package struct BumpPolicy: Hashable, Sendable {
    /// What 0.x does with the levels.
    package var zero: ZeroPolicy
    /// The version of the first release.
    package var initial: SemanticVersion

    package init(zero: ZeroPolicy = .lower, initial: SemanticVersion = SemanticVersion(0, 1, 0)) {
        self.zero = zero
        self.initial = initial
    }
}
