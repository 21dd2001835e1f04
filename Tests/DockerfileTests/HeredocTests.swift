import Dockerfile
import Testing

@Suite struct HeredocTests {
    struct Case: Sendable {
        let rule: Comment
        let text: String
        /// Name and body of each heredoc.
        let heredocs: [[String]]

        init(_ rule: Comment, _ text: String, _ heredocs: [[String]]) {
            self.rule = rule
            self.text = text
            self.heredocs = heredocs
        }
    }

    @Test(arguments: [
        Case("a script", "RUN <<EOF\nFROM x\n# y\nls \\\nEOF\n", [["EOF", "FROM x\n# y\nls \\\n"]]),
        Case("empty", "RUN <<EOF\nEOF", [["EOF", ""]]),
        Case("the end name within a line does not end it", "RUN <<EOF\n EOF\nEOF x\nEOF", [["EOF", " EOF\nEOF x\n"]]),
        Case("tabs ignored", "RUN <<-EOF\n\tls\n\t\tEOF\n", [["EOF", "\tls\n"]]),
        Case("tabs ignored at the start only", "RUN <<-EOF\n\tEOF\t\nEOF", [["EOF", "\tEOF\t\n"]]),
        Case("double quotes", "RUN <<\"EOF\"\n$x\nEOF", [["EOF", "$x\n"]]),
        Case("single quotes", "RUN <<'EOF'\n$x\nEOF", [["EOF", "$x\n"]]),
        Case("quotes in the middle", "RUN <<E'O'F\nx\nEOF", [["EOF", "x\n"]]),
        Case("an escaped quote", "RUN <<eo\\'f\nx\neo'f", [["eo'f", "x\n"]]),
        Case("two words in quotes", "RUN <<'one two'\nx\none two", [["one two", "x\n"]]),
        Case("a variable stands for itself", "RUN <<$EOF\nx\n$EOF", [["$EOF", "x\n"]]),
        Case("white space before the name", "RUN <<  EOF  > /x\ny\nEOF", [["EOF", "y\n"]]),
        Case("a file descriptor", "RUN 3<<EOF\nx\nEOF", [["EOF", "x\n"]]),
        Case("a program behind it", "RUN <<EOF python3\nx\nEOF", [["EOF", "x\n"]]),
        Case("flags before it", "RUN --mount=type=cache,target=/c <<EOF\nx\nEOF", [["EOF", "x\n"]]),
        Case("two of them", "COPY <<a <<b /x\n1\nb\na\n2\nb", [["a", "1\nb\n"], ["b", "2\n"]]),
        Case("COPY", "COPY <<a.txt /x\nFROM y\na.txt", [["a.txt", "FROM y\n"]]),
        Case("ADD", "ADD <<a.txt /x\nFROM y\na.txt", [["a.txt", "FROM y\n"]]),
        Case("behind ONBUILD", "ONBUILD RUN <<EOF\nx\nEOF", [["EOF", "x\n"]]),
        Case("behind a continuation", "RUN a && \\\n  # comment\n  cat <<EOF\nx\nEOF", [["EOF", "x\n"]]),
        Case("CRLF", "RUN <<EOF\r\nls\r\nEOF\r\n", [["EOF", "ls\r\n"]]),
        Case("quoted as a whole is none", "RUN \"<<EOF\" '<<EOF'", []),
        Case("three of < are none", "RUN cat <<<EOF", []),
        Case("joined to a word is none", "RUN cat x<<EOF", []),
        Case("a shift is none", "RUN echo $((1<<2))", []),
        Case("a JSON array has none", "RUN [\"cat\", \"<<EOF\"]", []),
        Case("brackets alone are no JSON array", "RUN [ -f x ] <<EOF\ny\nEOF", [["EOF", "y\n"]]),
        Case("other instructions have none", "CMD cat <<EOF", []),
        Case("quotes that do not match hide it", "RUN echo don't <<EOF", []),
    ])
    func areNoInstructions(file: Case) throws {
        let dockerfile = try Dockerfile("FROM a\n\(file.text)\nUSER 1\n")
        #expect(dockerfile.instructions.count == 3, file.rule)
        #expect(dockerfile.instructions.last?.keyword == "USER", file.rule)
        let heredocs = dockerfile.instructions[1].heredocs
        #expect(heredocs.map { [$0.name, dockerfile.written(in: $0.body)] } == file.heredocs, file.rule)
    }

    @Test func countAmongTheInstructionsLines() throws {
        let dockerfile = try Dockerfile("FROM a\nCOPY <<a <<b /\n1\na\n2\nb\nUSER 1\n")
        #expect(dockerfile.instructions.map(\.lines) == [1...1, 2...6, 7...7])
    }
}
