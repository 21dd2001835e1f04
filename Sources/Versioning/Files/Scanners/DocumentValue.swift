/// A single value in a JSON, TOML or YAML document, and the keys that lead to it.
struct DocumentValue: Equatable {
    /// The keys from the top; an item of a list counts as a key with its number.
    let path: [String]
    /// Where the value stands, without its quotes.
    let range: Range<Int>
    /// The value as the format's rules read it.
    let text: String
    let style: Style

    enum Style: Equatable {
        /// A string in quotes.
        case quoted
        /// A YAML value without quotes.
        case plain
        /// A number, a boolean or nothing.
        case other
        /// A list or mapping that holds nothing, or what the scanner does not look into.
        case collection
    }
}

/// The keys that lead to a value, written with dots: `tool.poetry.version`.
///
/// A key that holds a dot itself stands in double quotes; an empty key may be left out between two dots.
package struct DocumentKey: Hashable, Sendable, CustomStringConvertible {
    package let description: String
    let components: [String]

    /// Reads the keys.
    ///
    /// - Returns: nil where a quote is not closed, or stands inside a key.
    package init?(_ text: String) {
        var components: [String] = [""]
        var isQuoted = false
        var isClosed = false
        for character in text {
            switch character {
            case "\"" where isQuoted:
                (isQuoted, isClosed) = (false, true)
            case "\"":
                guard components.last == "", !isClosed else { return nil }
                isQuoted = true
            case "." where !isQuoted:
                components.append("")
                isClosed = false
            default:
                guard !isClosed else { return nil }
                components[components.count - 1].append(character)
            }
        }
        guard !isQuoted, !text.isEmpty else { return nil }
        self.components = components
        description = text
    }
}
