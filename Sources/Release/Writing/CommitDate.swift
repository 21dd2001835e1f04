package import Git
import Tagging

/// Dates as git reads them in `GIT_AUTHOR_DATE` and `GIT_COMMITTER_DATE` (git-commit, DATE FORMATS).
package enum CommitDate {
    /// Reads git's own form `[@]SECONDS [±HHMM]`, ISO 8601 or RFC 2822; nil for anything else.
    ///
    /// Without a zone it is UTC: the machine's own zone would make the same input another commit elsewhere.
    package static func parse(_ text: String) -> GitDate? {
        own(text) ?? iso(text) ?? mail(text)
    }

    private static func own(_ text: String) -> GitDate? {
        let parts = text.split(separator: " ")
        guard let first = parts.first, parts.count <= 2,
            let seconds = Int64(first.hasPrefix("@") ? first.dropFirst() : first)
        else { return nil }
        guard parts.count == 2 else { return GitDate(secondsSinceEpoch: seconds, offsetMinutes: 0) }
        return zone(parts[1]).map { GitDate(secondsSinceEpoch: seconds, offsetMinutes: $0) }
    }

    /// `2026-07-10T09:30:00+02:00`, with a space in place of `T` or before the zone, and with or without both.
    private static func iso(_ text: String) -> GitDate? {
        let form = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?/
        guard let match = text.wholeMatch(of: form) else { return nil }
        return date(day: String(match.1), time: String(match.2), zone: match.3)
    }

    /// `Fri, 10 Jul 2026 09:30:00 +0200`.
    private static func mail(_ text: String) -> GitDate? {
        let form = /(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d)(?: ([+-]\d{4}))?/
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let match = text.wholeMatch(of: form), let month = months.firstIndex(of: String(match.2)) else {
            return nil
        }
        func two(_ text: some StringProtocol) -> String { (text.count < 2 ? "0" : "") + text }
        return date(day: "\(match.3)-\(two("\(month + 1)"))-\(two(match.1))", time: String(match.4), zone: match.5)
    }

    private static func date(day: String, time: String, zone text: Substring?) -> GitDate? {
        guard let offset = text.map({ zone($0) }) ?? 0,
            let moment = Timestamp(rfc3339: "\(day)T\(time)Z")
        else { return nil }
        return GitDate(secondsSinceEpoch: moment.secondsSinceEpoch - Int64(offset) * 60, offsetMinutes: offset)
    }

    /// Minutes east of UTC.
    private static func zone(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard "+-".contains(text.prefix(1)), digits.count == 4, let number = Int(digits), number % 100 < 60 else {
            return nil
        }
        let minutes = number / 100 * 60 + number % 100
        return text.hasPrefix("-") ? -minutes : minutes
    }
}
