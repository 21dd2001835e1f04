import Dockerfile
import Testing

/// The images that a file names, the labels that it sets, its comments, and the places that they stand at.
@Suite struct ImageUseTests {
    @Test func allAreFoundInTheirOrder() throws {
        let dockerfile = try Dockerfile(
            "# syntax=f:1\nARG A=a:1 B\nFROM $A AS x\nFROM x\nCOPY --from=b:1 --from=x / /\nRUN --mount=from=c:1 --mount=from=x ls\nFROM $B\n"
        )
        let uses = dockerfile.imageUses()
        #expect(uses.map(\.role) == [.frontend, .base(stage: 0), .source, .source, .base(stage: 2)])
        #expect(uses.map { try? $0.reference.get() } == ["f:1", "a:1", "b:1", "c:1", nil])
        #expect(uses.map { dockerfile.written(in: $0.source.range) } == ["f:1", "$A", "b:1", "c:1", "$B"])
        #expect(
            dockerfile.imageUses(arguments: ["A": "x:2", "B": "y"]).map { try? $0.reference.get() } == [
                "f:1", "x:2", "b:1", "c:1", "y",
            ]
        )
    }

    @Test func theTargetsNameIsAVariable() throws {
        let dockerfile = try Dockerfile("FROM a:$TARGETSTAGE AS x\nFROM b")
        #expect(try dockerfile.imageUses().first?.reference.get() == "a:default")
        let target = dockerfile.stage(named: "x")
        #expect(try dockerfile.imageUses(target: target).first?.reference.get() == "a:x")
    }

    @Test(arguments: [
        ("FROM a AS x\nFROM x AS y\nFROM y", [2, 1, 0]), ("FROM a AS x\nFROM b\nFROM c", [2]),
        ("FROM a AS x\nARG V=x\nFROM $V", [1]), ("ARG V=x\nFROM a AS x\nFROM $V", [1, 0]),
        ("FROM a AS a\nFROM a", [1, 0]),
    ])
    func lineagesGoBack(text: String, indices: [Int]) throws {
        let dockerfile = try Dockerfile(text)
        let final = try #require(dockerfile.finalStage)
        #expect(dockerfile.lineage(of: final).map(\.index) == indices)
    }

    @Test(
        arguments: [
            ("LABEL a=1 b=\"2 3\"", ["a=1", "b=\"2 3\""]), ("LABEL a 1 2=3", ["a=1 2=3"]),
            ("LABEL \"a b\"=c", ["a b=c"]),
            ("LABEL a=\\\n  b=c", ["a=!", "b=c"]), ("LABEL a=\\\nb=c", ["a=b=c"]), ("LABEL a= b=''", ["a=!", "b=''!"]),
            ("label a=b\\ c", ["a=b\\ c"]),
            ("LABEL a=b=c", ["a=b=c"]), ("LABEL a", []), ("LABEL a$x=1", []), ("ONBUILD LABEL a=1", []),
            ("ENV a=1", []),
        ] as [(String, [String])]
    )
    func labelsAreRead(instruction: String, labels: [String]) throws {
        let dockerfile = try Dockerfile("FROM a\n\(instruction)\n")
        let stage = try #require(dockerfile.finalStage)
        #expect(dockerfile.labels(of: stage).map { "\($0.key)=\($0.value.text)\($0.isEmpty ? "!" : "")" } == labels)
    }

    @Test func labelsWithTheWindowsEscape() throws {
        let dockerfile = try Dockerfile("# escape=`\nFROM a\nLABEL a=C:\\ b=x` y `\n c=\"\\\"\n")
        let stage = try #require(dockerfile.finalStage)
        #expect(dockerfile.labels(of: stage).map(\.key) == ["a", "b", "c"])
    }

    @Test func commentsAreKept() throws {
        let dockerfile = try Dockerfile("# escape=`\r\n# a\nFROM x\nRUN a `\n  # b \n  c <<E\n# d\nE\n#e")
        #expect(dockerfile.comments.map(\.text) == ["# escape=`", "# a", "# b", "#e"])
        #expect(dockerfile.comments.map(\.line) == [1, 2, 5, 9])
    }

    @Test(
        arguments: [
            ("#!/x\n# syntax=a\nFROM b", "a"), ("#!/x\n# escape=`\n# syntax=a\nFROM b", "a"),
            ("# syntax=a b c\nFROM b", "a"),
            ("#!/x\n\n# syntax=a\nFROM b", nil), ("FROM b", nil), (" #!x\n# syntax=a\nFROM b", nil),
        ] as [(String, String?)]
    )
    func frontendsAreFound(text: String, frontend: String?) throws {
        #expect(try Dockerfile(text).frontend?.text == frontend)
    }

    @Test func behindAProgramsLineTheEscapeCharacterStays() throws {
        #expect(try Dockerfile("#!/x\n# escape=`\nFROM a\nRUN a \\\n b").instructions.count == 2)
    }

    @Test func placesAreCountedInCharacters() throws {
        let dockerfile = try Dockerfile("\u{FEFF}FROM a\r\n# é🚢x\nRUN x")
        let bytes = dockerfile.bytes
        let ship = try #require(bytes.firstIndex(of: 0xF0))
        #expect(dockerfile.place(of: 3) == dockerfile.place(of: 0))
        #expect("\(dockerfile.place(of: 3).line):\(dockerfile.place(of: 3).column)" == "1:1")
        #expect("\(dockerfile.place(of: ship).line):\(dockerfile.place(of: ship).column)" == "2:4")
        #expect("\(dockerfile.place(of: ship + 4).line):\(dockerfile.place(of: ship + 4).column)" == "2:5")
        #expect("\(dockerfile.place(of: bytes.count).line):\(dockerfile.place(of: bytes.count).column)" == "3:6")
        #expect((0...4).map { dockerfile.text(ofLine: $0) } == ["", "FROM a", "# é🚢x", "RUN x", ""])
    }
}
