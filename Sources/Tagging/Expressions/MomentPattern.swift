extension Timestamp {
    /// Formats this moment by a display pattern of moment.js in English, such as `YYYYMMDD-HHmm`.
    ///
    /// See <https://momentjs.com/docs/#/displaying/format/>. The empty pattern stands for ISO 8601.
    package func formatted(momentPattern: String, in zone: NamedTimeZone) -> String {
        // The dates of JavaScript end 100 million days from 1970; this is the text of those beyond.
        guard secondsSinceEpoch.magnitude <= 100_000_000 * 86_400 else { return "Invalid date" }
        let fields = MomentFields(of: self, in: zone)
        let pattern = momentPattern.isEmpty ? fields.defaultPattern : momentPattern
        return fields.text(of: expandingLocalizedFormats(in: pattern))
    }
}

/// Replaces `LT`, `L`, `ll` and so on with the patterns they stand for.
///
/// The whole pattern is read again afterwards, so that what is next to such a token may join it: `ML` is `MMM/DD/YYYY`.
private func expandingLocalizedFormats(in pattern: String) -> String {
    MomentPatternScanner(longestToken: 4) { localizedFormats[$0] }.parts(of: pattern).map { part in
        switch part {
        case .quoted(let text): "[\(text)]"
        case .escaped(let token): "\\\(token)"
        case .replaced(let text), .other(let text): text
        }
    }.joined()
}

private let localizedFormats = [
    "LT": "h:mm A",
    "LTS": "h:mm:ss A",
    "L": "MM/DD/YYYY",
    "LL": "MMMM D, YYYY",
    "LLL": "MMMM D, YYYY h:mm A",
    "LLLL": "dddd, MMMM D, YYYY h:mm A",
    "l": "M/D/YYYY",
    "ll": "MMM D, YYYY",
    "lll": "MMM D, YYYY h:mm A",
    "llll": "ddd, MMM D, YYYY h:mm A",
]

extension MomentFields {
    fileprivate func text(of pattern: String) -> String {
        MomentPatternScanner(longestToken: 9) { text(ofToken: $0) ?? literal($0) }.parts(of: pattern).map { part in
            switch part {
            case .quoted(let text), .replaced(let text): text
            case .escaped(let token): token == "\\" ? "" : token
            case .other: ""
            }
        }.joined()
    }

    /// A character that stands for itself; a lone backslash and the ends of lines vanish.
    private func literal(_ text: String) -> String? {
        guard text.unicodeScalars.count == 1, !["\n", "\r", "\u{2028}", "\u{2029}"].contains(text) else { return nil }
        return text == "\\" ? "" : text
    }
}

/// Takes a pattern apart: quoted text first, then the longest token, which a backslash before it disarms.
struct MomentPatternScanner {
    enum Part {
        /// `[text]`, without the brackets.
        case quoted(String)
        /// A token behind a backslash, without the backslash.
        case escaped(String)
        /// What a token stands for.
        case replaced(String)
        /// A character that is no token.
        case other(String)
    }

    let longestToken: Int
    let replacement: (String) -> String?

    func parts(of pattern: String) -> [Part] {
        // By scalars, for an accent must not hide the letter that bears it.
        var rest = Array(pattern.unicodeScalars)[...]
        var parts: [Part] = []
        while let first = rest.first {
            if let text = quotedText(at: rest) {
                parts.append(.quoted(string(text)))
                rest = rest.dropFirst(text.count + 2)
            } else if first == "\\", let (token, _) = token(at: rest.dropFirst()) {
                parts.append(.escaped(string(token)))
                rest = rest.dropFirst(1 + token.count)
            } else if let (token, text) = token(at: rest) {
                parts.append(.replaced(text))
                rest = rest.dropFirst(token.count)
            } else {
                parts.append(.other(String(first)))
                rest = rest.dropFirst()
            }
        }
        return parts
    }

    /// The text of `[text]`, which may hold further closing brackets but no opening one.
    private func quotedText(at rest: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar>? {
        guard rest.first == "[" else { return nil }
        let text = rest.dropFirst().prefix { $0 != "[" }
        return text.lastIndex(of: "]").map { text[..<$0] }
    }

    private func token(at rest: ArraySlice<Unicode.Scalar>) -> (ArraySlice<Unicode.Scalar>, String)? {
        for length in stride(from: min(longestToken, rest.count), to: 0, by: -1) {
            let token = rest.prefix(length)
            if let text = replacement(string(token)) { return (token, text) }
        }
        return nil
    }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
