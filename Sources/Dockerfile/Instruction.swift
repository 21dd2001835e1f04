extension Dockerfile {
    /// One instruction, with continuation lines joined and the heredocs that follow it.
    package struct Instruction: Sendable {
        /// The keyword, in capitals.
        package let keyword: String
        /// Whether `ONBUILD` stands before the keyword.
        package let isTrigger: Bool
        package let flags: [Flag]
        /// The text behind keyword and flags.
        package let arguments: SourceText
        package let heredocs: [Heredoc]
        /// The lines from the keyword to the last line, that of a heredoc included, from 1.
        package let lines: ClosedRange<Int>

        /// The value of the first flag of a name.
        package func flag(_ name: String) -> SourceText? {
            flags.first { $0.name == name }?.value
        }
    }

    /// An option between keyword and arguments: `--platform=linux/arm64`.
    package struct Flag: Equatable, Sendable {
        /// The name, without `--`.
        package let name: String
        /// The text behind `=`; nil without one.
        package let value: SourceText?
    }
}

/// The keyword, flags and arguments of a line.
struct Command {
    let keyword: String
    let isTrigger: Bool
    let flags: [Dockerfile.Flag]
    let arguments: SourceText

    private static let keywords: Set<String> = [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
        "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ]

    init(parsing line: SourceText, escape: Unicode.Scalar) throws(SyntaxError) {
        let outer = try Command(line, escape, isTrigger: false)
        guard Self.keywords.contains(outer.keyword) else {
            throw SyntaxError(
                line: line.line,
                problem: "unknown instruction \"\(outer.keyword)\"; expected FROM, RUN, COPY or another keyword"
            )
        }
        guard outer.keyword == "ONBUILD" else {
            self = outer
            return
        }
        self = try Command(outer.arguments, escape, isTrigger: true)
        guard !["ONBUILD", "FROM", "MAINTAINER"].contains(keyword) else {
            throw SyntaxError(
                line: line.line,
                problem: "\(keyword) behind ONBUILD; expected an instruction that a later build can run"
            )
        }
    }

    private init(_ line: SourceText, _ escape: Unicode.Scalar, isTrigger: Bool) throws(SyntaxError) {
        let text = line.scalars.trimmingWhitespace()
        guard let last = text.last else {
            let expected = isTrigger ? "an instruction behind ONBUILD" : "an instruction"
            throw SyntaxError(line: line.line, problem: "expected \(expected)")
        }
        let word = text.prefix { !$0.value.isSeparator }
        var reader = FlagReader(rest: text[word.endIndex...], escape: escape)
        keyword = SourceText(word, after: last).text.uppercased()
        self.isTrigger = isTrigger
        flags = reader.readAll()
        arguments = SourceText(reader.rest.trimmingWhitespace(), after: last)
    }

    /// The heredocs that the line introduces; only these three instructions read them, and not in their JSON form.
    func heredocs(in line: SourceText) -> [HeredocMarker] {
        guard ["ADD", "COPY", "RUN"].contains(keyword), !JSONArray.isStrings(arguments) else { return [] }
        return HeredocMarker.all(in: line)
    }
}
