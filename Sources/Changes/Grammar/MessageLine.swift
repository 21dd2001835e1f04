/// A line of a commit message, without its end and the white space before that.
struct MessageLine: Hashable {
    /// Its number in the text as it was given, from 1.
    let number: Int
    let text: Substring

    var isBlank: Bool { text.isEmpty }

    /// Where an index of the text stands, for people: characters from 1.
    func column(of index: String.Index) -> Int { text[..<index].count + 1 }

    func error(at index: String.Index, _ problem: String, hint: String) -> CommitMessageError {
        CommitMessageError(line: number, column: column(of: index), problem: problem, hint: hint)
    }
}

extension MessageLine {
    /// The lines of a message from the first that says something to the last.
    ///
    /// - Parameters:
    ///   - message: the text; lines end with LF or CR LF.
    ///   - comment: what comment lines begin with, where git has not taken them out yet; nil where it has.
    /// - Returns: the lines.
    static func lines(of message: String, comment: String? = nil) -> [MessageLine] {
        let bytes = message.utf8
        var lines: [MessageLine] = []
        var start = bytes.startIndex
        var number = 0
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            number += 1
            let line = MessageLine(number: number, text: trimmed(message[start..<end]))
            start = end < bytes.endIndex ? bytes.index(after: end) : end
            if let comment, line.text.utf8.starts(with: comment.utf8) {
                if line.text.utf8.dropFirst(comment.utf8.count).elementsEqual(scissors.utf8) { break }
                continue
            }
            if line.isBlank, lines.isEmpty { continue }
            lines.append(line)
        }
        while lines.last?.isBlank == true { lines.removeLast() }
        return lines
    }

    /// The texts of lines, without the blank ones at both ends; nil where all are blank.
    static func joined(_ lines: some BidirectionalCollection<MessageLine>) -> String? {
        let texts = lines.drop(while: \.isBlank)
        guard let last = texts.lastIndex(where: { !$0.isBlank }) else { return nil }
        return texts[...last].map(\.text).joined(separator: "\n")
    }

    /// Behind this line git has put a patch for the writer to look at (git-commit: `--verbose`).
    private static let scissors = " ------------------------ >8 ------------------------"

    private static func trimmed(_ text: Substring) -> Substring {
        var bytes = text.utf8
        while let last = bytes.last, last == 0x20 || (0x09...0x0D).contains(last) { bytes.removeLast() }
        return Substring(bytes)
    }
}
