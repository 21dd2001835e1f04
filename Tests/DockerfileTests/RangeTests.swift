import Dockerfile
import Testing

@Suite struct RangeTests {
    /// Every piece of text that the parser hands out stands in the file, byte by byte, where it says.
    @Test(arguments: Sample.all)
    func giveBackTheTextAsWritten(sample: Sample) throws {
        let dockerfile = try Dockerfile(sample.text)
        for text in dockerfile.everyText {
            let written = dockerfile.written(in: text.range)
            if text.isVerbatim {
                #expect(written == text.text)
            } else {
                #expect(written.contains { "\\`\"'".contains($0) }, "\(written)")
            }
            let before = dockerfile.bytes[..<text.range.lowerBound]
            #expect(text.line == 1 + before.count { $0 == UInt8(ascii: "\n") })
        }
    }

    @Test(arguments: Sample.all)
    func holdWithCRLFAndByteOrderMark(sample: Sample) throws {
        let windows =
            "\u{FEFF}"
            + sample.text.split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\r\n")
        let (unix, other) = (try Dockerfile(sample.text), try Dockerfile(windows))
        #expect(other.everyText.map(\.text) == unix.everyText.map(\.text))
        #expect(other.everyText.map(\.line) == unix.everyText.map(\.line))
        for text in other.everyText where text.isVerbatim {
            #expect(other.written(in: text.range) == text.text)
        }
    }

    struct Placed: Sendable {
        let line: String
        let text: String
        let written: String
    }

    /// Where something stands within the text, the range covers it; around the text it does not.
    @Test(arguments: [
        Placed(line: "FROM alpine:3", text: "alpine:3", written: "alpine:3"),
        Placed(line: "FROM\t alpine:3\t AS x", text: "alpine:3", written: "alpine:3"),
        Placed(line: "FROM --platform=\"a b\" \\\n  # é\n  alpine:3", text: "alpine:3", written: "alpine:3"),
        Placed(line: "FROM alp\\\nine:3 AS x", text: "alpine:3", written: "alp\\\nine:3"),
        Placed(line: "FROM ${A:-é}:3", text: "${A:-é}:3", written: "${A:-é}:3"),
        Placed(line: "FROM \"alpine:3\"", text: "\"alpine:3\"", written: "\"alpine:3\""),
    ])
    func coverTheImage(file: Placed) throws {
        let dockerfile = try Dockerfile("# é\n\(file.line)\nRUN ls\n")
        let base = try #require(dockerfile.finalStage?.base)
        #expect(base.text == file.text)
        #expect(dockerfile.written(in: base.range) == file.written)
        #expect(base.isVerbatim == (file.text == file.written))
    }

    @Test func emptyTextsHaveAPlace() throws {
        let dockerfile = try Dockerfile("FROM a\nCOPY --from= x y\nRUN\n")
        let value = try #require(dockerfile.instructions[1].flag("from"))
        #expect(value.isEmpty && value.range == 19..<19 && value.line == 2)
        let arguments = dockerfile.instructions[2].arguments
        #expect(arguments.isEmpty && arguments.range == 27..<27 && arguments.line == 3)
    }
}

extension Dockerfile {
    fileprivate var everyText: [SourceText] {
        directives.map(\.value) + stages.map(\.base) + stages.compactMap(\.platform)
            + globalArguments.compactMap(\.value) + instructions.map(\.arguments)
            + instructions.flatMap(\.flags).compactMap(\.value) + instructions.flatMap(\.sources)
    }
}
