import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import tagboat

/// `tagboat check commit`: what it says, and what it leaves alone.
@Suite struct CheckCommitTests {
    @Test func aGoodMessagePassesSilently() async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat("check", "commit", "--message", "feat(ui): show thumbnails")
            #expect(result.exitCode == 0 && result.standardOutput.isEmpty && result.standardError.isEmpty)
        }
    }

    @Test func saysWhereAndWhatToDo() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.root.write("text", "# a\nfeat show thumbnails\n\nBreaking change: they are small\n")
            let result = try await checkout.tagboat("check", "commit", "../text")
            #expect(
                result.standardOutput == """
                    ../text:2:5: a colon is missing behind the type
                      feat show thumbnails
                          ^
                      hint: did you mean "feat: show thumbnails"?
                    ../text:4:1: this line does not tell of a breaking change
                      Breaking change: they are small
                      ^
                      hint: write "BREAKING CHANGE: " in capitals, with a colon and a space, and what
                            breaks

                    """
            )
            #expect(result.exitCode == 1 && result.standardError.isEmpty)
        }
    }

    @Test func readsStandardInput() async throws {
        try await Checkout.with { checkout in
            func check(_ text: String, _ more: String...) async throws -> CommandResult {
                try await run(
                    Program.path,
                    ["check", "commit", "-"] + more,
                    in: checkout.folder,
                    environment: checkout.environment([:]),
                    input: Array(text.utf8)
                )
            }
            #expect(try await check("fix: a\r\n\r\nb\r\n").exitCode == 0)
            let slip = try await check("fxi: a\n")
            #expect(slip.exitCode == 1)
            #expect(slip.standardOutput.hasPrefix("stdin:1:1: there is no type \"fxi\"\n  fxi: a\n  ^\n"))
            #expect(slip.standardOutput.contains("did you mean \"fix\"?"))
            // Here nothing is a comment unless one says so.
            #expect(try await check("# a\nfix: a\n").exitCode == 1)
            #expect(try await check("; a\nfix: a\n", "--comment-char", ";").exitCode == 0)
        }
    }

    /// Whatever the line holds, it stays within 80 columns and its mark under the place.
    @Test func marksThePlaceInLongAndWideLines() async throws {
        try await Checkout.with { checkout in
            func lines(_ message: String) async throws -> [String] {
                try await checkout.tagboat("check", "commit", "--message", message).standardOutput.lines
            }
            let wide = try await lines("feat(新しい): \u{1F600}\tx\n\nRelease-As: 新")
            #expect(wide[1] == "  Release-As: 新" && wide[2] == "              ^")
            let scope = try await lines("feat(新しい) x")
            #expect(scope[1] == "  feat(新しい) x" && scope[2] == "              ^")
            let long = try await lines("fix: " + String(repeating: "新", count: 200))
            #expect(long[1].hasPrefix("  …新") && long[1].hasSuffix("新…"))
            let columns = DisplayWidth.of(long[1])
            #expect((76...80).contains(columns))
            #expect(long[2].hasSuffix(" ^") && (30...50).contains(long[2].count))
            let harmless = try await lines("fix:\u{1B}[31mx")
            #expect(harmless[1] == "  fix:\\x1b[31mx" && harmless[2] == "      ^")
        }
    }

    @Test func writesJSON() async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat("check", "commit", "--message", "feet: a", "--format", "json")
            let document = try JSONDecoder().decode(Document.self, from: Data(result.standardOutput.utf8))
            let finding = Document.Finding(
                source: "message",
                commit: nil,
                rule: "type",
                line: 1,
                column: 1,
                text: "feet: a",
                problem: "there is no type \"feet\""
            )
            #expect(document.findings == [finding])
            #expect(document.schema == "tagboat.check/1" && !document.passed && document.checked == 1)
            #expect(result.standardOutput.contains("\"commit\" : null"))
            #expect(result.exitCode == 1)
        }
    }

    private struct Document: Decodable {
        let schema: String
        let passed: Bool
        let checked: Int
        let skipped: Int
        let findings: [Finding]

        struct Finding: Decodable, Equatable {
            let source: String
            let commit: String?
            let rule: String
            let line: Int
            let column: Int
            let text: String
            let problem: String
        }
    }

    @Test func checksARange() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v1")
            let slip = try await checkout.commit("feet: a", at: 2)
            try await checkout.git("checkout", "--quiet", "-b", "side")
            let fixup = try await checkout.commit("fixup! feet: a", at: 3)
            try await checkout.git("checkout", "--quiet", "main")
            try await checkout.commit("feat: b", at: 4)
            try await checkout.git("merge", "--quiet", "--no-ff", "-m", "merge it", "side", at: 5)
            try await checkout.git("revert", "--no-edit", "HEAD~1", at: 6)
            try await checkout.git("commit", "--quiet", "--allow-empty", "-m", "Bump", "--author", "bot[bot] <b@b>")
            let range = ["check", "commit", "--range", "v1..HEAD"]
            let result = try await checkout.tagboat(range)
            let places = result.standardOutput.lines.filter { $0.contains(":1:1: ") }
            #expect(
                places.map { String($0.prefix(7)) }.dropLast() == [String(slip.prefix(7)), String(fixup.prefix(7))]
            )
            #expect(result.standardOutput.hasSuffix("\n6 messages (1 passed over), 3 findings\n"))
            #expect(result.exitCode == 1)

            _ = try checkout.folder.write(
                "tagboat.yaml",
                "commits: { ignore-authors: '*[bot]', types: [feat, feet] }\n"
            )
            let json = try await checkout.tagboat(range + ["--format", "json"])
            let document = try JSONDecoder().decode(Document.self, from: Data(json.standardOutput.utf8))
            #expect(document.findings.map(\.commit) == [fixup] && document.findings.map(\.rule) == ["fixup"])
            #expect(document.checked == 5 && document.skipped == 2)
            #expect(try await checkout.tagboat("check", "commit", "--range", "HEAD~1..").exitCode == 0)
            let none = try await checkout.tagboat("check", "commit", "--range", "HEAD..HEAD")
            #expect(none.standardOutput == "0 messages, no finding\n" && none.exitCode == 0)
        }
    }

    @Test func aShallowCloneIsRefused() async throws {
        try await Checkout.with { checkout in
            for day in 2...4 { try await checkout.commit("fix: \(day)", at: day) }
            let base = try await checkout.git("rev-parse", "HEAD~3")
            try await checkout.git("clone", "--quiet", "--depth", "2", "file://\(checkout.folder)", "../shallow")
            let result = try await checkout.tagboat("check", "commit", "--range", "\(base)..HEAD", "-C", "../shallow")
            #expect(result.exitCode == 3 && result.standardOutput.isEmpty)
            #expect(result.standardError.contains("git fetch --unshallow"))
        }
    }

    @Test(arguments: [
        ([], "name one thing to check"), (["-", "--message", "x"], "name one thing to check"),
        (["--range", "HEAD"], "\"HEAD\" is not a range of commits"), (["--range", "..HEAD"], "is not a range"),
        (["--range", "HEAD...HEAD"], "names two sides"),
        (["--range", "nothing..HEAD"], "there is no commit \"nothing\""),
        (["--range", "0000000000000000000000000000000000000000..HEAD"], "the branch is new"),
        (["absent"], "absent cannot be read"), (["--message", "x", "--header-length", "-1"], "-1"),
        (["--message", "x", "--comment-char", ""], "--comment-char needs a character"),
    ])
    func mistakesAreUsage(arguments: [String], error: String) async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat(["check", "commit"] + arguments)
            #expect(result.exitCode == 2 && result.standardError.contains(error), "\(result)")
            #expect(result.standardOutput.isEmpty)
        }
    }

    @Test func theConfigurationSaysWhatIsInUse() async throws {
        try await Checkout.with { checkout in
            func rules(_ message: String, _ more: [String] = []) async throws -> [String] {
                let result = try await checkout.tagboat(
                    ["check", "commit", "--format", "json", "--message", message] + more,
                    environment: ["TAGBOAT_COMMITS_BODY_LENGTH": "10"]
                )
                return try JSONDecoder().decode(Document.self, from: Data(result.standardOutput.utf8)).findings.map(
                    \.rule
                )
            }
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "commits:\n  levels: { Deps: patch, fix(deps): none, \"*(core)\": minor }\n  scopes: [ui, api]\n"
                    + "  require-scope: true\n  header-length: 20\n"
            )
            #expect(try await rules("deps(ui): a") == [])
            #expect(try await rules("fix: a") == ["scope"])
            #expect(try await rules("fix(db): a") == ["scope"])
            #expect(try await rules("fix(db): a", ["--scope", "d*"]) == [])
            #expect(try await rules("fix(ui): 12345678901") == [])
            #expect(try await rules("fix(ui): 123456789012") == ["header-length"])
            #expect(try await rules("fix(ui): 123456789012", ["--header-length", "0"]) == [])
            #expect(try await rules("fix(ui): a\n\n123 56 89 1") == ["body-length"])
            #expect(try await rules("wip(ui): a", ["--type", "wip"]) == [])
            #expect(try await rules("fix(ui): a", ["--type", "wip"]) == ["type"])

            _ = try checkout.folder.write("tagboat.yaml", "commits:\n  levels: { fix: patch, \"a b\": minor }\n")
            let slip = try await checkout.tagboat("check", "commit", "--message", "fix: a")
            #expect(slip.exitCode == 2)
            #expect(slip.standardError.contains("tagboat.yaml:2:33: \"a b\" is not a type of commits"))
            _ = try checkout.folder.write("tagboat.yaml", "commits:\n  levels: { fix: pach }\n")
            let level = try await checkout.tagboat("check", "commit", "--message", "fix: a")
            #expect(level.standardError.contains("there is no level \"pach\"") && level.exitCode == 2)
        }
    }
}
