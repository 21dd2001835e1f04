import Dockerfile
import Testing

@Suite struct DirectiveTests {
    struct Found: Sendable {
        let rule: Comment
        let text: String
        let directives: [String]
    }

    @Test(arguments: [
        Found(rule: "none", text: "FROM a\n", directives: []),
        Found(
            rule: "without white space",
            text: "#syntax=docker/dockerfile:1\nFROM a",
            directives: ["syntax=docker/dockerfile:1"]
        ),
        Found(
            rule: "white space everywhere",
            text: "  #  check \t=  skip=all ; x=1 \t\nFROM a",
            directives: ["check=skip=all ; x=1"]
        ),
        Found(rule: "the name in any case", text: "# eScApE=`\nFROM a", directives: ["escape=`"]),
        Found(
            rule: "several of them",
            text: "# escape=\\\n# syntax=a\n# check=b\nFROM a",
            directives: ["escape=\\", "syntax=a", "check=b"]
        ),
        Found(rule: "behind a byte order mark", text: "\u{FEFF}# syntax=a\nFROM a", directives: ["syntax=a"]),
        Found(rule: "with CRLF", text: "# syntax=a\r\n# escape=`\r\nFROM a\r\n", directives: ["syntax=a", "escape=`"]),
        Found(rule: "not behind a comment", text: "# hello\n# escape=`\nFROM a", directives: []),
        Found(rule: "not behind an empty line", text: "\n# escape=`\nFROM a", directives: []),
        Found(rule: "not behind an instruction", text: "FROM a\n# escape=`\n", directives: []),
        Found(rule: "not behind an unknown name", text: "# key=value\n# escape=`\nFROM a", directives: []),
        Found(rule: "not without a value", text: "# escape=\n# syntax=a\nFROM a", directives: []),
    ])
    func areFoundAtTheTopOnly(file: Found) throws {
        let dockerfile = try Dockerfile(file.text)
        let found = dockerfile.directives.map { "\($0.name)=\($0.value.text)" }
        #expect(found == file.directives, file.rule)
        for directive in dockerfile.directives {
            #expect(dockerfile.written(in: directive.value.range) == directive.value.text)
        }
    }

    @Test func theEscapeCharacterContinuesLines() throws {
        let text = "# escape=`\nFROM a\nCOPY x C:\\\nRUN dir `\n  C:\\\n"
        #expect(try Dockerfile(text).instructions.map(\.arguments.text) == ["a", "x C:\\", "dir   C:\\"])
    }
}
