extension Dockerfile {
    /// A label that `LABEL` sets.
    package struct Label: Equatable, Sendable {
        package let key: String
        /// The value as written, quotes and variables included.
        package let value: SourceText
        /// Whether the value is no text at all; one with variables counts as text.
        package let isEmpty: Bool
    }

    /// The labels that the instructions of a stage set, in order; those of `ONBUILD` are set by other builds.
    ///
    /// A label whose key holds variables is left out.
    package func labels(of stage: Stage) -> [Label] {
        instructions[stage.instructions]
            .filter { $0.keyword == "LABEL" && !$0.isTrigger }
            .flatMap { Label.all(of: $0, escape: escape) }
    }
}

extension Dockerfile.Label {
    /// The labels of one instruction: `KEY=VALUE …`, or the old form `KEY VALUE`, where all the rest is the value.
    static func all(of instruction: Dockerfile.Instruction, escape: Unicode.Scalar) -> [Self] {
        let words = instruction.arguments.quotedWords(escape: escape)
        guard let first = words.first else { return [] }
        guard first.split(atFirst: "=").after != nil else {
            let rest = instruction.arguments.scalars.drop { !$0.value.isSeparator }.trimmingWhitespace()
            return SourceText(rest).flatMap { Self(first, $0, escape) }.map { [$0] } ?? []
        }
        return words.compactMap { word in
            let (key, value) = word.split(atFirst: "=")
            return value.flatMap { Self(key, $0, escape) }
        }
    }

    private init?(_ key: SourceText, _ value: SourceText, _ escape: Unicode.Scalar) {
        guard let key = try? ShellWord(parsing: key, escape: escape).literal else { return nil }
        self.key = key
        self.value = value
        let word = try? ShellWord(parsing: value, escape: escape)
        isEmpty = word?.literal?.isEmpty ?? false
    }
}
