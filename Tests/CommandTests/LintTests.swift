import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat lint` without a registry: what it looks at, what it says, and how it ends.
@Suite struct LintTests {
    @Test func saysWhereAndWhatToDo() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "Dockerfile",
                "FROM golang:1.25 AS build\r\n\r\nFROM registry.example.com/platform/team/with-a-rather-long-name/base\r\n"
            )
            let result = try await checkout.tagboat("lint", "Dockerfile")
            #expect(
                result.standardOutput == """
                    Dockerfile:1:6: warning: the image golang:1.25 of a build stage has no digest
                        [unpinned-stage]
                      FROM golang:1.25 AS build
                           ^
                      hint: pin it with `tagboat lint --pin`
                    Dockerfile:3:6: error:
                        registry.example.com/platform/team/with-a-rather-long-name/base has neither
                        tag nor digest [no-tag]
                      FROM registry.example.com/platform/team/with-a-rather-long-name/base
                           ^
                      hint: write the tag of a release, as in
                            registry.example.com/platform/team/with-a-rather-long-name/base:VERSION
                    1 file: 1 error, 1 warning

                    """
            )
            #expect(result.exitCode == 1 && result.standardError.isEmpty)
        }
    }

    @Test func whatIsFineSaysSo() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("Dockerfile", "FROM scratch\n# tagboat: ignore=no-tag -- by bake\nFROM x\n")
            let result = try await checkout.tagboat("lint", "Dockerfile")
            #expect(result.standardOutput == "1 file: no finding (1 ignored)\n")
            #expect(result.exitCode == 0)
        }
    }

    @Test func warningsFailStrictRunsOnly() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("Dockerfile", "FROM alpine:3.22\n")
            #expect(try await checkout.tagboat("lint", "Dockerfile").exitCode == 0)
            #expect(try await checkout.tagboat("lint", "Dockerfile", "--strict").exitCode == 1)
            let environment = ["TAGBOAT_LINT_STRICT": "true"]
            #expect(try await checkout.tagboat("lint", "Dockerfile", environment: environment).exitCode == 1)
            _ = try checkout.folder.write("tagboat.yaml", "lint:\n  rules: { tag-without-digest: error }\n")
            #expect(try await checkout.tagboat("lint", "Dockerfile").exitCode == 1)
            _ = try checkout.folder.write("tagboat.yaml", "lint:\n  rules: { tag-without-digest: off }\n")
            let off = try await checkout.tagboat("lint", "Dockerfile", "--strict")
            #expect(off.exitCode == 0 && off.standardOutput == "1 file: no finding\n")
        }
    }

    @Test func theConfigurationSaysWhatIsAllowed() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                lint:
                  allow:
                    - alpine:3.*
                    - { registry: "*.example.com", repository: base/*, tag: [1.*, 2.*], digest: true }
                  required-labels: [org.opencontainers.image.vendor, org.opencontainers.image.version, team]
                labels: { team: web }
                """
            )
            _ = try checkout.folder.write(
                "Dockerfile",
                """
                ARG BASE=debian:13
                FROM a.example.com/base/x:1.5 AS x
                FROM alpine:3.22 AS y
                FROM $BASE
                """
            )
            let result = try await checkout.tagboat("lint", "Dockerfile", "--no-resolve", "--format", "github")
            let errors = result.standardOutput.lines.filter { $0.hasPrefix("::error") }
            #expect(
                errors == [
                    "::error file=Dockerfile,line=2,col=6,endLine=2,endColumn=30,title=image-not-allowed::"
                        + "a.example.com/base/x:1.5 is allowed with a digest only%0Apin it with `tagboat lint --pin`",
                    "::error file=Dockerfile,line=4,col=6,endLine=4,endColumn=11,title=image-not-allowed::"
                        + "debian:13 is not among the allowed images%0A"
                        + "choose one of docker.io/library/alpine:3.*, *.example.com/base/*:{1.*,2.*}@",
                    "::error file=Dockerfile,line=4,col=6,endLine=4,endColumn=11,title=missing-label::"
                        + "the image has no label org.opencontainers.image.vendor%0A"
                        + "set it with LABEL in this stage, or under `labels:` in tagboat.yaml",
                ]
            )
            let given = try await checkout.tagboat(
                "lint",
                "Dockerfile",
                "--build-arg",
                "BASE=alpine:3.1",
                "--allow",
                "*/*:*",
                "--require-label",
                "team"
            )
            #expect(given.exitCode == 0, "\(given.standardOutput)")
        }
    }

    @Test func findsWhatGitTracks() async throws {
        try await Checkout.with { checkout in
            let folder = checkout.folder
            for name in [
                "Dockerfile", "docker/Dockerfile.dev", "docker/dev.Dockerfile", "api/Containerfile", "api/b.dockerfile",
                "Dockerfile-alpine", "vendor/x/Dockerfile", "deep/node_modules/Dockerfile", "examples/one/Dockerfile",
            ] { _ = try folder.write(name, "# \(name)\nFROM scratch\n") }
            _ = try folder.write("Dockerfile.swift", "/// FROM scratch\n")
            _ = try folder.write("Dockerfile.dockerignore", "FROM x\n")
            _ = try folder.write("Dockerfile.tmpl", "FROM {{ .Base }}\n")
            _ = try folder.write("NotDockerfile", "FROM x\n")
            _ = try folder.write("tagboat.yaml", "lint: { exclude: [examples, vendor/*] }\n")
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending("link.Dockerfile").string,
                withDestinationPath: "Dockerfile"
            )
            try await checkout.commit("files")
            _ = try folder.write("untracked/Dockerfile", "FROM x\n")
            let found = try await paths(checkout)
            #expect(
                found == [
                    "Dockerfile", "Dockerfile-alpine", "api/Containerfile", "api/b.dockerfile",
                    "deep/node_modules/Dockerfile", "docker/Dockerfile.dev", "docker/dev.Dockerfile",
                ]
            )
            #expect(try await paths(checkout, "-C", "docker") == ["Dockerfile.dev", "dev.Dockerfile"])
            let none = try await checkout.tagboat("lint", "-C", "untracked")
            #expect(none.exitCode == 2 && none.standardError.contains("git tracks no Dockerfile here"))
        }
    }

    @Test func findsFilesWhereThereIsNoRepository() async throws {
        try await withTemporaryDirectory { root in
            let checkout = Checkout(root: root)
            for name in [
                "app/Dockerfile", "app/a/b.Dockerfile", "app/.hidden/Dockerfile", "app/node_modules/Dockerfile",
            ] {
                _ = try root.write(name, "FROM scratch\n")
            }
            #expect(try await paths(checkout) == ["Dockerfile", "a/b.Dockerfile"])
        }
    }

    private func paths(_ checkout: Checkout, _ more: String...) async throws -> [String] {
        let result = try await checkout.tagboat(["lint", "--no-resolve", "--format", "json"] + more)
        let document = try JSONDecoder().decode(Document.self, from: Data(result.standardOutput.utf8))
        return document.files.map(\.path)
    }

    private struct Document: Decodable {
        struct File: Decodable {
            struct Problem: Decodable {
                let line: Int?
                let problem: String
            }
            struct Image: Decodable, Equatable {
                let line: Int
                let role: String
                let repository: String
                let tag: String?
                let digest: String?
            }
            struct Finding: Decodable {
                let rule: String
                let severity: String
                let ignored: String?
                let endColumn: Int
            }
            let path: String
            let problem: Problem?
            let images: [Image]
            let findings: [Finding]
        }
        let schema: String
        let passed: Bool
        let errors: Int
        let warnings: Int
        let files: [File]
    }

    @Test func machinesReadJSON() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "Dockerfile",
                "FROM alpine:3.22 AS b\n# tagboat: ignore=no-tag -- bake\nFROM ctx\nCOPY --from=b --from=acme/x:1 / /\n"
            )
            _ = try checkout.folder.write("broken", "FROM a\n\nRUM b\n")
            let result = try await checkout.tagboat(
                "lint",
                "--format",
                "json",
                "Dockerfile",
                "broken",
                "absent",
                "Dockerfile"
            )
            let document = try JSONDecoder().decode(Document.self, from: Data(result.standardOutput.utf8))
            #expect(document.schema == "tagboat.lint/1" && !document.passed)
            #expect(document.errors == 0 && document.warnings == 2)
            #expect(document.files.map(\.path) == ["Dockerfile", "broken", "absent"])
            let file = document.files[0]
            #expect(
                file.images == [
                    .init(line: 1, role: "base", repository: "docker.io/library/alpine", tag: "3.22", digest: nil),
                    .init(line: 3, role: "base", repository: "docker.io/library/ctx", tag: nil, digest: nil),
                    .init(line: 4, role: "source", repository: "docker.io/acme/x", tag: "1", digest: nil),
                ]
            )
            #expect(file.findings.map(\.rule) == ["unpinned-stage", "no-tag", "unpinned-source"])
            #expect(file.findings.map(\.ignored) == [nil, "bake", nil])
            #expect(document.files[1].problem?.line == 3 && document.files[2].problem?.line == nil)
            #expect(result.exitCode == 2)
            #expect(
                result.standardError == """
                    error: broken:3: unknown instruction "RUM"; expected FROM, RUN, COPY or another keyword
                    error: absent: the file cannot be read
                    hint: correct the file, or name other files

                    """
            )
        }
    }

    @Test func standardInputIsAFile() async throws {
        try await Checkout.with { checkout in
            let result = try await run(
                Program.path,
                ["lint", "-"],
                in: checkout.folder,
                environment: checkout.environment([:]),
                input: Array("FROM a:1\nFROM b\n".utf8)
            )
            #expect(result.standardOutput.contains("stdin:2:6: error: b has neither tag nor digest [no-tag]\n"))
            #expect(result.exitCode == 1)
        }
    }

    @Test func strangersTextIsMadeHarmless() async throws {
        try await Checkout.with { checkout in
            let name = "a,b%:\u{1B}[2J.Dockerfile"
            _ = try checkout.folder.write(name, "FROM x\n# tagboat: ignore=\u{1B}[31m,b%:x -- y\n")
            for format in ["text", "json", "sarif", "github"] {
                let result = try await checkout.tagboat("lint", name, "--format", format)
                #expect(!result.standardOutput.contains("\u{1B}"), "\(format)")
            }
            let github = try await checkout.tagboat("lint", name, "--format", "github").standardOutput.lines
            #expect(github.first?.hasPrefix("::error file=a%2Cb%25%3A\\x1b[2J.Dockerfile,line=1,col=6,") == true)
            #expect(github.allSatisfy { $0.isEmpty || $0.hasPrefix("::") })
        }
    }

    @Test func pathsAreThoseOfTheRepository() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("app/sub/Dockerfile", "FROM x\n")
            let github = try await checkout.tagboat("lint", "-C", "app/sub", "Dockerfile", "--format", "github")
            #expect(github.standardOutput.hasPrefix("::error file=app/sub/Dockerfile,line=1,"))
            let text = try await checkout.tagboat("lint", "-C", "app/sub", "Dockerfile")
            #expect(text.standardOutput.hasPrefix("Dockerfile:1:6: error: x has"))
        }
    }

    @Test(arguments: [
        (["--update", "--no-resolve"], "--update and --pin have to ask registries"), (["--dry-run"], "--dry-run needs"),
        (["--pin", "-"], "standard input cannot be updated"), (["-", "-"], "- can stand once"),
        (["--allow", "a//b", "x"], "error: --allow: \"a//b\" is not a pattern of images"),
    ])
    func badUsageIsExplained(arguments: [String], words: String) async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat(["lint"] + arguments)
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains(words), "\(result.standardError)")
        }
    }

    @Test func configurationSlipsAreFound() async throws {
        try await Checkout.with { checkout in
            for (text, words) in [
                ("lint:\n  rules: { no-tags: off }\n", "tagboat.yaml:2:12: there is no key \"no-tags\""),
                ("lint:\n  rules: { no-tag: on }\n", "there is no severity \"on\""),
                ("lint:\n  allow: [\"a b\"]\n", "\"a b\" is not a pattern of images"),
                ("lint:\n  allow: [{ tags: 1 }]\n", "there is no key \"tags\""),
            ] {
                _ = try checkout.folder.write("tagboat.yaml", text)
                let result = try await checkout.tagboat("lint")
                #expect(result.exitCode == 2 && result.standardError.contains(words), "\(result.standardError)")
            }
        }
    }
}
