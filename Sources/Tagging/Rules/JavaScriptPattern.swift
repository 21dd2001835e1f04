// Swift's own regular expressions cannot look behind, which those of JavaScript can.
import Foundation

/// A regular expression in the syntax of JavaScript.
struct JavaScriptPattern {
    private let pattern: String
    private let flags: String

    init(_ pattern: String) {
        self.pattern = pattern
        flags = ""
    }

    /// Takes `/pattern/flags` apart; a text without slashes around it is a pattern without flags.
    init(delimited text: String) {
        if text.hasPrefix("/"), let end = text.lastIndex(of: "/"), text.index(after: text.startIndex) < end {
            pattern = String(text[text.index(after: text.startIndex)..<end])
            flags = String(text[text.index(after: end)...])
        } else {
            pattern = text
            flags = ""
        }
    }

    /// The whole match and its groups, nil for a group that takes no part; nil where nothing matches.
    ///
    /// With the flag `g` the groups are the further matches instead, as in JavaScript.
    ///
    /// - Throws: `TagRuleError` for an expression or a flag that is none.
    func firstMatch(in text: String) throws(TagRuleError) -> [String?]? {
        let expression = try expression()
        let range = NSRange(text.startIndex..., in: text)
        let matching: NSRegularExpression.MatchingOptions = flags.contains("y") ? .anchored : []
        if flags.contains("g") {
            let matches = expression.matches(in: text, options: matching, range: range)
            return matches.isEmpty ? nil : matches.map { Self.text(of: $0.range, in: text) }
        }
        guard let match = expression.firstMatch(in: text, options: matching, range: range) else { return nil }
        return (0..<match.numberOfRanges).map { Self.text(of: match.range(at: $0), in: text) }
    }

    private static func text(of range: NSRange, in text: String) -> String? {
        Range(range, in: text).map { String(text[$0]) }
    }

    private func expression() throws(TagRuleError) -> NSRegularExpression {
        guard flags.allSatisfy({ "dgimsuy".contains($0) }), Set(flags).count == flags.count else {
            throw TagRuleError("Invalid flags supplied to RegExp constructor '\(flags)'")
        }
        var options: NSRegularExpression.Options = []
        if flags.contains("i") { options.insert(.caseInsensitive) }
        if flags.contains("m") { options.insert(.anchorsMatchLines) }
        if flags.contains("s") { options.insert(.dotMatchesLineSeparators) }
        do {
            return try NSRegularExpression(pattern: Self.translated(pattern), options: options)
        } catch {
            throw TagRuleError("Invalid regular expression: /\(pattern)/\(flags)")
        }
    }

    /// The pattern in Foundation's syntax.
    ///
    /// In JavaScript digits and word characters are those of ASCII, a brace that begins no count is a brace, and the
    /// empty pattern matches.
    private static func translated(_ pattern: String) -> String {
        if pattern.isEmpty { return "(?:)" }
        let classes: [Character: String] = ["d": "[0-9]", "D": "[^0-9]", "w": "[A-Za-z0-9_]", "W": "[^A-Za-z0-9_]"]
        var translated = ""
        var rest = pattern[...]
        while let character = rest.popFirst() {
            if character == "\\", let escaped = rest.popFirst() {
                translated += classes[escaped] ?? "\\\(escaped)"
            } else if character == "{", let count = rest.prefixMatch(of: /[0-9]+(?:,[0-9]*)?}/) {
                translated += "{" + count.0
                rest = rest[count.range.upperBound...]
            } else {
                translated += "{}".contains(character) ? "\\\(character)" : String(character)
            }
        }
        return translated
    }
}
