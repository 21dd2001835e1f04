import Testing

@testable import Tagging

/// A pattern and what moment.js 2.30 with moment-timezone 0.6 makes of it.
struct MomentExample: Sendable, CustomTestStringConvertible {
    let moment: Timestamp?
    let zone: String
    let pattern: String
    let text: String

    init(at time: String = "2026-07-10T09:05:07Z", in zone: String = "UTC", _ pattern: String, _ text: String) {
        moment = Timestamp(rfc3339: time)
        self.zone = zone
        self.pattern = pattern
        self.text = text
    }

    init(seconds: Int64, _ pattern: String, _ text: String) {
        moment = Timestamp(secondsSinceEpoch: seconds)
        zone = "UTC"
        self.pattern = pattern
        self.text = text
    }

    var formatted: String {
        get throws { try #require(moment).formatted(momentPattern: pattern, in: NamedTimeZone(zone)) }
    }

    var testDescription: String { "\(pattern.debugDescription) in \(zone): \(text.debugDescription)" }
}
