/// A line of a Markdown file: its bytes with the line end, and whether it is text or code.
struct MarkdownLine: Hashable, Sendable {
    let bytes: ArraySlice<UInt8>
    /// Whether it stands in a code block or a comment, where nothing has a meaning.
    let isOpaque: Bool

    /// The line without its end, and without a byte order mark; bytes that are not UTF-8 are replaced.
    var text: String {
        var content = bytes
        if content.last == UInt8(ascii: "\n") { content = content.dropLast() }
        if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
        if content.starts(with: ByteOrderMark.bytes) { content = content.dropFirst(ByteOrderMark.bytes.count) }
        return String(decoding: content, as: UTF8.self)
    }

    var isBlank: Bool { text.allSatisfy(\.isWhitespace) }

    /// Cuts a file into lines; their bytes together are the file.
    static func lines(of bytes: ArraySlice<UInt8>) -> [MarkdownLine] {
        var lines: [MarkdownLine] = []
        var block = OpaqueBlock.none
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.endIndex
            let line = MarkdownLine(bytes: bytes[start..<end], isOpaque: false)
            let (next, isOpaque) = block.after(line.text)
            lines.append(MarkdownLine(bytes: line.bytes, isOpaque: isOpaque))
            block = next
            start = end
        }
        return lines
    }
}

/// The mark that some editors put at the start of UTF-8 files.
enum ByteOrderMark {
    static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// What a line may stand in that takes away the meaning of headings and lists (CommonMark 0.31, 4.5 and 4.6).
private enum OpaqueBlock {
    case none
    case fence(character: Character, length: Int)
    case html(end: String)

    /// What the next line stands in, and whether this one is opaque.
    func after(_ line: String) -> (next: OpaqueBlock, isOpaque: Bool) {
        switch self {
        case .none:
            let opened = Self.opened(by: line)
            if case .none = opened { return (.none, false) }
            return (opened, true)
        case .fence(let character, let length):
            let text = line.trimmingSpaces
            let isEnd = text.count >= length && text.allSatisfy { $0 == character }
            return (isEnd ? .none : self, true)
        case .html(let end):
            return (line.lowercased().contains(end) ? .none : self, true)
        }
    }

    private static func opened(by line: String) -> OpaqueBlock {
        let indentation = line.prefix { $0 == " " }.count
        guard indentation <= 3 else { return .none }
        var text = line.dropFirst(indentation)
        // A fence may begin right behind the mark of a list item.
        if let marker = text.listMarker { text = text.dropFirst(marker.count).drop { $0 == " " } }
        for character in ["`", "~"] as [Character] {
            let length = text.prefix { $0 == character }.count
            // The words behind backticks hold none, else it is code within a line.
            if length >= 3, character == "~" || !text.dropFirst(length).contains("`") {
                return .fence(character: character, length: length)
            }
        }
        for (start, end) in [("<!--", "-->"), ("<pre", "</pre>"), ("<script", "</script>"), ("<style", "</style>")]
        where text.lowercased().hasPrefix(start) {
            if text.dropFirst(start.count).lowercased().contains(end) { return .none }
            return .html(end: end)
        }
        return .none
    }
}

extension StringProtocol {
    /// The text without spaces and tabs at both ends.
    var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// The mark of a list item at the start, with the space behind it; nil where there is none.
    var listMarker: SubSequence? {
        let digits = prefix { ("0"..."9").contains($0) }
        let rest = self[digits.endIndex...]
        guard let mark = rest.first, digits.isEmpty ? "-*+".contains(mark) : digits.count < 10 && ".)".contains(mark)
        else { return nil }
        let end = index(after: digits.endIndex)
        guard end < endIndex, self[end] == " " || self[end] == "\t" else { return nil }
        return self[...end]
    }
}
