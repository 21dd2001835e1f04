/// Takes the flags off the start of an instruction's arguments.
struct FlagReader {
    private(set) var rest: ArraySlice<SourceScalar>
    let escape: Unicode.Scalar

    init(rest: ArraySlice<SourceScalar>, escape: Unicode.Scalar) {
        self.rest = rest
        self.escape = escape
    }

    /// The words that begin with `--`; the first other word ends them, and so does `--` alone, which is no flag.
    mutating func readAll() -> [Dockerfile.Flag] {
        var flags: [Dockerfile.Flag] = []
        while true {
            rest = rest.trimmingLeadingWhitespace()
            guard rest.prefix(2).map(\.value) == ["-", "-"] else { return flags }
            guard let word = SourceText(takeWord().dropFirst(2)) else { return flags }
            let (name, value) = word.split(atFirst: "=")
            flags.append(Dockerfile.Flag(name: name.text, value: value))
        }
    }

    /// The next word without its quotes and escapes.
    private mutating func takeWord() -> [SourceScalar] {
        var word: [SourceScalar] = []
        var quote: Unicode.Scalar?
        while let next = rest.first {
            if quote == nil, next.value.isWhitespace { break }
            rest = rest.dropFirst()
            switch next.value {
            case quote: quote = nil
            case "'" where quote == nil, "\"" where quote == nil: quote = next.value
            case escape:
                if let escaped = rest.popFirst() { word.append(escaped) }
            default: word.append(next)
            }
        }
        return word
    }
}
