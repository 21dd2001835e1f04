/// Words in lines of a width.
enum WrappedText {
    /// The width that text for people is made for.
    static let width = 80

    /// Fills lines with words; a word that is too long has a line of its own.
    ///
    /// - Parameters:
    ///   - words: the words.
    ///   - separator: what stands between two words; its white space goes at the end of a line.
    ///   - width: the width of a line.
    /// - Returns: the lines; at least one, if empty.
    static func lines(_ words: [String], separator: String, width: Int) -> [String] {
        let ending = String(separator.reversed().drop { $0 == " " }.reversed())
        var lines = [""]
        for (index, word) in words.enumerated() {
            let text = index == words.count - 1 ? word : word + ending
            let last = lines[lines.count - 1]
            let gap = last.isEmpty ? "" : String(separator.dropFirst(ending.count))
            if last.isEmpty || last.count + gap.count + text.count <= width {
                lines[lines.count - 1] = last + gap + text
            } else {
                lines.append(text)
            }
        }
        return lines
    }

    /// The text, cut off with an ellipsis where it is wider.
    static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
    }
}

extension String {
    /// The text with spaces behind it up to a width.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text with spaces before it up to a width.
    func paddedLeft(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
