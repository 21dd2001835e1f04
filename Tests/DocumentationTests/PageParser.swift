/// Reads the blocks, headings and comments of a Markdown file.
struct PageParser {
    private let path: String
    private let lines: [String]
    private var index = 0

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    mutating func parse() throws(PageError) -> [PageElement] {
        var elements: [PageElement] = []
        while index < lines.count {
            let line = lines[index]
            if line.drop(while: { $0 == " " }).hasPrefix("```") {
                elements.append(.block(try block()))
            } else if line.hasPrefix("<!--") {
                let start = index + 1
                elements.append(.directive(try directive(), line: start))
            } else {
                let isHeading = line.drop { $0 == "#" }.hasPrefix(" ") && line.hasPrefix("#")
                elements.append(
                    isHeading
                        ? .heading(String(line.drop { $0 == "#" }.dropFirst()), line: index + 1)
                        : .text(line, line: index + 1)
                )
                index += 1
            }
        }
        return elements
    }

    /// A block may be indented, as in a list; its lines then lose the same indentation.
    private mutating func block() throws(PageError) -> CodeBlock {
        let indentation = lines[index].prefix { $0 == " " }.count
        let fence = lines[index].dropFirst(indentation).prefix { $0 == "`" }
        let language = lines[index].dropFirst(indentation + fence.count)
        let start = index + 1
        index += 1
        while index < lines.count, lines[index].dropFirst(indentation) != fence { index += 1 }
        guard index < lines.count else { throw PageError(description: "\(path):\(start): the block does not end") }
        defer { index += 1 }
        return CodeBlock(
            language: String(language),
            lines: lines[start..<index].map { line in
                String(line.dropFirst(line.prefix(indentation).allSatisfy { $0 == " " } ? indentation : 0))
            },
            line: start + 1
        )
    }

    private mutating func directive() throws(PageError) -> Directive {
        let start = index
        while index < lines.count, !lines[index].hasSuffix("-->") { index += 1 }
        guard index < lines.count else {
            throw PageError(description: "\(path):\(start + 1): the comment does not end")
        }
        index += 1
        let comment = lines[start..<index].joined(separator: "\n").dropFirst(4).dropLast(3)
        let words = comment.split(whereSeparator: \.isWhitespace).map(String.init)
        switch words.first {
        case "run":
            return .run(String(comment.drop(while: \.isWhitespace).dropFirst(3)))
        case "file" where words.count == 2: return .file(words[1])
        case "pipeline" where words.count == 2: return .pipeline(words[1])
        case "registry" where words.count == 3 || words.count == 4: return .registry(Array(words.dropFirst()))
        case "not" where words.count > 4 && words[1] == "run:":
            return .notRun(reason: words.dropFirst(2).joined(separator: " "))
        default:
            throw PageError(
                description: "\(path):\(start + 1): the comment is none of run, file, pipeline, registry, not run:"
            )
        }
    }
}
