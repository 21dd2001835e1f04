import FoundationEssentials

/// A moment, in whole seconds since 1970-01-01 00:00 UTC; always printed in UTC.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let secondsSinceEpoch: Int64

    package init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }

    /// Parses RFC 3339 with or without fractions of a second, which are cut off; nil for anything else.
    package init?(rfc3339 text: String) {
        // Cut off as text: nine decimals do not fit into a floating-point second.
        let point = text.firstIndex(of: ".") ?? text.endIndex
        let rest = text[point...].dropFirst()
        let fraction = rest.prefix { ("0"..."9").contains($0) }
        guard point == text.endIndex || !fraction.isEmpty else { return nil }
        let withoutFraction = String(text[..<point]) + rest.dropFirst(fraction.count)
        guard let date = try? Date.ISO8601FormatStyle().parse(withoutFraction) else { return nil }
        secondsSinceEpoch = Int64(date.timeIntervalSince1970)
    }

    /// RFC 3339 in UTC, such as `2026-07-10T09:30:00Z`.
    package var rfc3339: String { date.formatted(.iso8601) }

    /// RFC 3339 with milliseconds, as JavaScript writes it: `2026-07-10T09:30:00.000Z`.
    package var rfc3339WithMilliseconds: String { rfc3339.dropLast() + ".000Z" }

    /// The day in UTC as a date tag names it, such as `20260710`.
    package var compactDay: String {
        date.formatted(.iso8601.year().month().day().dateSeparator(.omitted))
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    private var date: Date { Date(timeIntervalSince1970: Double(secondsSinceEpoch)) }
}
