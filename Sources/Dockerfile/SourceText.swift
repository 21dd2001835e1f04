/// A piece of the file as the parser reads it, with the place that it stands at.
///
/// `text` is without line continuations, and for a flag's value without quotes and escapes. `range` reaches from
/// the first to the last byte of the text, so the file holds more in it only where one of those stands between.
package struct SourceText: Equatable, Sendable {
    let scalars: [SourceScalar]
    /// Where the text stands, in bytes from the start of the file.
    package let range: Range<Int>
    /// The line that the text begins on, from 1.
    package let line: Int

    package var text: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars.lazy.map(\.value))
        return String(view)
    }

    package var isEmpty: Bool { scalars.isEmpty }

    /// Whether the file holds this text, and nothing else, in `range`.
    package var isVerbatim: Bool { text.utf8.count == range.count }

    /// - Parameters:
    ///   - scalars: the text.
    ///   - place: where an empty text stands: right behind this piece.
    init(_ scalars: some Sequence<SourceScalar>, after place: SourceScalar) {
        self.scalars = Array(scalars)
        range = (self.scalars.first?.offset ?? place.end)..<(self.scalars.last?.end ?? place.end)
        line = self.scalars.first?.line ?? place.line
    }

    /// A text that is not empty; nil otherwise.
    init?(_ scalars: some Sequence<SourceScalar>) {
        let scalars = Array(scalars)
        guard let first = scalars.first else { return nil }
        self.init(scalars, after: first)
    }

    /// The words between runs of white space.
    var words: [SourceText] {
        scalars.split(whereSeparator: \.value.isSeparator).compactMap { SourceText($0) }
    }

    /// The text before the first occurrence of a character, and the text behind it; nil where it does not occur.
    func split(atFirst separator: Unicode.Scalar) -> (before: SourceText, after: SourceText?) {
        guard let index = scalars.firstIndex(where: { $0.value == separator }) else { return (self, nil) }
        let before = SourceText(scalars[..<index], after: scalars[index])
        return (before, SourceText(scalars[(index + 1)...], after: scalars[index]))
    }
}

/// A character of the file and the place that it stands at.
struct SourceScalar: Equatable, Sendable {
    let value: Unicode.Scalar
    let offset: Int
    let line: Int

    var end: Int { offset + UTF8.width(value) }
}

extension Unicode.Scalar {
    /// The white space that separates words; lines are split before.
    var isSeparator: Bool {
        switch self {
        case " ", "\t", "\u{B}", "\u{C}", "\r": true
        default: false
        }
    }

    var isWhitespace: Bool { properties.isWhitespace }
}

extension BidirectionalCollection<SourceScalar> {
    func trimmingLeadingWhitespace() -> SubSequence {
        drop(while: \.value.isWhitespace)
    }

    func trimmingWhitespace() -> SubSequence.SubSequence {
        let rest = trimmingLeadingWhitespace()
        let end = rest.lastIndex { !$0.value.isWhitespace }.map(rest.index(after:)) ?? rest.startIndex
        return rest[..<end]
    }
}
