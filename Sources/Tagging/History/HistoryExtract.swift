import OCI
package import Versioning

/// The part of a history that is shown: some of its releases, and the tags that they are about.
package struct HistoryExtract: Sendable {
    /// Which releases and tags are asked for.
    package struct Choice {
        package var filters: [ListFilter] = []
        /// From when on.
        package var since: Since?
        /// How many, the latest ones.
        package var limit: Int?
        /// The names of the moving tags; empty for all that matter.
        package var tags: [GlobPattern] = []
        /// The variants; empty for all.
        package var variants: Set<String> = []

        package init() {}
    }

    /// Where a part begins.
    package enum Since: Hashable, Sendable {
        case moment(Timestamp)
        case version(Version)
    }

    package let history: TagHistory
    /// The releases that are shown, by their place in the history.
    package let releases: [Int]
    /// The tags that are shown.
    package let tags: [TagHistory.MovingTag]

    /// How many releases are left out.
    package var omitted: Int { history.releases.count - releases.count }

    /// Chooses releases and tags.
    ///
    /// What a tag meant is worked out from all releases, shown or not.
    ///
    /// - Parameters:
    ///   - choice: what is asked for.
    ///   - history: the history.
    ///   - found: the images that it was read from, for the conditions.
    package init(_ choice: Choice, of history: TagHistory, images found: [ListedImage]) {
        self.history = history
        var releases = Array(history.releases.indices)
        if !choice.filters.isEmpty {
            let byTag = Dictionary(
                found.flatMap { image in image.tags.map { ($0.tag, (image: image, tag: $0)) } },
                uniquingKeysWith: { first, _ in first }
            )
            releases.removeAll { release in
                !history.releases[release].images.contains { index in
                    history.images[index].tags.contains { tag in
                        guard let (image, listed) = byTag[tag] else { return false }
                        return choice.filters.allSatisfy { $0.accepts(listed) && $0.accepts(image) }
                    }
                }
            }
        }
        if !choice.variants.isEmpty {
            releases.removeAll { release in
                !history.releases[release].images.contains { choice.variants.contains(history.images[$0].variant) }
            }
        }
        switch choice.since {
        case .moment(let moment):
            releases.removeAll { release in
                history.releases[release].images.allSatisfy { history.images[$0].moment.map { $0 < moment } ?? true }
            }
        case .version(let version):
            let start = history.releases.firstIndex { $0.version == version } ?? history.releases.count
            releases.removeAll { $0 < start }
        case nil: break
        }
        if let limit = choice.limit { releases = Array(releases.suffix(limit)) }
        self.releases = releases
        let isWhole = releases.count == history.releases.count
        let shown = Set(releases.flatMap { history.releases[$0].images })
        tags = history.tags.filter { tag in
            if !choice.variants.isEmpty, !choice.variants.contains(tag.variant) { return false }
            if !choice.tags.isEmpty { return choice.tags.contains { $0.matches(tag.tag.name) } }
            return isWhole || tag.events.contains { shown.contains($0.image) }
        }
    }

    /// A tag after a release.
    package struct Cell: Hashable, Sendable {
        /// The image that the tag holds; nil where it does not exist yet.
        package let image: Int?
        /// Whether it went there with this very release.
        package let isMove: Bool
        /// Whether the release is one of its line, and it stayed.
        package let isStay: Bool
    }

    /// What each tag meant after each release: a row for each release that is shown, a cell for each tag.
    package var rows: [[Cell]] {
        var rows = releases.map { _ in [Cell]() }
        for tag in tags {
            var next = 0
            var held: Int?
            for (row, release) in releases.enumerated() {
                let images = history.releases[release].images
                var (isMove, isStay) = (false, false)
                while next < tag.events.count, tag.events[next].image < images.upperBound {
                    let event = tag.events[next]
                    if images.contains(event.image) {
                        isMove = isMove || event.isMove
                        isStay = isStay || !event.isMove
                    }
                    held = event.after
                    next += 1
                }
                rows[row].append(Cell(image: held, isMove: isMove, isStay: isStay && !isMove))
            }
        }
        return rows
    }
}
