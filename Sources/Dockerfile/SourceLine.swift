/// One line of the file, without its line end.
struct SourceLine: Sendable {
    /// The line's number, from 1.
    let number: Int
    /// Where the line begins, in bytes from the start of the file.
    let start: Int
    let scalars: [SourceScalar]

    /// The lines of a file; a byte order mark at its start is no part of the first one.
    static func lines(of bytes: [UInt8]) throws(SyntaxError) -> [SourceLine] {
        var lines: [SourceLine] = []
        var scalars: [SourceScalar] = []
        var start = 0
        var offset = 0

        func endLine() {
            let carriageReturns = scalars.reversed().prefix { $0.value == "\r" }.count
            lines.append(SourceLine(number: lines.count + 1, start: start, scalars: scalars.dropLast(carriageReturns)))
            scalars = []
            start = offset
        }

        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        decoding: while true {
            switch decoder.decode(&iterator) {
            case .scalarValue("\n"):
                offset += 1
                endLine()
            case .scalarValue(let value):
                if value != "\u{FEFF}" || offset > 0 {
                    scalars.append(SourceScalar(value: value, offset: offset, line: lines.count + 1))
                }
                offset += UTF8.width(value)
            case .error:
                throw SyntaxError(line: lines.count + 1, problem: "bytes that are not UTF-8 text")
            case .emptyInput:
                break decoding
            }
        }
        if start < bytes.count { endLine() }
        return lines
    }

    var isComment: Bool { scalars.trimmingLeadingWhitespace().first?.value == "#" }

    /// Whether the line names a program that is to run the file.
    var isShebang: Bool { scalars.prefix(2).map(\.value) == ["#", "!"] }

    var isBlank: Bool { scalars.allSatisfy(\.value.isWhitespace) }

    /// The line without an escape character at its end, and whether there was one: then the next line belongs to it.
    ///
    /// White space may follow the escape character. A doubled one is text.
    func splitContinuation(escape: Unicode.Scalar) -> (scalars: ArraySlice<SourceScalar>, continues: Bool) {
        let end = scalars.lastIndex { $0.value != " " && $0.value != "\t" } ?? scalars.startIndex
        let isEscape = { (index: Int) in scalars.indices.contains(index) && scalars[index].value == escape }
        guard isEscape(end), !isEscape(end - 1) else { return (scalars[...], false) }
        return (scalars[..<end], true)
    }
}
