import SystemPackage
import TestSupport
import Testing

/// Each mistake is one sentence, a hint and the documented exit code, and changes nothing.
@Suite struct BadInputTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let name: String
        let arguments: [String]
        var files: [String: String] = [:]
        var environment: [String: String] = [:]
        let exitCode: Int32
        /// What the message must hold.
        let error: String
        let hint: String
        var testDescription: String { name }
    }

    private static let push = ["push", "--from", "oci:../build:app", "--image", "oci:../target"]

    private static let mistakes = [
        Mistake(name: "unknown command", arguments: ["tgas"], exitCode: 2, error: "tgas", hint: "--help"),
        Mistake(name: "unknown option", arguments: ["tags", "--fast"], exitCode: 2, error: "--fast", hint: "--help"),
        Mistake(
            name: "both modes",
            arguments: ["tags", "--release", "--snapshot"],
            exitCode: 2,
            error: "--release and --snapshot exclude each other",
            hint: "--help"
        ),
        Mistake(
            name: "unknown key",
            arguments: push,
            files: ["tagboat.yaml": "mode: auto\nimage: [oci:x]\n"],
            exitCode: 2,
            error: "tagboat.yaml:2:1: there is no key \"image\"",
            hint: "did you mean \"images\"?"
        ),
        Mistake(
            name: "unknown inner key",
            arguments: push,
            files: ["tagboat.yaml": "registries:\n  r.io: { plain_http: true }\n"],
            exitCode: 2,
            error: "tagboat.yaml:2:11: there is no key \"plain_http\"",
            hint: "did you mean \"plain-http\"?"
        ),
        Mistake(
            name: "YAML syntax",
            arguments: push,
            files: ["tagboat.yaml": "mode: auto\nimages: [oci:x\n"],
            exitCode: 2,
            error: "tagboat.yaml:3:1: not valid YAML",
            hint: "docs/configuration.md"
        ),
        Mistake(
            name: "wrong type",
            arguments: push,
            files: ["tagboat.yaml": "mode: [a]\n"],
            exitCode: 2,
            error: "tagboat.yaml:1:7: expected a single value here",
            hint: ""
        ),
        Mistake(
            name: "a tag held on a yanked version",
            arguments: push,
            files: ["tagboat.yaml": "policy:\n  yank: [2.1.107]\n  hold: { latest: 2.1.107 }\n"],
            exitCode: 2,
            error: "tagboat.yaml:3:19: latest cannot be held on 2.1.107, which is yanked",
            hint: "hold it on another version, or take the version out of `yank:`"
        ),
        Mistake(
            name: "two default variants",
            arguments: push,
            files: ["tagboat.yaml": "variants: [{ name: a, default: true }, { name: b, default: true }]\n"],
            exitCode: 2,
            error: "more than one variant is the default",
            hint: "only one variant can hold the tags without a suffix"
        ),
        Mistake(
            name: "a rule line with a slip",
            arguments: push + ["--tag", "type=semvr,pattern={{version}}"],
            exitCode: 2,
            error: "--tag: Unknown tag type attribute: semvr",
            hint: "docs/tag-rules.md says what each rule may hold"
        ),
        Mistake(
            name: "missing value",
            arguments: push,
            files: ["tagboat.yaml": "labels: { a: b }\nmode:\n"],
            exitCode: 2,
            error: "tagboat.yaml:2:6: expected a single value here",
            hint: ""
        ),
        Mistake(
            name: "moving tags without evidence",
            arguments: push + ["--tags", "latest,sha"],
            exitCode: 2,
            error: "the tag rule \"latest\" needs the rule \"version\"",
            hint: "add version"
        ),
        Mistake(
            name: "environment",
            arguments: push,
            environment: ["TAGBOAT_MODE": "relase"],
            exitCode: 2,
            error: "TAGBOAT_MODE: there is no mode \"relase\"",
            hint: "did you mean \"release\"?"
        ),
        Mistake(
            name: "SOURCE_DATE_EPOCH",
            arguments: push,
            environment: ["SOURCE_DATE_EPOCH": "now"],
            exitCode: 2,
            error: "SOURCE_DATE_EPOCH: \"now\" is not a number of seconds",
            hint: "git log"
        ),
        Mistake(
            name: "missing configuration file",
            arguments: push + ["--config", "other.yaml"],
            exitCode: 2,
            error: "the configuration file other.yaml does not exist",
            hint: "--config"
        ),
        Mistake(
            name: "empty VERSION",
            arguments: push,
            files: ["VERSION": ""],
            exitCode: 2,
            error: "VERSION: no version in it",
            hint: "2.1.106"
        ),
        Mistake(
            name: "broken VERSION",
            arguments: push,
            files: ["VERSION": "# x\n2.01.0\n"],
            exitCode: 2,
            error: "VERSION:2: \"2.01.0\" is not a semantic version: the minor number \"01\" has a leading zero",
            hint: "2.1.106"
        ),
        Mistake(
            name: "no VERSION",
            arguments: push + ["--version-file", "NONE"],
            exitCode: 2,
            error: "the file NONE does not exist",
            hint: "give the version with --version 1.2.3, or make the file with `tagboat bump minor`"
        ),
        Mistake(
            name: "a version too long for a tag",
            arguments: push + ["--version", "1.0.0-" + String(repeating: "a", count: 130)],
            exitCode: 2,
            error: "is not a legal image tag",
            hint: "change the version"
        ),
        Mistake(
            name: "a label with a line end",
            arguments: ["labels"],
            files: ["tagboat.yaml": "labels: { x: \"a\\nb\" }\n"],
            exitCode: 2,
            error: "the label \"x\" cannot be written: the value holds the control character U+A",
            hint: "labels:"
        ),
        Mistake(
            name: "no such image",
            arguments: ["push", "--from", "oci:../build:other", "--image", "oci:../target"],
            exitCode: 5,
            error: "oci:../build holds no image named \"other\"",
            hint: "app"
        ),
        Mistake(
            name: "no such layout",
            arguments: ["push", "--from", "oci:../none", "--image", "oci:../target"],
            exitCode: 5,
            error: "../none is not an OCI image layout",
            hint: "skopeo copy"
        ),
        Mistake(
            name: "unreachable",
            arguments: ["push", "--from", "oci:../build:app", "--image", "127.0.0.1:1/x"],
            exitCode: 5,
            error: "127.0.0.1:1 cannot be reached: connection refused",
            hint: "check the address"
        ),
        Mistake(
            name: "a repository with a tag",
            arguments: ["push", "--from", "oci:../build:app", "--image", "r.io/ui:1"],
            exitCode: 2,
            error: "\"r.io/ui:1\" is not valid: a repository is named without tag",
            hint: "ghcr.io/acme/gallery-ui"
        ),
        Mistake(
            name: "the same repository twice",
            arguments: push + ["--image", "oci:../target"],
            exitCode: 2,
            error: "a repository is named twice",
            hint: "once"
        ),
        Mistake(
            name: "missing folder",
            arguments: ["tags", "-C", "none"],
            exitCode: 2,
            error: "the folder none cannot be entered: No such file or directory",
            hint: "-C"
        ),
        Mistake(
            name: "broken credential file",
            arguments: ["push", "--from", "oci:../build:app", "--image", "127.0.0.1:1/x", "--authfile", "auth.json"],
            files: ["auth.json": "{\"auths\": secret"],
            exitCode: 2,
            error: "the credential file auth.json is not of docker's or podman's format",
            hint: "docker login"
        ),
    ]

    @Test(arguments: mistakes)
    func isExplained(mistake: Mistake) async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            for (name, content) in mistake.files { _ = try checkout.folder.write(name, content) }
            let before = try await run("find", [checkout.root.string, "-type", "f"]).standardOutput
            let result = try await checkout.tagboat(
                mistake.arguments,
                environment: mistake.environment.mapValues(Optional.some)
            )
            #expect(result.exitCode == mistake.exitCode, "\(result.standardError)")
            #expect(result.standardOutput.isEmpty)
            let lines = result.standardError.lines.filter { !$0.isEmpty }
            #expect(lines.first?.hasPrefix("error: ") == true && lines.count <= 2)
            #expect(lines.first?.contains(mistake.error) == true, "\(result.standardError)")
            if !mistake.hint.isEmpty {
                #expect(lines.last?.hasPrefix("hint: ") == true)
                #expect(lines.last?.contains(mistake.hint) == true, "\(result.standardError)")
            }
            #expect(!result.standardError.contains("secret"))
            let after = try await run("find", [checkout.root.string, "-type", "f"]).standardOutput
            #expect(after == before)
        }
    }

    /// Registries that answer what they should not: the command line's side of it.
    @Test(arguments: [
        ("a web page", TestResponse(200, headers: ["Content-Type": "text/html"], body: Array("<html>".utf8))),
        ("not a tag list", TestResponse(200, json: "{\"tags\": [\"a\"")),
        ("closed the connection", TestResponse(200, json: "{\"tags\":").cutShort),
    ])
    func aBrokenRegistryIsExplained(error: String, answer: TestResponse) async throws {
        try await withTestServer { request in
            request.path == "/v2/" ? TestResponse(200, json: "{}") : answer
        } _: { server in
            try await Checkout.with { checkout in
                try await checkout.makeImage()
                let result = try await checkout.tagboat(
                    "push",
                    "--from",
                    "oci:../build:app",
                    "--image",
                    "\(server.address)/acme/ui"
                )
                #expect(result.exitCode == 5)
                #expect(result.standardError.contains(error), "\(result.standardError)")
                #expect(result.standardError.contains("\nhint: "))
            }
            #expect(server.requests.map(\.method).contains("PUT") == false)
        }
    }

    @Test func aRepositoryOfAnotherKindIsExplained() async throws {
        try await withTemporaryDirectory { root in
            let folder = try root.makeDirectory("app")
            try await run("git", ["init", "--quiet", "--object-format=sha256"], in: folder).requireSuccess()
            let result = try await run(Program.path, ["tags", "--version", "1.0.0"], in: folder)
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("uses SHA-256 object names"))
            #expect(result.standardError.contains("\nhint: "))
        }
    }
}

extension TestResponse {
    /// The same response, breaking off.
    fileprivate var cutShort: TestResponse {
        var response = self
        response.ending = .truncated(missing: 10)
        return response
    }
}
