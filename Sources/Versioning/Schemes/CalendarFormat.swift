/// A calendar version's format in the words of calver.org, such as `YYYY.0M.MICRO`.
package struct CalendarFormat: Hashable, Sendable {
    /// The format as people write it.
    package let text: String
    private let elements: [Element]

    private enum Element: Hashable {
        case field(Field)
        case separator(Character)
    }

    private enum Field: String, CaseIterable {
        case fullYear = "YYYY"
        case paddedYear = "0Y"
        case shortYear = "YY"
        case paddedMonth = "0M"
        case shortMonth = "MM"
        case paddedWeek = "0W"
        case shortWeek = "WW"
        case paddedDay = "0D"
        case shortDay = "DD"
        case major = "MAJOR"
        case minor = "MINOR"
        case micro = "MICRO"

        /// What a number of this field may be, and how many digits it always has; nil where that varies.
        var rule: (values: ClosedRange<UInt64>, digits: Int?) {
            switch self {
            case .fullYear: (1000...9999, 4)
            case .paddedYear: (0...999, nil)
            case .shortYear: (0...999, nil)
            case .paddedMonth: (1...12, 2)
            case .shortMonth: (1...12, nil)
            case .paddedWeek: (1...53, 2)
            case .shortWeek: (1...53, nil)
            case .paddedDay: (1...31, 2)
            case .shortDay: (1...31, nil)
            case .major, .minor, .micro: (0...UInt64.max, nil)
            }
        }

        var isPadded: Bool { [.paddedYear, .paddedMonth, .paddedWeek, .paddedDay, .fullYear].contains(self) }
    }

    /// Reads a format: fields between the separators `.`, `-` and `_`.
    ///
    /// - Throws: `VersionError` for anything that is no field.
    package init(_ text: String) throws(VersionError) {
        var rest = text[...]
        var elements: [Element] = []
        while let first = rest.first {
            if ".-_".contains(first), case .field? = elements.last {
                elements.append(.separator(first))
                rest = rest.dropFirst()
            } else if let field = Field.allCases.first(where: { rest.hasPrefix($0.rawValue) }) {
                if case .field? = elements.last {
                    throw VersionError(text, "a calendar format", "a separator is missing before \(field.rawValue)")
                }
                elements.append(.field(field))
                rest = rest.dropFirst(field.rawValue.count)
            } else {
                let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
                throw VersionError(text, "a calendar format", "\"\(rest)\" begins with none of \(known)")
            }
        }
        guard case .field? = elements.last else {
            throw VersionError(text, "a calendar format", "it does not end with a field")
        }
        self.text = text
        self.elements = elements
    }

    /// Reads a version of this format, with an optional semantic prerelease and build metadata behind it.
    func version(_ version: String) throws(VersionError) -> Version {
        let scheme = "a version of the format \(text)"
        let bytes = Array(version.utf8)
        var position = 0
        var numbers: [UInt64] = []
        var ends: [Int] = []
        for element in elements {
            switch element {
            case .separator(let separator):
                guard position < bytes.count, bytes[position] == separator.asciiValue else {
                    throw VersionError(version, scheme, "expected \"\(separator)\" behind \(numbers.count) numbers")
                }
                position += 1
            case .field(let field):
                let digits = bytes[position...].prefix(while: \.isASCIIDigit)
                numbers.append(try Self.number(digits, field: field, of: version, scheme: scheme))
                position += digits.count
                ends.append(position)
            }
        }
        let rest = String(decoding: bytes[position...], as: UTF8.self)
        let (prerelease, build) = rest.split(atFirst: "+")
        guard prerelease.isEmpty || prerelease.hasPrefix("-") else {
            throw VersionError(version, scheme, "\"\(rest)\" is left over")
        }
        let suffix = try VersionSuffix(
            prerelease: prerelease.isEmpty ? nil : prerelease.dropFirst(),
            build: build,
            of: version,
            scheme: scheme
        )
        return Version(text: version, numbers: numbers, numberEnds: ends, suffix: suffix)
    }

    private static func number(
        _ digits: ArraySlice<UInt8>,
        field: Field,
        of version: String,
        scheme: String
    ) throws(VersionError) -> UInt64 {
        let text = String(decoding: digits, as: UTF8.self)
        guard let number = UInt64(text) else {
            throw VersionError(version, scheme, "\(field.rawValue) is missing")
        }
        let rule = field.rule
        guard rule.values.contains(number) else {
            throw VersionError(version, scheme, "\(text) is no \(field.rawValue)")
        }
        if let count = rule.digits, text.utf8.count != count {
            throw VersionError(version, scheme, "\(field.rawValue) has \(count) digits, not \"\(text)\"")
        }
        if !field.isPadded, text != "0", text.hasPrefix("0") {
            throw VersionError(version, scheme, "\(field.rawValue) has no leading zero, unlike \"\(text)\"")
        }
        return number
    }
}
