package import OCI
package import Versioning

/// Which version each moving tag of a repository meant after each release.
///
/// It is worked out from the order of the releases by the rule of moving tags. Exceptions of the policy (a yank, a
/// hold, a line that is off) say nothing of when they came into force, so they count for today alone.
package struct TagHistory: Sendable {
    /// An image that was released as a version.
    package struct ReleasedImage: Hashable, Sendable {
        package let version: Version
        /// The tags that name the version.
        package let tags: [Tag]
        /// The variant's name; empty for a project that has none.
        package let variant: String
        /// Nil where the image could not be read.
        package let digest: Digest?
        /// When it was made; nil where it does not say so.
        package let created: Timestamp?
        package let dating: Dating
        /// The moment from which it counts: its date, or that of the image before it; nil before the first date.
        package let moment: Timestamp?
        /// What its label says that its version is.
        package let labelledVersion: String?
        /// Why it could not be read.
        package let problem: String?
    }

    /// What the place of an image in the order rests upon.
    package enum Dating: String, Hashable, Sendable {
        /// Its date.
        case date
        /// Its date, which another version has as well, and then its version.
        case sharedDate = "shared date"
        /// Its version alone, since it has no date.
        case version
    }

    /// A release: the images of one version, as far as no other version came between them.
    package struct Release: Hashable, Sendable {
        package let version: Version
        /// Where the images stand in `images`.
        package let images: Range<Int>
        /// Whether the policy has yanked the version since.
        package let isYanked: Bool
    }

    /// A release's effect on a tag.
    package struct Event: Hashable, Sendable {
        /// The image that was released.
        package let image: Int
        /// The image that the tag held before; nil where it did not exist.
        package let before: Int?
        /// Whether the tag went to the image; else it stayed.
        package let isMove: Bool

        /// The image that the tag holds afterwards.
        package var after: Int { isMove ? image : before ?? image }
    }

    /// A moving tag with its history.
    package struct MovingTag: Hashable, Sendable {
        package let tag: Tag
        /// The preset's name or the rule line that asks for it.
        package let rule: String
        package let variant: String
        /// What the releases that take part in its line did to it, in order.
        package let events: [Event]
        package let today: TagToday

        /// The image that the tag holds by the order of the releases; nil where no release was its.
        package var last: Int? { events.last?.after }
    }

    /// The images in the order of their release.
    package let images: [ReleasedImage]
    package let releases: [Release]
    /// The tags: narrow lines before wide ones, low versions before high ones, variant by variant.
    package let tags: [MovingTag]

    /// Works out the history of a repository.
    ///
    /// - Parameters:
    ///   - lines: what its names tell.
    ///   - found: the images that the tags to read hold.
    package init(_ lines: HistoryLines, images found: [ListedImage]) {
        let images = ReleaseOrder.sorted(found.flatMap { ReleaseOrder.candidates(in: $0, lines) })
        self.images = images
        releases = Self.releases(images, yanked: lines.policy.yanked)
        var positions: [Tag: Int] = [:]
        for (index, image) in images.enumerated() { for tag in image.tags { positions[tag] = index } }
        let repository = RepositoryToday(images: images, found: found, lines: lines)
        var tags: [(tag: MovingTag, rank: Int)] = lines.lines.map { line in
            let events = Self.events(of: line, images: images, positions: positions)
            let last = events.last.map { images[$0.after].version }
            let today = repository.today(of: line.tag, releasesGive: last)
            let tag = MovingTag(tag: line.tag, rule: line.rule, variant: line.variant, events: events, today: today)
            return (tag, line.rank)
        }
        let known = Set(lines.lines.map(\.tag))
        for place in lines.places.values where !known.contains(place.tag) {
            // Only a hold gives a tag to what is no line.
            let today = repository.today(of: place.tag, releasesGive: nil)
            tags.append((MovingTag(tag: place.tag, rule: place.rule, variant: "", events: [], today: today), 0))
        }
        self.tags = tags.sorted { Self.isBefore($0, $1, images) }.map(\.tag)
    }

    /// The releases that left a tag of their own lines where it was, since it held something higher.
    package var backports: Set<Int> {
        let staying = Set(tags.flatMap(\.events).filter { !$0.isMove }.map(\.image))
        return Set(releases.indices.filter { !staying.isDisjoint(with: releases[$0].images) })
    }

    /// What the releases of a line did to its tag: it goes to whatever is higher than what it holds.
    private static func events(
        of line: HistoryLines.Line,
        images: [ReleasedImage],
        positions: [Tag: Int]
    ) -> [Event] {
        let members = line.members.compactMap { version, tag in positions[tag].map { (image: $0, version: version) } }
        var events: [Event] = []
        var held: (image: Int, version: Version)?
        for member in members.sorted(by: { $0.image < $1.image }) {
            let isMove = held.map { $0.version < member.version } ?? true
            events.append(Event(image: member.image, before: held?.image, isMove: isMove))
            if isMove { held = member }
        }
        return events
    }

    private static func releases(_ images: [ReleasedImage], yanked: Set<Version>) -> [Release] {
        var releases: [Release] = []
        for (index, image) in images.enumerated() {
            let first = releases.last.flatMap { $0.version == image.version ? $0.images.lowerBound : nil }
            if first != nil { releases.removeLast() }
            releases.append(
                Release(
                    version: image.version,
                    images: (first ?? index)..<(index + 1),
                    isYanked: yanked.contains(image.version)
                )
            )
        }
        return releases
    }

    private static func isBefore(
        _ left: (tag: MovingTag, rank: Int),
        _ right: (tag: MovingTag, rank: Int),
        _ images: [ReleasedImage]
    ) -> Bool {
        if left.rank != right.rank { return left.rank < right.rank }
        let versions = (left.tag.last.map { images[$0].version }, right.tag.last.map { images[$0].version })
        switch versions {
        case (let first?, let second?) where first != second: return first < second
        case (nil, .some): return false
        case (.some, nil): return true
        default: break
        }
        let breadths = (left.tag.tag.breadth, right.tag.tag.breadth)
        return breadths.0 == breadths.1 ? left.tag.tag < right.tag.tag : breadths.0 < breadths.1
    }
}
