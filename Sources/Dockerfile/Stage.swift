extension Dockerfile {
    /// A build stage: a `FROM` and the instructions up to the next one.
    package struct Stage: Sendable {
        /// The stage's place among the stages, from 0.
        package let index: Int
        /// The name behind `AS`, in lower case; nil without one.
        package let name: String?
        /// The image or stage that it builds on, as written.
        package let base: SourceText
        /// The value of `--platform`, as written.
        package let platform: SourceText?
        /// Where its instructions stand in the file's list of instructions, the `FROM` first.
        package internal(set) var instructions: Range<Int>
    }
}

extension Dockerfile.Stage {
    /// - Parameters:
    ///   - from: the `FROM` instruction.
    ///   - index: the stage's place among the stages.
    ///   - position: the instruction's place among the instructions.
    /// - Throws: `SyntaxError` where the instruction is not `FROM IMAGE` or `FROM IMAGE AS NAME`.
    init(_ from: Dockerfile.Instruction, index: Int, position: Int) throws(SyntaxError) {
        let words = from.arguments.words
        guard let base = words.first else {
            throw SyntaxError(
                line: from.lines.lowerBound,
                problem: "FROM without an image; expected FROM IMAGE or FROM IMAGE AS NAME"
            )
        }
        let isNamed = words.count == 3 && words[1].text.lowercased() == "as"
        guard words.count == 1 || isNamed else {
            throw SyntaxError(
                line: base.line,
                problem: "FROM with \"\(from.arguments.text)\"; expected FROM IMAGE or FROM IMAGE AS NAME"
            )
        }
        guard from.flags.count <= 1, from.flags.allSatisfy({ $0.name == "platform" && $0.value != nil }) else {
            let flags = from.flags.map { "--\($0.name)" }.joined(separator: " ")
            throw SyntaxError(
                line: from.lines.lowerBound,
                problem: "FROM with \(flags); expected --platform=PLATFORM alone, or no flag"
            )
        }
        self.init(
            index: index,
            name: isNamed ? try Self.name(words[2]) : nil,
            base: base,
            platform: from.flag("platform").flatMap { $0.isEmpty ? nil : $0 },
            instructions: position..<(position + 1)
        )
    }

    private static func name(_ word: SourceText) throws(SyntaxError) -> String {
        let name = word.text.lowercased()
        let letters: ClosedRange<Unicode.Scalar> = "a"..."z"
        let others = Set("0123456789-_.".unicodeScalars)
        guard let first = name.unicodeScalars.first, letters.contains(first),
            name.unicodeScalars.allSatisfy({ letters.contains($0) || others.contains($0) })
        else {
            throw SyntaxError(
                line: word.line,
                problem: "\"\(word.text)\" is not a stage name; expected a letter, then letters, digits, - _ and ."
            )
        }
        return name
    }
}
