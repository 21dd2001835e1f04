import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat history`: what it tells of real repositories.
@Suite(.dockerRegistry(.open)) struct HistoryCommandTests {
    /// The releases of the README, with what `verify` saw of each moving tag after each of them.
    private func releaseAll(_ checkout: Checkout, to image: String) async throws -> [[String: String]] {
        var seen: [[String: String]] = []
        for (day, version) in ["2.1.106", "2.1.114", "2.2.11", "3.0.42", "2.1.115"].enumerated() {
            try await checkout.release(version, to: image, at: day + 1).requireSuccess()
            let lines = try await checkout.tagboat("verify", "--image", image).requireSuccess().standardOutput.lines
            let words = lines.map { $0.split(separator: " ").map(String.init) }.filter { $0.count == 3 && $0[1] == "ok" }
            seen.append(Dictionary(uniqueKeysWithValues: words.map { ($0[0], $0[2]) }))
        }
        return seen
    }

    private static let table = """
        release  created     2.1      2.2     2        3.0     3       latest
        2.1.106  2026-07-01  2.1.106  -       2.1.106  -       -       2.1.106
        2.1.114  2026-07-02  2.1.114  -       2.1.114  -       -       2.1.114
        2.2.11   2026-07-03  2.1.114  2.2.11  2.2.11   -       -       2.2.11
        3.0.42   2026-07-04  2.1.114  2.2.11  2.2.11   3.0.42  3.0.42  3.0.42
        2.1.115  2026-07-05  2.1.115  2.2.11  2.2.11   3.0.42  3.0.42  3.0.42
        today                2.1.115  2.2.11  2.2.11   3.0.42  3.0.42  3.0.42
        """

    /// What is worked out afterwards is what the registry held at the time; in an archive it is the same.
    @Test func aRegistrysPastIsAsItWas() async throws {
        let registry = try DockerRegistry.required()
        try await Checkout.with { checkout in
            let image = "\(registry.address)/history/story"
            let seen = try await releaseAll(checkout, to: image)
            let told = try await checkout.tagboat("history", image).requireSuccess()
            #expect(told.standardError.isEmpty)
            #expect(
                told.standardOutput == """
                    \(image): 5 releases, 6 moving tags

                    \(Self.table)

                    every moving tag holds today what the policy gives it

                    """
            )
            let json = try await checkout.tagboat("history", image, "--format", "json").requireSuccess()
            let document = try JSONDecoder().decode(History.self, from: Data(json.standardOutput.utf8))
            #expect(document.schema == "tagboat.history/1" && document.total == 5)
            #expect(document.releases.map(\.meanings) == seen)
            #expect(document.releases.map(\.backport) == [false, false, false, false, true])
            #expect(document.releases.last?.stayed.map(\.tag) == ["2", "latest"])
            #expect(document.releases.last?.moved.map(\.tag) == ["2.1"])
            for (location, file) in [("oci-archive:../a.tar", "a.tar"), ("oci:../layout", "layout")] {
                try await checkout.tagboat("copy", "--all-tags", image, location).requireSuccess()
                #expect(checkout.root.appending(file).exists)
                let copy = try await checkout.tagboat("history", location).requireSuccess().standardOutput
                #expect(copy == told.standardOutput.replacing(image, with: location))
            }
        }
    }

    private struct History: Decodable {
        struct Release: Decodable {
            let meanings: [String: String]
            let backport: Bool
            let moved: [Entry]
            let stayed: [Entry]
        }
        struct Entry: Decodable { let tag: String }
        let schema: String
        let total: Int
        let releases: [Release]
    }

    /// A layout of the README's releases, made by hand: no push is needed to see what is read.
    static func fill(_ layout: FilePath) throws {
        let releases = [
            "2.1.106", "2.1.114", "2.2.11 2.2 2", "3.0.42 3.0 3 latest", "2.1.115 2.1",
        ]
        for (day, tags) in releases.enumerated() {
            for tag in tags.split(separator: " ").map(String.init) {
                try ImageFixture.write(
                    to: layout,
                    name: tag,
                    labels: ["org.opencontainers.image.version": String(tags.prefix { $0 != " " })],
                    created: "2026-07-0\(day + 1)T09:30:00Z"
                )
            }
        }
    }

    @Test func whatATagMeantOnADay() async throws {
        try await Checkout.with { checkout in
            try Self.fill(checkout.build)
            let day = try await checkout.tagboat("history", "oci:../build", "--at", "2026-07-02", "--line", "2.*")
            #expect(
                try day.requireSuccess().standardOutput.replacing(/ [0-9a-f]{12} /, with: " DIGEST ") == """
                    oci:../build on 2026-07-02 (UTC), after 2.1.114 of 2026-07-02 09:30

                    tag  meant    since             digest        until
                    2.1  2.1.114  2026-07-02 09:30  DIGEST  2.1.115 of 2026-07-05
                    2.2  -        -                 -             2.2.11 of 2026-07-03

                    2.1 meant 2.1.106 until 09:30 of that day, then 2.1.114

                    """
            )
            let before = try await checkout.tagboat("history", "oci:../build", "--at", "2026-07-02T09:29:59Z")
            #expect(before.standardOutput.hasPrefix("oci:../build at 2026-07-02T09:29:59Z, after 2.1.106 of"))
            #expect(before.standardOutput.contains("\nlatest  2.1.106  2026-07-01 09:30  "))
            let none = try await checkout.tagboat("history", "oci:../build", "--at", "2026-06-30", "--line", "latest")
            #expect(none.standardOutput.contains("on 2026-06-30 (UTC): before the first release\n"))
            let json = try await checkout.tagboat(
                "history",
                "oci:../build",
                "--at",
                "2026-07-02",
                "--line",
                "2.1",
                "--format",
                "json"
            )
            let text = json.standardOutput
            #expect(text.contains("\"asked\" : \"2026-07-02\"") && text.contains("\"next\" : \"2.1.115\""))
            #expect(text.contains("\"to\" : \"2026-07-02T23:59:59Z\""))
            let table = try await checkout.tagboat(
                ["history", "oci:../build", "--at", "2026-07-04", "--line", "latest", "--format", "markdown"]
            )
            #expect(table.standardOutput.contains("| `latest` | 3.0.42 | 2026-07-04 09:30 | `sha256:"))
        }
    }

    @Test func partsOfIt() async throws {
        try await Checkout.with { checkout in
            try Self.fill(checkout.build)
            func lines(_ arguments: String...) async throws -> [String] {
                try await checkout.tagboat(["history", "oci:../build"] + arguments).requireSuccess()
                    .standardOutput.lines
            }
            let two = [
                "release  created     2.1      2       3.0     3       latest",
                "3.0.42   2026-07-04  2.1.114  2.2.11  3.0.42  3.0.42  3.0.42",
                "2.1.115  2026-07-05  2.1.115  2.2.11  3.0.42  3.0.42  3.0.42",
            ]
            #expect(try await lines("--limit", "2")[0] == "oci:../build: 2 of 5 releases, 5 moving tags")
            #expect(try await Array(lines("--limit", "2")[2...4]) == two)
            #expect(try await Array(lines("--since", "3.0.42")[2...4]) == two)
            #expect(try await Array(lines("--since", "2026-07-04")[2...4]) == two)
            #expect(
                try await Array(lines("--filter", "version=2.2", "--line", "la*")[2...3]) == [
                    "release  created     latest", "2.2.11   2026-07-03  2.2.11",
                ]
            )
            #expect(
                try await Array(lines("--filter", "size<1")[0...0]) == ["oci:../build: 0 of 5 releases, 0 moving tags"]
            )
            let markdown = try await lines("--format", "markdown")
            #expect(markdown[2] == "| release | created | `2.1` | `2.2` | `2` | `3.0` | `3` | `latest` |")
            #expect(
                markdown[8] == "| 2.1.115 | 2026-07-05 | **2.1.115** | 2.2.11 | 2.2.11 | 3.0.42 | 3.0.42 | 3.0.42 |"
            )
        }
    }

    /// The lines fit a terminal, whatever the number of tags; nothing is left out in silence.
    @Test func manyTagsFitTheTerminal() async throws {
        try await Checkout.with { checkout in
            for minor in 0..<24 {
                try ImageFixture.write(
                    to: checkout.build,
                    name: "1.\(minor).0",
                    labels: ["org.opencontainers.image.version": "1.\(minor).0"],
                    created: "2026-07-\(minor < 9 ? "0" : "")\(minor + 1)T09:30:00Z"
                )
            }
            let text = try await checkout.tagboat("history", "oci:../build").requireSuccess().standardOutput
            #expect(text.lines.allSatisfy { $0.count <= 80 }, "\(text)")
            #expect(text.lines[2] == "release  created     1.19    1.20    1.21    1.22    1.23    1       latest")
            #expect(text.contains("\n19 more tags that moved longer ago: 1.0, 1.1, 1.2, 1.3, 1.4, 1.5 …"))
            let wide = try await checkout.tagboat("history", "oci:../build", "--wide").standardOutput
            #expect(wide.lines[2].split(separator: " ").count == 28)
            #expect(!wide.contains("moved longer ago"))
        }
    }

    /// A yank, a hold, a line that is off, and a tag that somebody moved by hand.
    @Test func whatDiffersTodayIsSaid() async throws {
        try await Checkout.with { checkout in
            try Self.fill(checkout.build)
            try ImageFixture.write(to: checkout.build, name: "3.0", labels: ["a": "b"])
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "policy: { yank: [2.1.115], hold: { \"2\": 2.1.106 }, off: [\"2.2\"] }\n"
            )
            let text = try await checkout.tagboat("history", "oci:../build").requireSuccess().standardOutput
            // 2.1.115 kept its cells: nobody knows since when it is yanked.
            #expect(text.contains("\n2.1.115 !  2026-07-05  2.1.115  2.2.11  2.2.11 "))
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            for sentence in [
                "2.1: 2.1.115 is yanked, so the policy gives 2.1.114; it holds 2.1.115, and should hold 2.1.114",
                "2: the policy holds it on 2.1.106; its releases alone give 2.2.11; it holds 2.2.11, and should hold",
                "2.2: its line is off by the policy; it holds 2.2.11 all the same",
                "which is no release, and should hold 3.0.42",
                "! yanked since; what it held until then is shown: 2.1.115",
            ] {
                #expect(words.contains(sentence), "\(text)")
            }
            #expect(!words.contains("every moving tag holds today"))
        }
    }

    @Test func variantsAreToldApart() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "variants: [{ name: full, suffix: full, default: true }, slim]\n"
            )
            for (day, tag) in ["1.0.0", "1.0.0-slim", "1.1.0", "1.0.1", "1.0.1-slim"].enumerated() {
                try ImageFixture.write(to: checkout.build, name: tag, created: "2026-07-0\(day + 1)T09:30:00Z")
            }
            let slim = try await checkout.tagboat("history", "oci:../build", "--variant", "slim").requireSuccess()
            #expect(
                Array(slim.standardOutput.lines[2...4]) == [
                    "release  created     1.0-slim  1-slim  slim", "1.0.0    2026-07-01  1.0.0     1.0.0   1.0.0",
                    "1.0.1    2026-07-04  1.0.1     1.0.1   1.0.1",
                ]
            )
            let wrong = try await checkout.tagboat("history", "oci:../build", "--variant", "slam")
            #expect(wrong.exitCode == 2)
            #expect(wrong.standardError.hasPrefix("error: there is no variant \"slam\"\nhint: did you mean \"slim\"?"))
        }
    }

    @Test(arguments: [
        (["--at", "yesterday"], "error: --at: \"yesterday\" is not a date\n"),
        (["--at", "2026-07-01", "--limit", "2"], "error: --at tells of one moment; "),
        (["--at", "2026-07-01", "--format", "svg"], "error: --at is told as text, json or markdown\n"),
        (["--since", "soon"], "error: --since: \"soon\" is neither a date nor a version\n"),
        (["--since", "9.9.9"], "error: 9.9.9 is not among the releases of oci:../build\n"),
        (["--limit", "0"], "error: --limit must be 1 or more\n"),
        (["--jobs", "65"], "error: --jobs must be from 1 to 64\n"),
        (["--filter", "version"], "error: the filter \"version\" cannot be used"),
        (["--variant", "slim"], "error: the project has no variants\n"),
    ])
    func wrongOptions(_ arguments: [String], _ error: String) async throws {
        try await Checkout.with { checkout in
            try Self.fill(checkout.build)
            let result = try await checkout.tagboat(["history", "oci:../build"] + arguments)
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty)
            #expect(result.standardError.hasPrefix(error), "\(result.standardError)")
        }
    }

    @Test func whereThereIsNothing() async throws {
        try await Checkout.with { checkout in
            let none = try await checkout.tagboat("history", "oci:../none")
            #expect(none.exitCode == 0)
            #expect(none.standardOutput == "oci:../none: 0 releases, 0 moving tags\n")
            #expect(none.standardError == "oci:../none holds no releases\n")
            for format in ["json", "markdown", "svg", "html"] {
                try await checkout.tagboat("history", "oci:../none", "--format", format).requireSuccess()
            }
            #expect(try await checkout.tagboat("history").exitCode == 2)
        }
    }

    /// A file is written whole or not at all.
    @Test func aFile() async throws {
        try await Checkout.with { checkout in
            try Self.fill(checkout.build)
            let written = try await checkout.tagboat(["history", "oci:../build", "-o", "h.txt", "--color", "always"])
            #expect(written.exitCode == 0 && written.standardOutput.isEmpty)
            #expect(try checkout.folder.appending("h.txt").readText().contains(Self.table))
            let failed = try await checkout.tagboat("history", "oci:../build", "--output", "absent/h.txt")
            #expect(failed.exitCode == 5 && failed.standardError.hasPrefix("error: "))
        }
    }

    /// A thousand releases take a bounded number of requests, many of them at the same time.
    @Test func aThousandReleases() async throws {
        let config = #"{"created":"2026-07-01T09:30:00Z","os":"linux","architecture":"amd64"}"#
        let configDigest = Sha256.digest(of: config)
        let manifests = (0..<1000).map { number in
            let text = """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"\(configDigest)",\
                "size":\(config.utf8.count)},"layers":[],"annotations":{"n":"\(number)"}}
                """
            return (tag: "1.\(number / 40).\(number % 40)", text: text, digest: Sha256.digest(of: text))
        }
        let byName = Dictionary(
            manifests.flatMap { [($0.tag, $0), ($0.digest, $0)] },
            uniquingKeysWith: { first, _ in first }
        )
        let names = manifests.map { "\"\($0.tag)\"" }.joined(separator: ",")
        try await withTestServer { request in
            let item = request.path.split(separator: "/").last.map(String.init) ?? ""
            if request.path == "/v2/" { return TestResponse(200, json: "{}") }
            if item == "list" { return TestResponse(200, json: "{\"tags\":[\(names)]}") }
            if item == configDigest { return TestResponse(200, body: Array(config.utf8)) }
            guard let manifest = byName[item] else { return TestResponse(404, json: "{}") }
            // Slow enough that one after the other would take a minute.
            try? await Task.sleep(for: .milliseconds(30))
            return TestResponse(
                200,
                headers: [
                    "Content-Type": "application/vnd.oci.image.manifest.v1+json",
                    "Docker-Content-Digest": manifest.digest,
                ],
                body: Array(manifest.text.utf8)
            )
        } _: { server in
            try await Checkout.with { checkout in
                let result = try await checkout.tagboat(["history", "\(server.address)/a/b", "--limit", "1", "--verbose"])
                #expect(try result.requireSuccess().standardOutput.contains("1 of 1000 releases"))
                // A tag list, and HEAD, manifest and configuration of each.
                #expect(server.requests.count <= 3010)
                let trips = result.standardError.firstMatch(of: /round trips: (\d+)/).flatMap { Int($0.1) }
                #expect(try #require(trips) < 400, "\(result.standardError.lines.last ?? "")")
            }
        }
    }
}
