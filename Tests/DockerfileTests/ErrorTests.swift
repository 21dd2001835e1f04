import Dockerfile
import Testing

@Suite struct ErrorTests {
    struct Refused: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let error: String

        var testDescription: String { error }

        init(_ text: String, _ error: String) {
            self.init(Array(text.utf8), error)
        }

        init(_ bytes: [UInt8], _ error: String) {
            self.bytes = bytes
            self.error = error
        }
    }

    @Test(arguments: [
        Refused("", "app/Dockerfile: the file is empty; expected at least one FROM IMAGE"),
        Refused("\u{FEFF}\n# FROM a\n", "app/Dockerfile: no FROM in the file; expected at least one FROM IMAGE"),
        Refused("ARG A=1\n", "app/Dockerfile: no FROM in the file; expected at least one FROM IMAGE"),
        Refused("\nFROM\n", "app/Dockerfile:2: FROM without an image; expected FROM IMAGE or FROM IMAGE AS NAME"),
        Refused(
            "FROM --platform=x\n",
            "app/Dockerfile:1: FROM without an image; expected FROM IMAGE or FROM IMAGE AS NAME"
        ),
        Refused("FROM a AS\n", "app/Dockerfile:1: FROM with \"a AS\"; expected FROM IMAGE or FROM IMAGE AS NAME"),
        Refused("FROM a b c\n", "app/Dockerfile:1: FROM with \"a b c\"; expected FROM IMAGE or FROM IMAGE AS NAME"),
        Refused("FROM a # b\n", "app/Dockerfile:1: FROM with \"a # b\"; expected FROM IMAGE or FROM IMAGE AS NAME"),
        Refused(
            "FROM a \\\n AS 1b\n",
            "app/Dockerfile:2: \"1b\" is not a stage name; expected a letter, then letters, digits, - _ and ."
        ),
        Refused(
            "FROM a AS b/c\n",
            "app/Dockerfile:1: \"b/c\" is not a stage name; expected a letter, then letters, digits, - _ and ."
        ),
        Refused(
            "FROM --from=b a\n",
            "app/Dockerfile:1: FROM with --from; expected --platform=PLATFORM alone, or no flag"
        ),
        Refused(
            "FROM --platform a\n",
            "app/Dockerfile:1: FROM with --platform; expected --platform=PLATFORM alone, or no flag"
        ),
        Refused(
            "FROM --platform=b --platform=b a\n",
            "app/Dockerfile:1: FROM with --platform --platform; expected --platform=PLATFORM alone, or no flag"
        ),
        Refused("# x\nRUN ls\nFROM a\n", "app/Dockerfile:2: RUN before the first FROM; expected FROM or ARG"),
        Refused("ONBUILD ARG a\nFROM a\n", "app/Dockerfile:1: ARG before the first FROM; expected FROM or ARG"),
        Refused("ARG\nFROM a\n", "app/Dockerfile:1: ARG without a name; expected ARG NAME or ARG NAME=VALUE"),
        Refused("ARG a =b\nFROM a\n", "app/Dockerfile:1: ARG with \"=b\"; expected a name before the ="),
        Refused(
            "FROM a\n\nRUM ls\n",
            "app/Dockerfile:3: unknown instruction \"RUM\"; expected FROM, RUN, COPY or another keyword"
        ),
        Refused("FROM a\nONBUILD\n", "app/Dockerfile:2: expected an instruction behind ONBUILD"),
        Refused(
            "FROM a\nONBUILD from b\n",
            "app/Dockerfile:2: FROM behind ONBUILD; expected an instruction that a later build can run"
        ),
        Refused(
            "FROM a\nONBUILD ONBUILD RUN b\n",
            "app/Dockerfile:2: ONBUILD behind ONBUILD; expected an instruction that a later build can run"
        ),
        Refused("FROM a\n\\\n\n", "app/Dockerfile:2: expected an instruction before the \\"),
        Refused(
            "FROM a\nRUN <<EOF\nls\n",
            "app/Dockerfile:2: the heredoc EOF does not end; expected a line with EOF alone"
        ),
        Refused(
            "FROM a\nCOPY <<a <<b /\na\nx",
            "app/Dockerfile:2: the heredoc b does not end; expected a line with b alone"
        ),
        Refused("# escape=x\nFROM a\n", "app/Dockerfile:1: the escape character \"x\"; expected \\ or `"),
        Refused("# escape= \nFROM a\n", "app/Dockerfile:1: the escape character \"\"; expected \\ or `"),
        Refused("#syntax=a\n#Syntax=a\nFROM a\n", "app/Dockerfile:2: a second syntax directive; expected one at most"),
        Refused(Array("FROM a\n# ".utf8) + [0xFF, 0x0A], "app/Dockerfile:2: bytes that are not UTF-8 text"),
        Refused(Array("FROM a".utf8) + [0xC3], "app/Dockerfile:1: bytes that are not UTF-8 text"),
    ])
    func nameFileLineAndProblem(file: Refused) {
        let error = #expect(throws: DockerfileError.self) {
            try Dockerfile(parsing: file.bytes, path: "app/Dockerfile")
        }
        #expect(error?.description == file.error)
    }

    /// A file cut off anywhere is read or refused, and what is read stands where it says.
    @Test(arguments: Sample.all)
    func cutOffFilesAreReadOrRefused(sample: Sample) {
        let bytes = Array(sample.text.utf8)
        for count in stride(from: 0, to: bytes.count, by: 13) {
            guard let dockerfile = try? Dockerfile(parsing: Array(bytes[..<count]), path: "cut") else { continue }
            for stage in dockerfile.stages {
                #expect(dockerfile.written(in: stage.base.range) == stage.base.text || !stage.base.isVerbatim)
                _ = try? dockerfile.baseImage(of: stage)
            }
        }
    }
}
