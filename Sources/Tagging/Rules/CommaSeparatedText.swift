/// Lines of fields between commas, read as docker/metadata-action reads its inputs (csv-parse).
package struct CommaSeparatedText {
    /// What quotes inside of a field mean.
    package enum Quoting: Sendable {
        /// A quote behind other characters is a character like any other.
        case relaxed
        /// A quote stands around a whole field or is an error.
        case strict
    }

    package struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// The fields of each line that is not empty.
    package let records: [[String]]

    /// Reads the text.
    ///
    /// - Parameters:
    ///   - text: lines that end as the first of them ends: with a line feed, a carriage return, or both.
    ///   - quoting: what quotes inside of a field mean.
    ///   - comment: what begins a comment at the start of a line; nil where there are none.
    /// - Throws: `Problem` for a quote that stands where none may, or that is never closed.
    package init(_ text: String, quoting: Quoting = .strict, comment: Character? = nil) throws(Problem) {
        var reader = Reader(text: text, quoting: quoting, comment: comment.flatMap(\.asciiValue))
        try reader.read()
        records = reader.records
    }

    /// The entries of an action's list input: one a line, quotes removed, blank ones left out.
    package static func list(_ text: String) throws(Problem) -> [String] {
        try CommaSeparatedText(text.trimmedOfWhitespace, quoting: .relaxed, comment: "#").records
            .map { $0.joined(separator: ",") }
            .filter { !$0.isEmpty }
            .map(\.trimmedOfWhitespace)
    }

    /// The fields of one rule.
    package static func fields(_ text: String) throws(Problem) -> [String] {
        try CommaSeparatedText(text).records.first ?? []
    }
}

/// The state between two characters.
private struct Reader {
    private let bytes: [UInt8]
    private let quoting: CommaSeparatedText.Quoting
    private let comment: UInt8?

    private(set) var records: [[String]] = []
    private var record: [String] = []
    private var field: [UInt8] = []
    private var isQuoting = false
    private var wasQuoting = false
    private var isComment = false
    private var lineEnd: [UInt8] = []

    private static let quote = UInt8(ascii: "\"")

    init(text: String, quoting: CommaSeparatedText.Quoting, comment: UInt8?) {
        bytes = Array(text.utf8)
        self.quoting = quoting
        self.comment = comment
    }

    mutating func read() throws(CommaSeparatedText.Problem) {
        var position = 0
        while position < bytes.count {
            if !isQuoting, lineEnd.isEmpty { discoverLineEnd(at: position) }
            let byte = bytes[position]
            if !isComment, byte == Self.quote, try readQuote(&position) { continue }
            if !isQuoting {
                if !lineEnd.isEmpty, bytes[position...].starts(with: lineEnd) {
                    endLine()
                    position += lineEnd.count
                    continue
                }
                if isComment {
                    position += 1
                    continue
                }
                if byte == comment, record.isEmpty, field.isEmpty, !wasQuoting {
                    isComment = true
                    position += 1
                    continue
                }
                if byte == UInt8(ascii: ",") {
                    endField()
                    position += 1
                    continue
                }
            }
            field.append(byte)
            position += 1
        }
        if isQuoting { throw .init(description: "a quote is not closed") }
        if !isComment, wasQuoting || !record.isEmpty || !field.isEmpty { endRecord() }
    }

    /// Handles a quote; false where it is a character like any other.
    private mutating func readQuote(_ position: inout Int) throws(CommaSeparatedText.Problem) -> Bool {
        guard isQuoting else {
            guard field.isEmpty else {
                if quoting == .strict { throw .init(description: "a quote stands inside of a field") }
                return false
            }
            isQuoting = true
            position += 1
            return true
        }
        let rest = bytes[(position + 1)...]
        if rest.first == Self.quote {
            field.append(Self.quote)
            position += 2
            return true
        }
        let endsField =
            rest.isEmpty || rest.first == UInt8(ascii: ",") || (comment != nil && rest.first == comment)
            || isLineEnd(rest)
        isQuoting = false
        wasQuoting = true
        if endsField {
            position += 1
            return true
        }
        if quoting == .strict { throw .init(description: "a closing quote is followed by more") }
        field.insert(Self.quote, at: 0)
        return false
    }

    private func isLineEnd(_ rest: ArraySlice<UInt8>) -> Bool {
        lineEnd.isEmpty ? rest.first == 0x0A || rest.first == 0x0D : rest.starts(with: lineEnd)
    }

    private mutating func discoverLineEnd(at position: Int) {
        switch bytes[position] {
        case 0x0A: lineEnd = [0x0A]
        case 0x0D: lineEnd = bytes[(position + 1)...].first == 0x0A ? [0x0D, 0x0A] : [0x0D]
        default: break
        }
    }

    private mutating func endLine() {
        let isEmpty = !wasQuoting && record.isEmpty && field.isEmpty
        if !isEmpty { endRecord() }
        isComment = false
    }

    private mutating func endField() {
        record.append(String(decoding: field, as: UTF8.self))
        field = []
        wasQuoting = false
    }

    private mutating func endRecord() {
        endField()
        records.append(record)
        record = []
    }
}

extension StringProtocol {
    /// The text without white space at both ends, as JavaScript's `trim` sees it.
    package var trimmedOfWhitespace: String {
        let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
        let scalars = unicodeScalars.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        return String(String.UnicodeScalarView(scalars))
    }
}
