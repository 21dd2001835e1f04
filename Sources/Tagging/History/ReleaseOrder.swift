import OCI
import Versioning

/// The order in which images were released, as far as they tell.
enum ReleaseOrder {
    /// An image before its place is known.
    struct Candidate {
        let version: Version
        let tags: [Tag]
        let variant: String
        let image: ListedImage

        /// The date that the image says, where it is one.
        ///
        /// Builders that want equal bytes from equal sources write one of 1970 or 1980 in its place; there were no
        /// images before 2000.
        var created: Timestamp? { image.created.flatMap { $0 < ReleaseOrder.earliest ? nil : $0 } }
    }

    /// 2000-01-01.
    private static let earliest = Timestamp(secondsSinceEpoch: 946_684_800)

    /// An image once for each version that its tags name.
    static func candidates(in image: ListedImage, _ lines: HistoryLines) -> [Candidate] {
        var tags: [Version: [Tag]] = [:]
        for listed in image.tags {
            if let version = lines.version(of: listed.tag) { tags[version, default: []].append(listed.tag) }
        }
        return tags.map { version, tags in
            let tags = tags.sorted()
            return Candidate(
                version: version,
                tags: tags,
                variant: tags.lazy.compactMap { lines.variants[$0] }.first ?? "",
                image: image
            )
        }
    }

    /// The images by date, and by version where they have the same one.
    ///
    /// An image without a date comes right behind the next lower version of its own line; without such a one before the
    /// next higher of its line, or else behind the next lower of all.
    static func sorted(_ candidates: [Candidate]) -> [TagHistory.ReleasedImage] {
        var order = candidates.filter { $0.created != nil }.sorted { left, right in
            if let first = left.created, let second = right.created, first != second { return first < second }
            return isBefore(left, right)
        }
        for candidate in candidates.filter({ $0.created == nil }).sorted(by: isBefore) {
            order.insert(candidate, at: place(of: candidate, in: order))
        }
        return released(order)
    }

    private static func isBefore(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.version != right.version { return left.version < right.version }
        return left.tags.lexicographicallyPrecedes(right.tags)
    }

    private static func place(of candidate: Candidate, in order: [Candidate]) -> Int {
        let version = candidate.version
        // The last one that is no higher: most often that is the very last.
        func last(_ fits: (Candidate) -> Bool) -> Int? {
            var best: Int?
            for index in order.indices.reversed() where order[index].version <= version && fits(order[index]) {
                if order[index].version == version { return index }
                if best.map({ order[$0].version < order[index].version }) ?? true { best = index }
            }
            return best
        }
        if let line = version.lineNames.last {
            func isInLine(_ other: Candidate) -> Bool { other.version.lineNames.last == line }
            if let index = last(isInLine) { return index + 1 }
            let higher = order.indices.filter { isInLine(order[$0]) }
            if let index = higher.min(by: { order[$0].version < order[$1].version }) { return index }
        }
        return last { _ in true }.map { $0 + 1 } ?? 0
    }

    private static func released(_ order: [Candidate]) -> [TagHistory.ReleasedImage] {
        let dated = order.compactMap { candidate in candidate.created.map { (date: $0, version: candidate.version) } }
        let shared = Dictionary(grouping: dated, by: \.date).filter { Set($0.value.map(\.version)).count > 1 }
        var moment: Timestamp?
        return order.map { candidate in
            moment = candidate.created ?? moment
            return TagHistory.ReleasedImage(
                version: candidate.version,
                tags: candidate.tags,
                variant: candidate.variant,
                digest: candidate.image.digest,
                created: candidate.created,
                dating: candidate.created.map { shared[$0] == nil ? .date : .sharedDate } ?? .version,
                moment: moment,
                labelledVersion: candidate.image.labelledVersion,
                problem: candidate.image.problem
            )
        }
    }
}
