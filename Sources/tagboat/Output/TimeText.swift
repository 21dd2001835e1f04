import Tagging

/// Moments as people read them.
enum TimeText {
    /// The day and the minute in UTC: `2026-01-31 12:00`.
    static func minute(_ moment: Timestamp) -> String {
        let text = moment.rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
    }

    /// The day in UTC.
    static func day(_ moment: Timestamp) -> String { String(moment.rfc3339.prefix(10)) }

    /// How long ago a moment was, in its largest unit: `3 weeks`.
    static func age(of moment: Timestamp, at now: Timestamp) -> String {
        let seconds = now.secondsSinceEpoch - moment.secondsSinceEpoch
        if seconds < 0 { return "future" }
        let units: [(Int64, String)] = [
            (31_536_000, "year"), (2_592_000, "month"), (604_800, "week"), (86_400, "day"), (3600, "hour"),
            (60, "minute"),
        ]
        guard let (length, unit) = units.first(where: { seconds >= $0.0 }) else { return "just now" }
        let count = seconds / length
        return "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
