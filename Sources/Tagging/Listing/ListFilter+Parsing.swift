import OCI
package import Versioning

extension ListFilter {
    /// Reads a filter such as `version>=2.1`, `tag=2.*`, `platform=linux/arm64`, `age<30d` or `moving`.
    ///
    /// - Parameters:
    ///   - text: the filter.
    ///   - scheme: how versions are written.
    ///   - now: the moment that ages count back from.
    /// - Throws: `ListFilterError`.
    package init(parsing text: String, scheme: VersionScheme, now: Timestamp) throws(ListFilterError) {
        let name = String(text.prefix { $0.isLetter })
        let rest = text.dropFirst(name.count)
        if rest.isEmpty, let role = Self.roles[name] {
            condition = .role(role)
            return
        }
        guard let field = Field(rawValue: name) else {
            let known = Field.allCases.map(\.rawValue) + Self.roles.keys.sorted()
            throw ListFilterError(text, "there is no such thing to filter by", hint: "choose one of \(listed(known))")
        }
        guard let comparison = Operator.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
            throw ListFilterError(text, "a comparison is missing behind \"\(name)\"", hint: field.hint)
        }
        guard field.operators.contains(comparison) else {
            throw ListFilterError(text, "\(name) cannot be compared with \(comparison.rawValue)", hint: field.hint)
        }
        let value = String(rest.dropFirst(comparison.rawValue.count))
        guard let condition = Self.condition(field, comparison, value, scheme: scheme, now: now) else {
            throw ListFilterError(text, "\"\(value)\" is not \(field.kind)", hint: field.hint)
        }
        self.condition = condition
    }

    private static let roles: [String: TagClass] = ["moving": .moving, "fixed": .immutable]

    /// What can be filtered by.
    private enum Field: String, CaseIterable {
        case version, tag, platform, age, created, size, type

        var operators: Set<Operator> {
            switch self {
            case .version: [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
            case .tag: [.equal, .notEqual, .matching, .notMatching]
            case .platform, .type: [.equal, .notEqual]
            case .age, .created, .size: [.less, .lessOrEqual, .greater, .greaterOrEqual]
            }
        }

        /// What the value must be.
        var kind: String {
            switch self {
            case .version: "a version, nor the first numbers of one"
            case .tag: "a regular expression"
            case .platform: "a platform"
            case .age: "an age"
            case .created: "a date"
            case .size: "a size"
            case .type: "a type of image"
            }
        }

        var hint: String {
            switch self {
            case .version: "write it as version>=2.1 or version=2.1.106"
            case .tag: "write it as tag=2.1*, or tag~EXPRESSION for a regular expression"
            case .platform: "write it as platform=linux/arm64"
            case .age: "write it as age<30d, in m(inutes), h(ours), d(ays), w(eeks) or y(ears)"
            case .created: "write it as created>=2026-01-31, or with the time as RFC 3339 has it"
            case .size: "write it as size>500MB, in B, kB, MB or GB"
            case .type: "write it as type=image, type=index or type=artifact"
            }
        }
    }

    private static func condition(
        _ field: Field,
        _ comparison: Operator,
        _ value: String,
        scheme: VersionScheme,
        now: Timestamp
    ) -> Condition? {
        let isWanted = [.equal, .matching].contains(comparison)
        switch field {
        case .version:
            return VersionBound(value, scheme: scheme).map { .version(comparison, $0) }
        case .tag where [.equal, .notEqual].contains(comparison):
            return .glob(GlobPattern(value), isWanted: isWanted)
        case .tag:
            return NamePattern(value).map { .pattern($0, isWanted: isWanted) }
        case .platform:
            return (try? Platform(parsing: value)).map { .platform($0, isWanted: isWanted) }
        case .age:
            // Younger than an age means made later.
            let opposites: [Operator: Operator] = [
                .less: .greater, .lessOrEqual: .greaterOrEqual, .greater: .less, .greaterOrEqual: .lessOrEqual,
            ]
            guard let age = quantity(value, units: seconds), let opposite = opposites[comparison] else { return nil }
            return .created(opposite, Timestamp(secondsSinceEpoch: now.secondsSinceEpoch - age))
        case .created:
            let date = Timestamp(rfc3339: value) ?? Timestamp(rfc3339: value + "T00:00:00Z")
            return date.map { .created(comparison, $0) }
        case .size:
            return quantity(value, units: bytes).map { .size(comparison, $0) }
        case .type:
            return ListedImage.Kind(rawValue: value).map { .kind($0, isWanted: isWanted) }
        }
    }

    private static let seconds: [String: Int64] = [
        "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000,
    ]
    private static let bytes: [String: Int64] = [
        "": 1, "B": 1, "kB": 1000, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000,
    ]

    /// A whole number with its unit; nil for anything else, or more than can be counted.
    private static func quantity(_ text: String, units: [String: Int64]) -> Int64? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        guard let number = Int64(digits), let unit = units[String(text.dropFirst(digits.count))] else { return nil }
        let (product, isTooMuch) = number.multipliedReportingOverflow(by: unit)
        // So far back that no date is left.
        return isTooMuch || product > Int64.max / 4 ? nil : product
    }
}

/// Why a text is not a filter.
package struct ListFilterError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package let hint: String

    init(_ text: String, _ problem: String, hint: String) {
        description = "the filter \"\(text)\" cannot be used: \(problem)"
        self.hint = hint
    }
}

/// Words with commas, and `or` before the last one.
private func listed(_ words: [String]) -> String {
    words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
}
