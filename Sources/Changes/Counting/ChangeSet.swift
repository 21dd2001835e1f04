package import Versioning

/// What commits change together, and which release they ask for.
package struct ChangeSet: Hashable, Sendable {
    /// The changes, the newest first, those of one commit in the order of its message.
    ///
    /// Left out are merges that say nothing, what the rules ignore, and commits that take each other back.
    package let changes: [Change]
    /// The highest level that a change asks for; nil where none asks for a release.
    package let level: BumpLevel?
    /// The version that the newest footer `Release-As: 3.0.0` demands; nil where there is none.
    package let releaseAs: SemanticVersion?
    /// The hash of the commit that demands it.
    let releasingCommit: CommitRecord?

    /// Counts changes.
    ///
    /// - Parameters:
    ///   - commits: the commits, the newest first.
    ///   - rules: what counts, and how much.
    package init(_ commits: [CommitRecord], rules: CommitRules = CommitRules()) {
        let known = Set(KnownTypes.names + rules.namedTypes)
        let readings = commits.map { CommitReading($0, rules: rules, known: known) }
        let hasReverts = readings.contains { $0.revert != nil }
        let cancelled = hasReverts ? Cancellation(commits, readings: readings).cancelled : []
        // A request is often called like one of the commits that it brings.
        let hasMerges = readings.contains { $0.isMerge && !$0.changes.isEmpty }
        let headings = hasMerges ? Set(readings.filter { !$0.isMerge }.flatMap(\.headings)) : []

        var changes: [Change] = []
        var demand: (commit: CommitRecord, version: SemanticVersion)?
        for (place, (commit, reading)) in zip(commits, readings).enumerated() {
            guard !cancelled.contains(place), !rules.ignoresAuthor(of: commit) else { continue }
            if demand == nil, let version = reading.releaseAs { demand = (commit, version) }
            for conventional in reading.changes {
                guard let conventional else {
                    changes.append(Change(commit: commit, conventional: nil, level: nil))
                    continue
                }
                if reading.isMerge, headings.contains(conventional.heading) { continue }
                if rules.ignoresType(of: conventional) { continue }
                let level = rules.level(of: conventional)
                changes.append(Change(commit: commit, conventional: conventional, level: level))
            }
        }
        self.changes = changes
        level = changes.lazy.compactMap(\.level).max()
        releaseAs = demand?.version
        releasingCommit = demand?.commit
    }
}

extension CommitReading {
    fileprivate var headings: [ChangeHeading] { changes.compactMap { $0?.heading } }
}
