extension Dockerfile {
    /// Where the defaults of the arguments before the first `FROM` stand, in bytes from the start of the file.
    package var argumentDefaults: [Range<Int>] {
        globalArguments.compactMap { $0.value.flatMap { $0.isEmpty ? nil : $0.range } }
    }

    /// The places, in bytes, behind which a digest may be written to pin an image that has none.
    ///
    /// The first is the end of the image as written; where that is one variable it is the end of its default. Behind a
    /// name that holds variables a digest would win over them, so there is no place then.
    ///
    /// - Parameter use: one of the file's images.
    /// - Returns: the places, before a closing quote where there is one.
    package func placesForDigest(of use: ImageUse) -> [Int] {
        guard case .base = use.role else { return [use.source.range.upperBound] }
        guard let word = try? ShellWord(parsing: use.source, escape: escape) else { return [] }
        if word.literal != nil { return [end(of: use.source)] }
        guard let name = word.variable, !isSeenInStages(name) else { return [] }
        let argument = globalArguments.last { $0.name == name && $0.value != nil }
        guard let value = argument?.value, let text = try? ShellWord(parsing: value, escape: escape),
            text.literal?.isEmpty == false
        else { return [] }
        return [end(of: value)]
    }

    /// Whether a stage takes a global argument over, for instructions that a changed value would change.
    private func isSeenInStages(_ name: String) -> Bool {
        guard let first = stages.first else { return false }
        return instructions[first.instructions.lowerBound...].contains { instruction in
            instruction.keyword == "ARG"
                && instruction.arguments.quotedWords(escape: escape).contains { $0.text == name }
        }
    }

    private func end(of text: SourceText) -> Int {
        guard let last = text.scalars.last, last.value == "\"" || last.value == "'" else {
            return text.range.upperBound
        }
        return last.offset
    }
}
