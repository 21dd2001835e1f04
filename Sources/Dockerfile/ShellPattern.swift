/// A shell pattern in a `${…}`: `*` and `?`, without bracket expressions.
struct ShellPattern {
    private enum Element {
        case scalar(Unicode.Scalar)
        case anyScalar
        case anyText
    }

    private let elements: [Element]

    init(_ text: [Unicode.Scalar], line: Int) throws(SyntaxError) {
        var elements: [Element] = []
        var rest = text[...]
        while let next = rest.popFirst() {
            switch next {
            case "*": elements.append(.anyText)
            case "?": elements.append(.anyScalar)
            case "\\":
                guard let escaped = rest.popFirst(), ["*", "?", "\\", "}", "/"].contains(escaped) else {
                    throw SyntaxError(
                        line: line,
                        problem: "the pattern \"\(String(text))\" has a \\ before something else than * ? \\ } /"
                    )
                }
                elements.append(.scalar(escaped))
            default: elements.append(.scalar(next))
            }
        }
        self.elements = elements
    }

    /// The text without the shortest or longest match at its start or end.
    func removed(from text: String, atStart: Bool, longest: Bool) -> String {
        let scalars = Array(text.unicodeScalars)
        let counts =
            atStart
            ? Self.counts(of: elements, in: scalars[...])
            : Self.counts(of: elements.reversed(), in: ArraySlice(scalars.reversed()))
        guard let count = longest ? counts.last : counts.first else { return text }
        return String(atStart ? Array(scalars.dropFirst(count)) : scalars.dropLast(count))
    }

    /// The text with the first or every match replaced; a match is the longest one from where it begins.
    func replaced(in text: String, with replacement: String, everywhere: Bool) -> String {
        var rest = Array(text.unicodeScalars)[...]
        var result: [Unicode.Scalar] = []
        var isDone = false
        repeat {
            let count = isDone ? nil : Self.counts(of: elements, in: rest).last
            if let count {
                result += Array(replacement.unicodeScalars)
                rest = rest.dropFirst(count)
                isDone = !everywhere
            }
            if count ?? 0 == 0, let next = rest.popFirst() { result.append(next) }
        } while !rest.isEmpty
        return String(result)
    }

    /// How many characters from the start of a text the elements match, in ascending order.
    private static func counts(of elements: [Element], in text: ArraySlice<Unicode.Scalar>) -> [Int] {
        var ends = [text.startIndex]
        for element in elements {
            switch element {
            case .scalar(let scalar):
                ends = ends.filter { $0 < text.endIndex && text[$0] == scalar }.map { $0 + 1 }
            case .anyScalar:
                ends = ends.filter { $0 < text.endIndex }.map { $0 + 1 }
            case .anyText:
                ends = ends.first.map { Array($0...text.endIndex) } ?? []
            }
        }
        return ends.map { $0 - text.startIndex }
    }
}

extension String {
    fileprivate init(_ scalars: [Unicode.Scalar]) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        self.init(view)
    }
}
