import FoundationEssentials
import FoundationInternationalization

/// A time zone by its IANA name.
package struct NamedTimeZone: Equatable, Sendable {
    /// Coordinated universal time; needs none of the zone data.
    package static let utc = NamedTimeZone(name: "UTC", abbreviations: .utc, rules: .gmt)

    /// The name as the IANA database spells it, such as `Europe/Berlin`.
    package let name: String
    private let abbreviations: ZoneAbbreviations
    private let rules: TimeZone

    /// Finds a zone by its name in any case.
    package init(_ name: String) throws(UnknownTimeZone) {
        // Foundation knows further names, such as JST, which IANA does not.
        guard let zone = ZoneAbbreviations.zone(named: name) else { throw UnknownTimeZone(name: name) }
        if zone.name == Self.utc.name {
            self = .utc
        } else if let rules = Self.rules(of: zone.name) {
            self.init(name: zone.name, abbreviations: zone.abbreviations, rules: rules)
        } else {
            throw UnknownTimeZone(name: name)
        }
    }

    private init(name: String, abbreviations: ZoneAbbreviations, rules: TimeZone) {
        self.name = name
        self.abbreviations = abbreviations
        self.rules = rules
    }

    private static func rules(of name: String) -> TimeZone? {
        // A static linker drops the zone data unless code names a part of it, and then every zone but GMT is unknown.
        TimeZone.timeZoneDataVersion.isEmpty ? nil : TimeZone(identifier: name)
    }

    package static func == (left: NamedTimeZone, right: NamedTimeZone) -> Bool { left.name == right.name }

    /// Seconds east of Greenwich.
    func offset(at moment: Timestamp) -> Int {
        rules.secondsFromGMT(for: moment.foundationDate)
    }

    /// What the zone calls its time, such as `CEST`, or `+03` if it has no name for it.
    ///
    /// Names that went out of use before 2007 are not known.
    func abbreviation(at moment: Timestamp) -> String {
        let offset = offset(at: moment)
        let isDaylight = rules.isDaylightSavingTime(for: moment.foundationDate)
        return abbreviations.name(offset: offset, isDaylight: isDaylight) ?? numericAbbreviation(offset: offset)
    }

    private func numericAbbreviation(offset: Int) -> String {
        let (hours, minutes) = (Int(offset.magnitude) / 60).quotientAndRemainder(dividingBy: 60)
        return signed(offset, padded(hours, to: 2)) + (minutes == 0 ? "" : padded(minutes, to: 2))
    }
}

/// A name that no time zone has.
package struct UnknownTimeZone: Error, Equatable, Sendable, CustomStringConvertible {
    package let name: String

    package var description: String { "there is no time zone \"\(name)\"" }
}

extension Timestamp {
    fileprivate var foundationDate: Date { Date(timeIntervalSince1970: Double(secondsSinceEpoch)) }
}
