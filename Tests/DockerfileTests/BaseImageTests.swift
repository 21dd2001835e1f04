import Dockerfile
import Testing

@Suite struct BaseImageTests {
    @Test(arguments: Sample.all)
    func isFoundForTheFinalStage(sample: Sample) throws {
        let dockerfile = try Dockerfile(sample.text)
        let stage = try #require(dockerfile.finalStage)
        let image = try dockerfile.baseImage(of: stage)
        #expect(image?.reference == sample.base)
        #expect(image?.platform == sample.platform)
        #expect(dockerfile.stages.map { $0.name ?? "" } == sample.stages)
        #expect(try sample.image(ofStage: "build") == sample.buildBase)
    }

    struct Given: Sendable {
        let rule: Comment
        let text: String
        var arguments: [String: String] = [:]
        let base: String?
        var platform: String?
    }

    @Test(arguments: [
        Given(rule: "a default", text: "ARG T=1\nFROM a:$T", base: "a:1"),
        Given(rule: "a build argument wins", text: "ARG T=1\nFROM a:$T", arguments: ["T": "2"], base: "a:2"),
        Given(rule: "an empty one too", text: "ARG T=1\nFROM a:1$T", arguments: ["T": ""], base: "a:1"),
        Given(rule: "no default", text: "ARG T\nFROM a:$T", arguments: ["T": "2"], base: "a:2"),
        Given(rule: "an empty default", text: "ARG T=\nFROM a$T", base: "a"),
        Given(rule: "quotes of a default go", text: "ARG T='1' U=\"2\"\nFROM a:$T$U", base: "a:12"),
        Given(rule: "a default that uses another", text: "ARG T=1\nARG I=a:$T\nFROM $I", base: "a:1"),
        Given(rule: "in one line too", text: "ARG T=1 I=a:${T}\nFROM $I", base: "a:1"),
        Given(rule: "the argument behind it", text: "ARG T=1\nARG I=a:$T\nFROM $I", arguments: ["T": "2"], base: "a:2"),
        Given(rule: "the last declaration", text: "ARG T=1\nARG T=2\nFROM a:$T", base: "a:2"),
        Given(rule: "one without default changes nothing", text: "ARG T=1\nARG T\nFROM a:$T", base: "a:1"),
        Given(rule: "an unused default may be wrong", text: "ARG X=$Y Z=${\nFROM a", base: "a"),
        Given(
            rule: "platform arguments by name",
            text: "FROM a:$TARGETARCH",
            arguments: ["TARGETARCH": "arm64"],
            base: "a:arm64"
        ),
        Given(rule: "platform arguments with a default", text: "ARG TARGETOS=linux\nFROM a:$TARGETOS", base: "a:linux"),
        Given(rule: "the target's name", text: "FROM a-$TARGETSTAGE AS x", base: "a-x"),
        Given(rule: "the target without name", text: "FROM a-$TARGETSTAGE", base: "a-default"),
        Given(rule: "scratch", text: "FROM scratch", base: nil),
        Given(rule: "scratch from an argument", text: "ARG B=scratch\nFROM $B", base: nil),
        Given(rule: "a stage called scratch", text: "FROM a AS scratch\nFROM scratch", base: "a"),
        Given(rule: "a stage", text: "FROM a AS b\nFROM b", base: "a"),
        Given(rule: "a stage in other letters", text: "FROM a AS Base\nFROM BASE", base: "a"),
        Given(rule: "stages on stages", text: "FROM a AS b\nFROM b AS c\nFROM c AS d\nFROM d", base: "a"),
        Given(rule: "a stage on scratch", text: "FROM scratch AS b\nFROM b", base: nil),
        Given(rule: "a stage from an argument", text: "ARG V=dev\nFROM a AS dev\nFROM b AS prod\nFROM $V", base: "a"),
        Given(
            rule: "a stage from a build argument",
            text: "ARG V=dev\nFROM a AS dev\nFROM b AS prod\nFROM $V",
            arguments: ["V": "prod"],
            base: "b"
        ),
        Given(rule: "an image of the stage's own name", text: "FROM a AS a", base: "a"),
        Given(rule: "a later stage does not count", text: "FROM b\nFROM a AS b\nFROM c AS d\nFROM d", base: "c"),
        Given(rule: "the last of equal names", text: "FROM a AS x\nFROM b AS x\nFROM x", base: "b"),
        Given(rule: "an equal name before", text: "FROM a AS x\nFROM x AS x\nFROM x", base: "a"),
        Given(rule: "a number is an image", text: "FROM a AS b\nFROM 0", base: "0"),
        Given(rule: "the platform", text: "FROM --platform=linux/arm64 a", base: "a", platform: "linux/arm64"),
        Given(
            rule: "a platform argument",
            text: "ARG P=linux/arm64\nFROM --platform=$P a",
            base: "a",
            platform: "linux/arm64"
        ),
        Given(rule: "an empty platform", text: "FROM --platform= a", base: "a"),
        Given(
            rule: "a platform that only the builder knows",
            text: "FROM --platform=linux/$BUILDARCH a",
            base: "a",
            platform: "linux/$BUILDARCH"
        ),
        Given(
            rule: "a platform of the caller",
            text: "FROM --platform=$BUILDPLATFORM a",
            arguments: ["BUILDPLATFORM": "linux/amd64"],
            base: "a",
            platform: "linux/amd64"
        ),
        Given(
            rule: "the platform of the stage that names the image",
            text: "FROM --platform=linux/arm64 a AS b\nFROM --platform=linux/amd64 b",
            base: "a",
            platform: "linux/arm64"
        ),
    ])
    func followsArgumentsAndStages(file: Given) throws {
        let dockerfile = try Dockerfile(file.text)
        let stage = try #require(dockerfile.finalStage)
        let image = try dockerfile.baseImage(of: stage, arguments: file.arguments)
        #expect(image?.reference == file.base, file.rule)
        #expect(image?.platform == file.platform, file.rule)
    }

    @Test func saysWhereTheImageStands() throws {
        let dockerfile = try Dockerfile("ARG T=1\nFROM a:$T AS base\n\nFROM base\n")
        let stage = try #require(dockerfile.finalStage)
        let image = try #require(try dockerfile.baseImage(of: stage))
        #expect(image.source.text == "a:$T")
        #expect(image.source.line == 2)
        #expect(dockerfile.written(in: image.source.range) == "a:$T")
    }

    @Test(arguments: [
        ("ARG T\nFROM a:$T", 2), ("ARG T=$U\n\nFROM a:$T", 1), ("FROM a:$T AS b\nFROM b", 1),
        ("FROM a AS b\nARG T=1\nFROM a:$T", 3), ("ARG I=a-$TARGETOS\nFROM $I", 1),
    ])
    func namesTheLineOfAMissingValue(text: String, line: Int) throws {
        let dockerfile = try Dockerfile(text)
        let stage = try #require(dockerfile.finalStage)
        let error = #expect(throws: DockerfileError.self) { try dockerfile.baseImage(of: stage) }
        #expect(error?.line == line)
        #expect(error?.path == "Dockerfile")
    }
}

extension Sample {
    /// The image of a stage; nil where there is no such stage, or it starts from scratch.
    fileprivate func image(ofStage name: String) throws -> String? {
        let dockerfile = try Dockerfile(text)
        return try dockerfile.stage(named: name).flatMap { try dockerfile.baseImage(of: $0)?.reference }
    }
}
