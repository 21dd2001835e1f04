package import OCI

/// What each moving tag meant at a moment.
package struct HistoryMoment: Sendable {
    /// What a tag meant.
    package struct Meaning: Sendable {
        package let tag: Tag
        package let variant: String
        /// The image, by its place in the history; nil where the tag did not exist yet.
        package let image: Int?
        /// What happened to the tag in the span, in order; empty where it meant the same all the time.
        package let changes: [TagHistory.Event]
        /// What the tag was given since, in order.
        package let later: [TagHistory.Event]
    }

    package let span: TimeSpan
    /// The last image that was released by then; nil before the first one.
    package let last: Int?
    /// The tags, in the order of the history.
    package let meanings: [Meaning]

    /// Looks a moment up.
    ///
    /// - Parameters:
    ///   - span: the moment; of a whole day, its end decides.
    ///   - history: the history.
    package init(_ span: TimeSpan, in history: TagHistory) {
        self.span = span
        let images = history.images
        // What has no date and stands before every date was there from the start.
        func isReleased(_ image: Int) -> Bool { images[image].moment.map { $0 <= span.last } ?? true }
        func isWithin(_ image: Int) -> Bool { images[image].moment.map { $0 >= span.first } ?? false }
        last = images.indices.last(where: isReleased)
        meanings = history.tags.map { tag in
            let moves = tag.events.filter(\.isMove)
            let done = moves.filter { isReleased($0.image) }
            return Meaning(
                tag: tag.tag,
                variant: tag.variant,
                image: done.last?.image,
                changes: done.filter { isWithin($0.image) },
                later: moves.filter { !isReleased($0.image) }
            )
        }
    }
}

/// A moment, or a day in UTC.
package struct TimeSpan: Hashable, Sendable {
    /// As it was written.
    package let text: String
    package let first: Timestamp
    package let last: Timestamp

    /// Reads `2026-11-17`, the whole day in UTC, or a moment as RFC 3339 has it; nil for anything else.
    package init?(parsing text: String) {
        self.text = text
        if let moment = Timestamp(rfc3339: text) {
            (first, last) = (moment, moment)
        } else if let day = Timestamp(rfc3339: text + "T00:00:00Z") {
            first = day
            last = Timestamp(secondsSinceEpoch: day.secondsSinceEpoch + 86_399)
        } else {
            return nil
        }
    }

    package var isDay: Bool { first != last }
}
