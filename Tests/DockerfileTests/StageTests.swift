import Dockerfile
import Testing

@Suite struct StageTests {
    @Test func areReadInOrder() throws {
        let dockerfile = try Dockerfile(
            """
            ARG TAG=1
            from golang:${TAG} as Build-1.x
            RUN go build
            FROM --platform=linux/arm64 alpine
            COPY --from=build-1.x /a /b
            USER 1
            FROM scratch AS last
            """
        )
        #expect(dockerfile.stages.map(\.index) == [0, 1, 2])
        #expect(dockerfile.stages.map(\.name) == ["build-1.x", nil, "last"])
        #expect(dockerfile.stages.map(\.base.text) == ["golang:${TAG}", "alpine", "scratch"])
        #expect(dockerfile.stages.map(\.base.line) == [2, 4, 7])
        #expect(dockerfile.stages.map(\.platform?.text) == [nil, "linux/arm64", nil])
        #expect(dockerfile.stages.map(\.instructions) == [1..<3, 3..<6, 6..<7])
        #expect(dockerfile.finalStage?.index == 2)
        #expect(dockerfile.globalArguments.map(\.name) == ["TAG"])
    }

    @Test(
        arguments: [
            ("build", 0), ("BUILD", 0), ("test", 2), ("1", nil), ("alpine", nil), ("", nil),
        ] as [(String, Int?)]
    )
    func areFoundByName(target: String, index: Int?) throws {
        // A name may be given twice: then the last stage has it.
        let dockerfile = try Dockerfile("FROM a AS build\nFROM b AS test\nFROM c AS Test\nFROM d\n")
        #expect(dockerfile.stage(named: target)?.index == index)
    }

    struct Arguments: Sendable {
        let line: String
        let arguments: [String]
    }

    @Test(arguments: [
        Arguments(line: "ARG A", arguments: ["A"]),
        Arguments(line: "arg A=", arguments: ["A="]),
        Arguments(line: "ARG A=1 B C=3", arguments: ["A=1", "B", "C=3"]),
        Arguments(line: "ARG A='x y' B=\"x y\" C=x\\ y", arguments: ["A='x y'", "B=\"x y\"", "C=x\\ y"]),
        Arguments(line: "ARG A=\"x\\\" y\" B='\\' C", arguments: ["A=\"x\\\" y\"", "B='\\'", "C"]),
        Arguments(line: "ARG A=1 \\\n  # second\n  B=2=3", arguments: ["A=1", "B=2=3"]),
    ])
    func argumentsKeepTheirQuotes(file: Arguments) throws {
        let dockerfile = try Dockerfile("\(file.line)\nFROM a\nARG LATER=1\n")
        let found = dockerfile.globalArguments.map { $0.name + ($0.value.map { "=" + $0.text } ?? "") }
        #expect(found == file.arguments)
    }
}
