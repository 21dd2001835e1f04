import Dockerfile
import Testing

@Suite struct SourceTests {
    struct Case: Sendable {
        let line: String
        let sources: [String]
    }

    @Test(arguments: [
        Case(line: "COPY a b", sources: []),
        Case(line: "COPY --from=build /a /b", sources: ["build"]),
        Case(line: "copy --link --from=nginx:1.27 /a /b", sources: ["nginx:1.27"]),
        Case(line: "COPY --from=\"nginx:1.27\" /a /b", sources: ["nginx:1.27"]),
        Case(line: "COPY --from= /a /b", sources: []),
        Case(line: "COPY --chown=1 \\\n # why\n --from=build \\\n /a /b", sources: ["build"]),
        Case(line: "ONBUILD COPY --from=x:1 /a /b", sources: ["x:1"]),
        Case(line: "ADD --from=x a b", sources: []),
        Case(line: "RUN --mount=type=bind,from=x:1,target=/x ls", sources: ["x:1"]),
        Case(line: "RUN --mount=from=build,source=/a --mount=type=cache,target=/b,From=y ls", sources: ["build", "y"]),
        Case(line: "RUN --mount=type=secret,id=from ls --from=x", sources: []),
        Case(line: "RUN --mount=type=bind,from=x@sha256:0a,target=/x <<EOF\nls\nEOF", sources: ["x@sha256:0a"]),
    ])
    func areImagesAndStages(file: Case) throws {
        let dockerfile = try Dockerfile("FROM a\n\(file.line)\n")
        let sources = dockerfile.instructions.flatMap(\.sources)
        #expect(sources.map(\.text) == file.sources)
        #expect(sources.map { dockerfile.written(in: $0.range) } == file.sources)
    }

    @Test(
        arguments: [
            ("COPY --from=build", 0), ("COPY --from=BUILD", 0), ("COPY --from=1", 1), ("COPY --from=7", nil),
            ("COPY --from=alpine", nil), ("RUN --mount=from=build", 0), ("RUN --mount=from=1", nil),
        ] as [(String, Int?)]
    )
    func mayBeStages(instruction: String, index: Int?) throws {
        let dockerfile = try Dockerfile("FROM a AS build\nFROM b\nFROM c\n\(instruction) x y\n")
        let last = try #require(dockerfile.instructions.last)
        let source = try #require(last.sources.first)
        #expect(dockerfile.stage(providing: source, for: last)?.index == index)
    }
}
