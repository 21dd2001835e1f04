import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat bump` with `version.files:`.
@Suite struct VersionFilesTests {
    private static let configuration = """
        version:
          files:
            - web/package.json
            - { path: crates/*/Cargo.toml }
            - { path: pyproject.toml, optional: true }
            - { path: install.sh, pattern: '^UI_VERSION="([^"]+)"$', count: 1 }
            - { path: values, kind: yaml, keys: image.tag }
        """

    private static let files = [
        "web/package.json": "{\r\n  \"version\": \"1.0.0\",\r\n  \"dependencies\": { \"a\": \"1.0.0\" }\r\n}",
        "crates/a/Cargo.toml": "[package]\nversion = \"1.0.0\" # 1.0.0\n[dependencies]\nb = \"1.0.0\"\n",
        "crates/b/Cargo.toml": "[package]\nversion = '1.0.0'\n",
        "install.sh": "UI_VERSION=\"1.0.0\"\necho 1.0.0\n",
        "values": "image:\n  tag: v1.0.0\n",
        "VERSION": "# 1.0.0\n1.0.0\n",
    ]

    private func withFiles(_ body: (Checkout) async throws -> Void) async throws {
        try await Checkout.with(version: nil) { checkout in
            for (name, text) in Self.files { try checkout.folder.write(name, text) }
            try checkout.folder.write("tagboat.yaml", Self.configuration)
            try await body(checkout)
        }
    }

    private func contents(_ checkout: Checkout) throws -> [String: String] {
        var contents: [String: String] = [:]
        for name in Self.files.keys { contents[name] = try checkout.folder.appending(name).readText() }
        return contents
    }

    private static func bumped(_ version: String) -> [String: String] {
        [
            "web/package.json": "{\r\n  \"version\": \"\(version)\",\r\n  \"dependencies\": { \"a\": \"1.0.0\" }\r\n}",
            "crates/a/Cargo.toml": "[package]\nversion = \"\(version)\" # 1.0.0\n[dependencies]\nb = \"1.0.0\"\n",
            "crates/b/Cargo.toml": "[package]\nversion = '\(version)'\n",
            "install.sh": "UI_VERSION=\"\(version)\"\necho 1.0.0\n",
            "values": "image:\n  tag: v\(version)\n",
            "VERSION": "# 1.0.0\n\(version)\n",
        ]
    }

    @Test func raisesTheVersionInEveryFile() async throws {
        try await withFiles { checkout in
            let result = try await checkout.tagboat("bump", "minor")
            #expect(result.standardOutput == "1.1.0\n" && result.standardError.isEmpty && result.exitCode == 0)
            #expect(try contents(checkout) == Self.bumped("1.1.0"))
            #expect(try await checkout.tagboat("bump", "patch").standardOutput == "1.1.1\n")
            #expect(try contents(checkout) == Self.bumped("1.1.1"))
        }
    }

    /// What a run that was killed has left is finished by the same run again.
    @Test func finishesWhatWasInterrupted() async throws {
        try await withFiles { checkout in
            for name in ["web/package.json", "crates/a/Cargo.toml"] {
                try checkout.folder.write(name, try #require(Self.bumped("1.1.0")[name]))
            }
            #expect(try await checkout.tagboat("bump", "minor").standardOutput == "1.1.0\n")
            #expect(try contents(checkout) == Self.bumped("1.1.0"))
        }
    }

    struct Stopped: Sendable {
        let name: String
        let content: String
        let error: String
        let exitCode: Int32
    }

    @Test(arguments: [
        Stopped(
            name: "crates/b/Cargo.toml",
            content: "[package]\nversion = '0.9.0'\n",
            error: "error: crates/b/Cargo.toml:2: package.version is 0.9.0, not 1.0.0\n",
            exitCode: 3
        ),
        Stopped(
            name: "values",
            content: "image:\n  name: 1.0.0\n",
            error: "error: values: no image.tag in it\n",
            exitCode: 2
        ),
        Stopped(
            name: "install.sh",
            content: "UI_VERSION=\"1.0.0\"\nUI_VERSION=\"1.0.0\"\n",
            error: "error: install.sh: the pattern matches 2 times, not 1 times\n",
            exitCode: 2
        ),
        Stopped(
            name: "web/package.json",
            content: "{\n\"version\": \"1.0.0\"",
            error: "error: web/package.json:2: expected a comma or the end of the object\n",
            exitCode: 2
        ),
    ])
    func anyProblemStopsItBeforeAnythingIsWritten(_ stopped: Stopped) async throws {
        try await withFiles { checkout in
            try checkout.folder.write(stopped.name, stopped.content)
            let before = try contents(checkout)
            let result = try await checkout.tagboat("bump", "minor")
            #expect(result.exitCode == stopped.exitCode && result.standardOutput.isEmpty)
            #expect(result.standardError.hasPrefix(stopped.error + "hint: "), "\(result.standardError)")
            #expect(try contents(checkout) == before)
        }
    }

    /// No file may grow: the first write fails as on a full disk, for the large file comes last.
    @Test func aFullDiskChangesNothing() async throws {
        try await withFiles { checkout in
            let large = "UI_VERSION=\"1.0.0\"\n" + String(repeating: "#\n", count: 40_000)
            try checkout.folder.write("install.sh", large)
            let before = try contents(checkout)
            // 64 blocks of 512 bytes.
            let script = "ulimit -f 64; trap '' XFSZ; exec \"$0\" bump minor"
            let result = try await run(
                "sh",
                ["-c", script, Program.path],
                in: checkout.folder,
                environment: checkout.environment([:])
            )
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("cannot be written: File too large"))
            #expect(try contents(checkout) == before)
            let left = try await run("find", [".", "-name", ".*.*", "-not", "-path", "./.git*"], in: checkout.folder)
            #expect(left.standardOutput.isEmpty)
        }
    }

    /// Killed between two files, each is whole, and the same run again finishes.
    @Test(.timeLimit(.minutes(3)))
    func beingKilledLeavesEveryFileWhole() async throws {
        try await Checkout.with(version: "1.0.0") { checkout in
            let count = 400
            let padding = String(repeating: " \n", count: 2000)
            func content(_ version: String) -> String { "{\"version\":\"\(version)\"}" + padding }
            for index in 0..<count { try checkout.folder.write("p/\(1000 + index)/package.json", content("1.0.0")) }
            try checkout.folder.write("tagboat.yaml", "version: { files: 'p/*/package.json' }\n")
            // Kills it as soon as the first file has its new content.
            let script = """
                "$0" bump minor & pid=$!
                while kill -0 $pid 2>/dev/null && ! grep -q 1.1.0 p/1000/package.json; do :; done
                kill -9 $pid; wait $pid
                """
            let killed = try await run(
                "sh",
                ["-c", script, Program.path],
                in: checkout.folder,
                environment: checkout.environment([:])
            )
            func written() throws -> Int {
                try (0..<count).count { index in
                    let text = try checkout.folder.appending("p/\(1000 + index)/package.json").readText()
                    #expect(text == content("1.0.0") || text == content("1.1.0"))
                    return text == content("1.1.0")
                }
            }
            // On a busy machine the signal may come too late; then everything must be done.
            let isDone = try checkout.folder.appending("VERSION").readText() == "1.1.0\n"
            #expect(isDone || killed.exitCode == 137)
            #expect(isDone ? try written() == count : try written() > 0)
            if !isDone { #expect(try await checkout.tagboat("bump", "minor").standardOutput == "1.1.0\n") }
            #expect(try written() == count)
        }
    }

    struct Mistake: Sendable {
        let files: String
        let error: String
    }

    @Test(arguments: [
        Mistake(files: "[release.txt]", error: "it is not known where the version stands in release.txt"),
        Mistake(files: "[{ path: a, kind: jsn }]", error: "there is no kind of file \"jsn\""),
        Mistake(files: "[{ path: a, pattern: 'v[0-9]+' }]", error: "no group in it says where the version stands"),
        Mistake(files: "[{ path: a, pattern: '(?=a)(b)' }]", error: "looking around is not possible"),
        Mistake(files: "[{ path: a, kind: regex }]", error: "the kind regex needs a `pattern:`"),
        Mistake(
            files: "[{ path: a.json, kind: json, pattern: '(a)' }]",
            error: "does not go together with the kind json"
        ),
        Mistake(files: "[{ path: a.toml }]", error: "keys: it must be said where the version stands in a.toml"),
        Mistake(files: "[{ path: VERSION, keys: a }]", error: "keys: the kind version has its version in one place"),
        Mistake(files: "[{ path: a.json, keys: '\"a' }]", error: "keys: the quotes of \"a do not match"),
        Mistake(files: "[{ path: a.json, keys: [a, a] }]", error: "keys: one is empty, or stands twice"),
        Mistake(files: "[{ path: a.json, count: 2 }]", error: "count: goes together with `pattern:` alone"),
        Mistake(files: "[{ path: a, pattern: '(a)', count: 0 }]", error: "count: write a number from 1 to 1000"),
        Mistake(files: "[{ kind: json }]", error: "a file that carries the version needs a path"),
        Mistake(files: "[{ file: a.json }]", error: "there is no key \"file\""),
    ])
    func mistakesAreToldWithTheirPlace(_ mistake: Mistake) async throws {
        try await Checkout.with { checkout in
            try checkout.folder.write("tagboat.yaml", "version:\n  files: \(mistake.files)\n")
            let result = try await checkout.tagboat("config", "check")
            #expect(result.exitCode == 2)
            #expect(result.standardError.hasPrefix("error: tagboat.yaml:2:"), "\(result.standardError)")
            #expect(result.standardError.contains(mistake.error), "\(result.standardError)")
            #expect(result.standardError.contains("\nhint: "), "\(result.standardError)")
        }
    }

    @Test func theEnvironmentNamesFilesToo() async throws {
        try await Checkout.with { checkout in
            try checkout.folder.write("package.json", "{\"version\":\"2.1.106\"}")
            let environment = ["TAGBOAT_VERSION_FILES": "package.json"]
            #expect(try await checkout.tagboat("bump", "patch", environment: environment).exitCode == 0)
            #expect(try checkout.folder.appending("package.json").readText() == "{\"version\":\"2.1.107\"}")
        }
    }

    @Test func theCommitHasThemAll() async throws {
        try await withFiles { checkout in
            try await checkout.commit("files", at: 2)
            try await checkout.tagboat("bump", "minor", "--commit").requireSuccess()
            let shown = try await checkout.git("show", "--format=", "--name-only", "HEAD").lines
            #expect(shown == Self.files.keys.sorted())
            #expect(try await checkout.git("status", "--porcelain").isEmpty)
        }
    }
}
