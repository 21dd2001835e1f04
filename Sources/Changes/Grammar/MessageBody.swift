/// What stands below the first line: free text, then footers (items 6 to 10).
struct MessageBody: Hashable {
    let body: String?
    let footers: [ConventionalCommit.Footer]
    /// The line of each footer.
    let footerLines: [MessageLine]

    /// Reads the lines.
    ///
    /// The footers begin with the first paragraph that begins with one, and go on to the end: a value ends with the
    /// next token alone (item 10). `BREAKING CHANGE: ` begins them wherever it stands, since a breaking change that
    /// goes unnoticed for want of a blank line is the dearest mistake of all; `CommitPolicy` tells of that line.
    init(_ lines: ArraySlice<MessageLine>) {
        var isParagraphStart = true
        let start = lines.firstIndex { line in
            defer { isParagraphStart = line.isBlank }
            guard let start = FooterStart(line.text) else { return false }
            return isParagraphStart || start.isBreaking
        }
        body = MessageLine.joined(lines[..<(start ?? lines.endIndex)])

        var footers: [ConventionalCommit.Footer] = []
        var footerLines: [MessageLine] = []
        var rest = lines[(start ?? lines.endIndex)...]
        while let line = rest.first, let first = FooterStart(line.text)?.footer {
            let end = rest.dropFirst().firstIndex { FooterStart($0.text) != nil } ?? rest.endIndex
            var texts = [first.value[...]] + rest[..<end].dropFirst().map(\.text)
            while texts.last?.isEmpty == true { texts.removeLast() }
            let value = texts.drop(while: \.isEmpty).joined(separator: "\n")
            footers.append(.init(token: first.token, separator: first.separator, value: value))
            footerLines.append(line)
            rest = rest[end...]
        }
        self.footers = footers
        self.footerLines = footerLines
    }
}

/// The line that a footer begins with: `token: value`, `token #value` or `BREAKING CHANGE: value`.
///
/// Every line of every message is looked at, so this copies nothing.
struct FooterStart {
    let token: Substring
    let separator: ConventionalCommit.Footer.Separator
    let value: Substring

    var isBreaking: Bool { separator == .colon && (token == "BREAKING CHANGE" || token == "BREAKING-CHANGE") }

    var footer: ConventionalCommit.Footer {
        .init(token: String(token), separator: separator, value: String(value))
    }

    /// Reads a line; nil where no footer begins.
    ///
    /// A token is a word of ASCII letters, digits and hyphens, as git's own trailers have it (git-interpret-trailers).
    /// Behind `BREAKING CHANGE:` the value may also begin on the next line.
    init?(_ line: Substring) {
        let bytes = line.utf8
        guard let first = bytes.first, first.isASCIILetter else { return nil }
        if line.utf8.starts(with: "BREAKING CHANGE:".utf8) {
            token = line.prefix(through: bytes.index(bytes.startIndex, offsetBy: 14))
        } else {
            token = Substring(bytes.prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") })
        }
        let rest = bytes[token.endIndex...]
        if rest.starts(with: ": ".utf8) {
            separator = .colon
        } else if rest.starts(with: " #".utf8) {
            separator = .hash
        } else if rest.elementsEqual(":".utf8), token == "BREAKING CHANGE" || token == "BREAKING-CHANGE" {
            separator = .colon
            value = line[line.endIndex...]
            return
        } else {
            return nil
        }
        let value = rest.dropFirst(2).drop { $0 == 0x20 || $0 == 0x09 }
        guard !value.isEmpty else { return nil }
        self.value = Substring(value)
    }
}

extension UInt8 {
    var isASCIILetter: Bool { (0x61...0x7A).contains(self | 0x20) }
    var isASCIIDigit: Bool { (0x30...0x39).contains(self) }
}
