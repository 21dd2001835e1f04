/// Reads a regular expression.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var depth = 0
    private var ignoresCase = false
    private var dotTakesLineEnds = false
    /// The names of the groups that capture; nil for a group without a name.
    private(set) var groups: [String?] = []

    /// How deep groups may nest.
    static let deepest = 50

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func parse() throws(PatternError) -> PatternNode {
        try flags()
        let node = try alternatives()
        guard place == scalars.count else { throw error("a ) without its (") }
        return node
    }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func take(_ word: String) -> Bool {
        guard scalars[place...].starts(with: word.unicodeScalars) else { return false }
        place += word.unicodeScalars.count
        return true
    }

    private func error(_ problem: String) -> PatternError {
        PatternError(
            pattern: String(String.UnicodeScalarView(scalars)),
            problem: "\(problem), at character \(min(place, scalars.count) + 1)"
        )
    }

    /// `(?i)`, `(?s)` and `(?m)` at the start; the last one is always in force.
    private mutating func flags() throws(PatternError) {
        while scalars[place...].starts(with: "(?".unicodeScalars), place + 2 < scalars.count,
            "ismx".unicodeScalars.contains(scalars[place + 2])
        {
            place += 2
            while let flag = next, flag != ")" {
                switch flag {
                case "i": ignoresCase = true
                case "s": dotTakesLineEnds = true
                case "m": break
                default: throw error("the flag \(flag) is not known")
                }
                place += 1
            }
            guard take(")") else { throw error("expected )") }
        }
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        var alternatives = [try sequence()]
        while take("|") { alternatives.append(try sequence()) }
        return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" { nodes.append(try repetition(try atom())) }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func repetition(_ node: PatternNode) throws(PatternError) -> PatternNode {
        var bounds: (Int, Int?)?
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if next == "{" {
            bounds = try counts()
        }
        guard let (least, most) = bounds else { return node }
        if case .assertion = node { throw error("nothing to repeat") }
        let isGreedy = !take("?")
        if let again = next, "*+?{".unicodeScalars.contains(again) { throw error("a second repetition of the same") }
        return .repeated(node, atLeast: least, atMost: most, isGreedy: isGreedy)
    }

    /// `{2}`, `{2,}` or `{2,5}`.
    private mutating func counts() throws(PatternError) -> (Int, Int?) {
        place += 1
        let least = number()
        guard let least else { throw error("expected a count; write \\{ for the character") }
        var most: Int? = least
        if take(",") { most = next == "}" ? nil : number() ?? -1 }
        guard take("}"), most.map({ $0 >= least && $0 <= 1000 }) ?? true, least <= 1000 else {
            throw error("expected a count of at most 1000, such as {2} or {2,5}")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        let start = place
        while let digit = next, ("0"..."9").contains(digit) { place += 1 }
        return Int(String(String.UnicodeScalarView(scalars[start..<place])))
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let scalar = next else { return .nothing }
        switch scalar {
        case "(": return try group()
        case "[": return try characterClass()
        case "*", "+", "?", "{": throw error("nothing to repeat")
        case "\\": return try escape()
        default: break
        }
        place += 1
        switch scalar {
        case "^": return .assertion(.lineStart)
        case "$": return .assertion(.lineEnd)
        case ".":
            var set = ByteSet(0x00...0x7F)
            if !dotTakesLineEnds {
                var ends = ByteSet(0x0A...0x0A)
                ends.insert(0x0D)
                set = ends.invertedASCII
            }
            return .alternatives([.bytes(set), .beyondASCII])
        default: return literal(scalar)
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> PatternNode {
        let bytes = Array(String(scalar).utf8).map { byte in
            let set = ByteSet(byte...byte)
            return PatternNode.bytes(ignoresCase && scalar.isASCII ? set.ignoringCase : set)
        }
        return bytes.count == 1 ? bytes[0] : .sequence(bytes)
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        place += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw error("more than \(Self.deepest) groups in one another") }
        var number: Int?
        if take("?") {
            if take("<=") || take("<!") || take("=") || take("!") {
                throw error("looking around is not possible, so that every file is searched in linear time")
            }
            if take("<") || take("P<") {
                let start = place
                while let scalar = next, scalar.isASCII, UInt8(ascii: scalar).isWord { place += 1 }
                let name = String(String.UnicodeScalarView(scalars[start..<place]))
                guard !name.isEmpty, take(">") else { throw error("expected the name of a group and >") }
                guard !groups.contains(name) else { throw error("a second group \(name)") }
                number = groups.count
                groups.append(name)
            } else if !take(":") {
                throw error("this kind of group is not known")
            }
        } else {
            number = groups.count
            groups.append(nil)
        }
        let node = try alternatives()
        guard take(")") else { throw error("expected )") }
        return number.map { .capture($0, node) } ?? node
    }

    private mutating func escape() throws(PatternError) -> PatternNode {
        place += 1
        guard let scalar = next else { throw error("a \\ with nothing behind it") }
        place += 1
        switch scalar {
        case "b": return .assertion(.wordEdge)
        case "B": return .assertion(.noWordEdge)
        case "A": return .assertion(.textStart)
        case "z", "Z": return .assertion(.textEnd)
        case "D", "W", "S":
            let set = scalar == "D" ? ByteSet.digits : scalar == "W" ? .words : .spaces
            return .alternatives([.bytes(set.invertedASCII), .beyondASCII])
        default: break
        }
        if let set = Self.shorthand(scalar) { return .bytes(set) }
        return literal(try character(behindBackslash: scalar))
    }

    private static func shorthand(_ scalar: Unicode.Scalar) -> ByteSet? {
        switch scalar {
        case "d": .digits
        case "w": .words
        case "s": .spaces
        default: nil
        }
    }

    private mutating func character(behindBackslash scalar: Unicode.Scalar) throws(PatternError) -> Unicode.Scalar {
        switch scalar {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "f": return "\u{C}"
        case "v": return "\u{B}"
        case "x":
            let digits = String(String.UnicodeScalarView(scalars[place...].prefix(2)))
            guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16), value < 0x80 else {
                throw error("expected two hexadecimal digits of an ASCII character")
            }
            place += 2
            return Unicode.Scalar(value)
        default:
            guard scalar.isASCII, UInt8(ascii: scalar).isASCIIDigit || UInt8(ascii: scalar).isASCIILetter else {
                return scalar
            }
            throw error("the escape \\\(scalar) is not known")
        }
    }

    private mutating func characterClass() throws(PatternError) -> PatternNode {
        place += 1
        let isNegated = take("^")
        var set = ByteSet()
        var others: [PatternNode] = []
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            guard scalar != "[" || place + 1 >= scalars.count || scalars[place + 1] != ":" else {
                throw error("write \\d, \\w or \\s in place of a class with a name")
            }
            place += 1
            var first = scalar
            if scalar == "\\" {
                guard let escaped = next else { throw error("expected ]") }
                place += 1
                if let shorthand = Self.shorthand(escaped) {
                    set.formUnion(shorthand)
                    continue
                }
                first = try character(behindBackslash: escaped)
            }
            guard let last = try rangeEnd() else {
                if first.isASCII {
                    set.insert(UInt8(ascii: first))
                } else {
                    others.append(literal(first))
                }
                continue
            }
            guard first.isASCII, last.isASCII, first <= last else {
                throw error("a range goes from a lower ASCII character to a higher one")
            }
            set.insert(UInt8(ascii: first)...UInt8(ascii: last))
        }
        guard take("]") else { throw error("expected ]") }
        if ignoresCase { set = set.ignoringCase }
        guard isNegated else { return .alternatives([.bytes(set)] + others) }
        guard others.isEmpty else { throw error("only ASCII characters can be left out") }
        return .alternatives([.bytes(set.invertedASCII), .beyondASCII])
    }

    /// What stands behind the hyphen of a range; nil where there is no range.
    private mutating func rangeEnd() throws(PatternError) -> Unicode.Scalar? {
        guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else { return nil }
        place += 1
        let scalar = scalars[place]
        place += 1
        guard scalar == "\\", let escaped = next else { return scalar }
        place += 1
        return try character(behindBackslash: escaped)
    }
}
