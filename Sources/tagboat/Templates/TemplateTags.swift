/// The tags of a Mustache template, found without rendering it.
struct TemplateTags: Sequence, IteratorProtocol {
    private var rest: Substring
    private var open: Substring = "{{"
    private var close: Substring = "}}"

    init(_ text: String) { rest = text[...] }

    /// The next tag's content without its delimiters, such as `#labels`, `& line` or `> footer`.
    ///
    /// A tag `{{=<% %>=}}` sets other delimiters for those behind it (mustache(5), "Set Delimiter").
    mutating func next() -> String? {
        while let start = rest.firstRange(of: open) {
            let isTriple = open == "{{" && rest[start.upperBound...].hasPrefix("{")
            let content = rest[start.upperBound...].dropFirst(isTriple ? 1 : 0)
            guard let end = content.firstRange(of: isTriple ? "}}}" : close) else { return nil }
            let tag = content[..<end.lowerBound]
            rest = content[end.upperBound...]
            if tag.hasPrefix("="), tag.hasSuffix("=") {
                let delimiters = tag.dropFirst().dropLast().split(whereSeparator: \.isWhitespace)
                if delimiters.count == 2 { (open, close) = (delimiters[0], delimiters[1]) }
            } else {
                return String(tag.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            }
        }
        return nil
    }
}
