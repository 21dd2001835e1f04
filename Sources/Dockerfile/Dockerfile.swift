/// A Dockerfile: its stages, and the instructions they are made of, as BuildKit reads them.
///
/// The syntax is read, not judged: what an instruction does with its arguments matters only for `FROM` and for the
/// `ARG`s before the first one.
package struct Dockerfile: Sendable {
    /// The file's name, for errors.
    package let path: String
    /// The file as it is.
    package let bytes: [UInt8]
    package let directives: [Directive]
    /// The comments, each from its `#` on; directives are among them, the text of heredocs is not.
    package let comments: [SourceText]
    package let instructions: [Instruction]
    /// The arguments declared before the first `FROM`, which are the ones that `FROM` sees.
    package let globalArguments: [Argument]
    package let stages: [Stage]
    /// The character that escapes and that continues lines: `\`, or a backtick.
    let escape: Unicode.Scalar
    /// Where the lines begin, in bytes from the start of the file.
    let lineStarts: [Int]

    /// Reads a Dockerfile's content.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: the file's name, for errors.
    /// - Throws: `DockerfileError` that names file, line and what was expected.
    package init(parsing bytes: [UInt8], path: String) throws(DockerfileError) {
        do {
            try self.init(bytes, path)
        } catch {
            throw DockerfileError(error, path: path)
        }
    }

    private init(_ bytes: [UInt8], _ path: String) throws(SyntaxError) {
        self.path = path
        self.bytes = bytes
        let lines = try SourceLine.lines(of: bytes)
        lineStarts = lines.map(\.start)
        directives = try Directive.leading(lines)
        escape = directives.first { $0.name == .escape }?.value.scalars.first?.value ?? "\\"

        var reader = InstructionReader(lines, escape: escape)
        var instructions: [Instruction] = []
        var globalArguments: [Argument] = []
        var stages: [Stage] = []
        while let instruction = try reader.next() {
            if instruction.keyword == "FROM" {
                stages.append(try Stage(instruction, index: stages.count, position: instructions.count))
            } else if let stage = stages.indices.last {
                stages[stage].instructions = stages[stage].instructions.lowerBound..<(instructions.count + 1)
            } else if instruction.keyword == "ARG", !instruction.isTrigger {
                globalArguments += try Argument.all(of: instruction, escape: escape)
            } else {
                throw SyntaxError(
                    line: instruction.lines.lowerBound,
                    problem: "\(instruction.keyword) before the first FROM; expected FROM or ARG"
                )
            }
            instructions.append(instruction)
        }
        guard !stages.isEmpty else {
            let found = bytes.isEmpty ? "the file is empty" : "no FROM in the file"
            throw SyntaxError(line: nil, problem: "\(found); expected at least one FROM IMAGE")
        }
        self.instructions = instructions
        comments = reader.comments
        self.globalArguments = globalArguments
        self.stages = stages
    }

    /// The stage that a build without a target ends with.
    package var finalStage: Stage? { stages.last }

    /// The stage that a build with a target ends with.
    ///
    /// Letter case does not count. Where several stages have the name, BuildKit takes the last one.
    package func stage(named target: String) -> Stage? {
        stages.last { $0.name == target.lowercased() }
    }
}
