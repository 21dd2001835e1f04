import Dockerfile
import Testing

@Suite struct InstructionTests {
    struct Joined: Sendable {
        let rule: Comment
        let text: String
        /// Keyword and arguments of what follows `FROM a` on the first line.
        let instructions: [String]
        let lines: [ClosedRange<Int>]

        init(_ rule: Comment, _ text: String, _ instructions: [String], _ lines: [ClosedRange<Int>]) {
            self.rule = rule
            self.text = text
            self.instructions = instructions
            self.lines = lines
        }
    }

    @Test(arguments: [
        Joined("a line", "RUN a", ["RUN a"], [2...2]),
        Joined("keywords in any case", "rUn a\nworkDir /b", ["RUN a", "WORKDIR /b"], [2...2, 3...3]),
        Joined("indented, with tabs between", " \t RUN\t\ta  ", ["RUN a"], [2...2]),
        Joined("empty lines and comments", "\n# RUN x \\\n  # y\n \t\nRUN a # b", ["RUN a # b"], [6...6]),
        Joined("CRLF", "RUN a \\\r\n  b\r\nRUN c\r\n", ["RUN a   b", "RUN c"], [2...3, 4...4]),
        Joined("a continuation", "RUN a \\\n  b", ["RUN a   b"], [2...3]),
        Joined("a word continued", "RUN a\\\nb", ["RUN ab"], [2...3]),
        Joined("a keyword continued", "RU\\\nN a", ["RUN a"], [2...3]),
        Joined("white space behind the continuation character", "RUN a \\ \t \n b", ["RUN a  b"], [2...3]),
        Joined("a continuation character alone", "RUN a \\\n\\\nb", ["RUN a b"], [2...4]),
        Joined("a doubled one is text", "RUN a \\\\\nRUN b", ["RUN a \\\\", "RUN b"], [2...2, 3...3]),
        Joined("comments within", "RUN a \\\n# b \\\n   # c\n d", ["RUN a  d"], [2...5]),
        Joined("empty lines within", "RUN a \\\n\n \t\n b", ["RUN a  b"], [2...5]),
        Joined("an empty line does not end it", "RUN a \\\n\nRUN b", ["RUN a RUN b"], [2...4]),
        Joined("a comment does not go on", "# a \\\nRUN b", ["RUN b"], [3...3]),
        Joined("the file ends within", "RUN a \\", ["RUN a"], [2...2]),
        Joined("the file ends in empty lines within", "RUN a \\\n\n\n", ["RUN a"], [2...4]),
        Joined("no arguments", "CMD\nRUN", ["CMD ", "RUN "], [2...2, 3...3]),
        Joined("triggers", "ONBUILD RUN a\nonbuild add b c", ["ONBUILD RUN a", "ONBUILD ADD b c"], [2...2, 3...3]),
        Joined("a trigger may have any keyword", "ONBUILD LATER a", ["ONBUILD LATER a"], [2...2]),
        Joined("text beyond ASCII", "RUN “é”\u{A0}\\\n日本", ["RUN “é”\u{A0}日本"], [2...3]),
    ])
    func joinsLines(file: Joined) throws {
        let instructions = try Dockerfile("FROM a\n" + file.text).instructions.dropFirst()
        let found = instructions.map { ($0.isTrigger ? "ONBUILD " : "") + "\($0.keyword) \($0.arguments.text)" }
        #expect(found == file.instructions, file.rule)
        #expect(instructions.map(\.lines) == file.lines, file.rule)
    }

    struct Flagged: Sendable {
        let rule: Comment
        let line: String
        let flags: [String]
        let arguments: String

        init(_ rule: Comment, _ line: String, _ flags: [String], _ arguments: String) {
            self.rule = rule
            self.line = line
            self.flags = flags
            self.arguments = arguments
        }
    }

    @Test(arguments: [
        Flagged("none", "COPY a b", [], "a b"),
        Flagged("one", "COPY --from=x a b", ["from=x"], "a b"),
        Flagged("several", "COPY  --from=x\t--link --chown=1:2  a b", ["from=x", "link", "chown=1:2"], "a b"),
        Flagged("across lines", "COPY --from=x \\\n  --link \\\n a b", ["from=x", "link"], "a b"),
        Flagged(
            "quotes and escapes",
            "COPY --from=\"x y\" --a='b' --c=d\\ e a b",
            ["from=x y", "a=b", "c=d e"],
            "a b"
        ),
        Flagged("an empty value", "COPY --from= a b", ["from="], "a b"),
        Flagged("more than one =", "RUN --mount=type=bind,from=x ls", ["mount=type=bind,from=x"], "ls"),
        Flagged("-- ends them", "COPY --link -- --from=x b", ["link"], "--from=x b"),
        Flagged("the first other word ends them", "RUN ls --all", [], "ls --all"),
        Flagged("one hyphen is none", "RUN -x --y", [], "-x --y"),
        Flagged("behind ONBUILD", "ONBUILD COPY --from=x a b", ["from=x"], "a b"),
        Flagged("nothing but flags", "RUN --network=none", ["network=none"], ""),
    ])
    func readsFlags(file: Flagged) throws {
        let instruction = try #require(try Dockerfile("FROM a\n" + file.line).instructions.last)
        let flags = instruction.flags.map { $0.name + ($0.value.map { "=" + $0.text } ?? "") }
        #expect(flags == file.flags, file.rule)
        #expect(instruction.arguments.text == file.arguments, file.rule)
    }
}
