extension Dockerfile.Instruction {
    /// The images and stages that the instruction takes files from: `COPY --from=` and `RUN --mount=…,from=`.
    package var sources: [SourceText] {
        let values =
            switch keyword {
            case "COPY": flags.filter { $0.name == "from" }.compactMap(\.value)
            case "RUN": flags.filter { $0.name == "mount" }.compactMap { $0.value?.mountSource }
            default: [SourceText]()
            }
        return values.filter { !$0.isEmpty }
    }
}

extension Dockerfile {
    /// The stage that a source of an instruction names; nil where it is an image.
    ///
    /// Letter case does not count. `COPY` also takes a stage's number.
    package func stage(providing source: SourceText, for instruction: Instruction) -> Stage? {
        if instruction.keyword == "COPY", let index = Int(source.text) {
            return stages.indices.contains(index) ? stages[index] : nil
        }
        return stage(named: source.text)
    }
}

extension SourceText {
    /// The value of the last `from` in the comma-separated fields of a mount.
    fileprivate var mountSource: SourceText? {
        scalars.split { $0.value == "," }
            .compactMap { SourceText($0)?.split(atFirst: "=") }
            .last { $0.before.text.lowercased() == "from" }?
            .after
    }
}
