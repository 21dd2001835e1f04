package import Versioning

/// The heading of a section of a changelog: `## [2.1.0] - 2026-01-01` and its kin.
package struct ChangelogHeading: Hashable, Sendable {
    /// What a section is about.
    package enum Subject: Hashable, Sendable {
        case version(Version)
        case unreleased
        /// A heading that names neither, such as `## Older releases`.
        case other
    }

    /// How people write the headings of versions.
    package struct Style: Hashable, Sendable {
        /// How many `#` it has.
        package var level = 2
        /// What stands before the version, such as `v`.
        package var prefix = ""
        package var brackets = Brackets.reference
        package var date = DateForm.dash

        package enum Brackets: Hashable, Sendable {
            case none
            /// `[2.1.0]`, with an address at the end of the file.
            case reference
            /// `[2.1.0](https://…)`.
            case address
        }

        package enum DateForm: Hashable, Sendable {
            /// ` - 2026-01-01`
            case dash
            /// ` – 2026-01-01`
            case longDash
            /// ` (2026-01-01)`
            case parentheses
            case none
        }

        package init() {}

        /// The heading of a version, without `#`.
        package func text(_ version: Version, date day: String?, address: String?) -> String {
            let label = prefix + version.text
            let name =
                switch brackets {
                case .none: label
                case .reference: "[\(label)]"
                case .address: address.map { "[\(label)](\($0))" } ?? label
                }
            guard let day else { return name }
            return switch date {
            case .dash: "\(name) - \(day)"
            case .longDash: "\(name) – \(day)"
            case .parentheses: "\(name) (\(day))"
            case .none: name
            }
        }
    }

    package let subject: Subject
    package let level: Int
    package let style: Style
    /// Whether the version was withdrawn: `[YANKED]`.
    package let isYanked: Bool
    /// Whether the version is announced and not released yet: `## [2.1.0] - Unreleased`.
    package let isPending: Bool
    /// The date behind the version, as it is written; nil for none.
    package let day: String?

    /// Reads a heading's text.
    ///
    /// - Parameters:
    ///   - text: the heading without `#`.
    ///   - level: how many `#` it has.
    ///   - scheme: how versions are written.
    ///   - tagPrefix: what may stand before a version besides `v`.
    init(_ text: String, level: Int, scheme: VersionScheme, tagPrefix: String) {
        self.level = level
        var style = Style()
        style.level = level
        var rest = text.trimmingSpaces[...]
        // Some tools put an anchor of HTML before the version.
        if rest.lowercased().hasPrefix("<a "), let end = rest.firstRange(of: "</a>") { rest = rest[end.upperBound...] }
        for word in ["version ", "release "] where rest.lowercased().hasPrefix(word) {
            rest = rest.dropFirst(word.count).drop { $0 == " " }
        }
        let label: Substring
        if rest.first == "[", let end = rest.firstIndex(of: "]") {
            label = rest[rest.index(after: rest.startIndex)..<end]
            rest = rest[rest.index(after: end)...]
            if rest.first == "(", let close = rest.firstIndex(of: ")") {
                style.brackets = .address
                rest = rest[rest.index(after: close)...]
            } else {
                if rest.first == "[", let close = rest.firstIndex(of: "]"), !rest.hasPrefix("[YANKED") {
                    rest = rest[rest.index(after: close)...]
                }
                style.brackets = .reference
            }
        } else {
            label = rest.prefix { !$0.isWhitespace && !"(,:".contains($0) }
            rest = rest[label.endIndex...]
            style.brackets = .none
        }
        let remark = rest.trimmingSpaces
        day = remark.firstMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/).map { String($0.0) }
        isYanked = remark.uppercased().contains("YANKED")
        isPending = remark.lowercased().contains("unreleased")
        style.date =
            remark.hasPrefix("-")
            ? .dash
            : remark.hasPrefix("–") || remark.hasPrefix("—")
                ? .longDash
                : remark.hasPrefix("(") ? .parentheses : .none
        if label.lowercased() == "unreleased" {
            subject = .unreleased
        } else if let (version, prefix) = Self.version(String(label), scheme: scheme, tagPrefix: tagPrefix),
            level == 2 || Self.isRemark(remark)
        {
            subject = .version(version)
            style.prefix = prefix
        } else {
            subject = .other
        }
        self.style = style
    }

    private static func version(
        _ label: String,
        scheme: VersionScheme,
        tagPrefix: String
    ) -> (Version, prefix: String)? {
        for prefix in [tagPrefix, "v", "V", ""] where label.hasPrefix(prefix) {
            let text = String(label.dropFirst(prefix.count))
            if let version = try? scheme.version(text) { return (version, prefix) }
            // Old entries leave numbers out; they still have a place in the order.
            guard scheme == .semantic, !text.isEmpty, text.split(separator: ".").count <= 2 else { continue }
            let numbers = text.split(separator: ".", omittingEmptySubsequences: false)
            let missing = String(repeating: ".0", count: 3 - numbers.count)
            if numbers.allSatisfy({ UInt32($0) != nil }), let version = try? scheme.version(text + missing) {
                return (version, prefix)
            }
        }
        return nil
    }

    /// Whether nothing but a date and the like stands behind the version, so that even a small heading is a section.
    private static func isRemark(_ text: String) -> Bool {
        if text.isEmpty || text.hasPrefix("(") { return true }
        let words = text.drop { "-–— ".contains($0) }
        return words.first.map { ("0"..."9").contains($0) } ?? false || words.hasPrefix("[")
            || words.lowercased().hasPrefix("unreleased")
    }
}
