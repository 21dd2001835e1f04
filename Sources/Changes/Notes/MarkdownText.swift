/// What commits say, as Markdown that shows it as it was written.
///
/// Code between backticks and web addresses stay as they are, since people mean them; so does `@name`, which a forge
/// may make a link of. Everything else that Markdown or HTML would take for its own gets a backslash.
package struct MarkdownText: Sendable {
    /// The web site that `#12` is linked to; nil for none.
    let links: ForgeLinks?

    package init(links: ForgeLinks? = nil) {
        self.links = links
    }

    /// A text on one line.
    package func line(_ text: String) -> String {
        // Most of what people write needs nothing.
        if Self.isPlain(text) { return text }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return Self.escapedStart(spans(Self.visible(words)))
    }

    /// Whether a text is nothing but words and marks that mean nothing to Markdown.
    private static func isPlain(_ text: String) -> Bool {
        var last = UInt8(ascii: " ")
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: " ") where last != byte: break
            // At the start these may begin a list; signs of Markdown's own are not among them.
            case UInt8(ascii: "'")...UInt8(ascii: ")") where index > 0,
                UInt8(ascii: ",")...UInt8(ascii: ":") where index > 0:
                break
            default: return false
            }
            last = byte
        }
        return last != UInt8(ascii: " ")
    }

    /// A text of several lines, such as what a footer says; code blocks stay as they are.
    package func lines(_ text: String) -> [String] {
        var lines: [String] = []
        var fence: (character: Character, length: Int)?
        for line in text.replacingCarriageReturns.split(separator: "\n", omittingEmptySubsequences: false) {
            let content = Self.visible(line.trimmingSpaces)
            let mark = content.first.flatMap { "`~".contains($0) ? $0 : nil }
            let length = mark.map { mark in content.prefix { $0 == mark }.count } ?? 0
            if let open = fence {
                if mark == open.character, length >= open.length, length == content.count { fence = nil }
                // Only a code block keeps its indentation.
                lines.append(fence == nil ? content : Self.visible(String(line)))
            } else if let mark, length >= 3 {
                fence = (mark, length)
                lines.append(content)
            } else {
                lines.append(Self.escapedStart(spans(content)))
            }
        }
        if let fence { lines.append(String(repeating: fence.character, count: fence.length)) }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }

    /// A link; its text alone where there is no address.
    package static func link(_ text: String, to address: String?) -> String {
        address.map { "[\(text)](\($0))" } ?? text
    }

    /// The address of `#12` or `!12`; nil where there is none.
    package func address(ofReference reference: String) -> String? {
        guard let links else { return nil }
        let number = String(reference.dropFirst())
        if reference.hasPrefix("!") { return links.forge == .gitlab ? links.pullRequest(number) : nil }
        return links.issue(number)
    }

    /// Without characters that change how others are shown.
    private static func visible(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnwanted) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isUnwanted($0) ? "\u{FFFD}" : $0 }))
    }

    private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x20..<0x7F: false
        case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: true
        default: scalar.properties.generalCategory == .control
        }
    }

    /// What would begin a heading, a list or a line of its own (CommonMark 0.31, 4.1, 4.2 and 5.2).
    private static func escapedStart(_ text: String) -> String {
        if let first = text.first, "#+-=".contains(first) { return "\\" + text }
        let digits = text.prefix { ("0"..."9").contains($0) }
        if !digits.isEmpty, let mark = text[digits.endIndex...].first, ".)".contains(mark) {
            return digits + "\\" + text[digits.endIndex...]
        }
        return text
    }

    private func spans(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        var last: Character?
        while let character = rest.first {
            if character == "`" {
                let ticks = rest.prefix { $0 == "`" }
                let code = rest.dropFirst(ticks.count)
                if let end = Self.end(ofCode: code, ticks: ticks.count) {
                    result += rest[..<end]
                    rest = rest[end...]
                } else {
                    result += ticks.map { "\\\($0)" }.joined()
                    rest = code
                }
                last = "`"
            } else if let address = Self.address(at: rest, after: last) {
                result += address
                rest = rest.dropFirst(address.count)
                last = "/"
            } else if let (length, link) = reference(at: rest, after: last) {
                result += link
                rest = rest.dropFirst(length)
                last = "0"
            } else {
                let next = rest.dropFirst().first
                result +=
                    Self.needsBackslash(character, after: last, before: next) ? "\\\(character)" : String(character)
                rest = rest.dropFirst()
                last = character
            }
        }
        return result
    }

    /// Where code ends: behind as many backticks as it began with.
    private static func end(ofCode code: Substring, ticks: Int) -> Substring.Index? {
        var rest = code
        while let start = rest.firstIndex(of: "`") {
            let run = rest[start...].prefix { $0 == "`" }
            if run.count == ticks { return run.endIndex }
            rest = rest[run.endIndex...]
        }
        return nil
    }

    /// A web address, which browsers and forges link by themselves.
    private static func address(at text: Substring, after last: Character?) -> Substring? {
        guard !(last?.isLetter ?? false), text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
        return text.prefix { !$0.isWhitespace && !"<>[]()`\\*".contains($0) }
    }

    /// A number of an issue or pull request that stands by itself, as a link.
    private func reference(at text: Substring, after last: Character?) -> (Int, String)? {
        guard let links, !(last.map { $0.isLetter || $0.isNumber || "/_-&!".contains($0) } ?? false) else { return nil }
        if [.bitbucket, .bitbucketServer].contains(links.forge),
            let match = text.prefixMatch(of: /pull request #([0-9]{1,9})(?![0-9A-Za-z_])/)
        {
            return (match.0.count, "[\(match.0)](\(links.pullRequest(String(match.1))))")
        }
        guard let mark = text.first, mark == "#" || mark == "!",
            let match = text.prefixMatch(of: /[#!][1-9][0-9]{0,8}(?![0-9A-Za-z_])/),
            let address = address(ofReference: String(match.0))
        else { return nil }
        return (match.0.count, "[\(match.0)](\(address))")
    }

    private static func needsBackslash(_ character: Character, after last: Character?, before next: Character?) -> Bool
    {
        switch character {
        case "\\", "*", "[", "]", "<", ">", "~": return true
        case "_":
            // Within a word it has no meaning.
            let isInside = [last, next].allSatisfy { $0.map { $0.isLetter || $0.isNumber } ?? false }
            return !isInside
        case "&": return next.map { $0.isLetter || $0 == "#" } ?? false
        default: return false
        }
    }
}
