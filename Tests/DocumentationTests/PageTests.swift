import Testing

/// The reader of pages, and that a page which is not true fails.
@Suite struct PageTests {
    /// A page, and what is found wrong in it.
    struct Untrue: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let failures: [String]
    }

    private static let pages: [Untrue] = [
        Untrue(
            testDescription: "true",
            text: """
                <!-- run
                repository 2.1.106
                -->
                ```console
                $ tagboat version --format json | grep '"version"'
                  "version" : "2.1.106"
                $ ls nowhere
                …
                $ echo $?
                2
                ```
                ```yaml
                images: [ghcr.io/acme/ui]
                ```
                """,
            failures: []
        ),
        Untrue(
            testDescription: "another output",
            text: "\n```console\n$ printf 'a\\nb\\n'\na\nc\n```\n",
            failures: ["page.md:3: $ printf 'a\\nb\\n'\nprints (+), the page says (-):\n  a\n- c\n+ b\n"]
        ),
        Untrue(
            testDescription: "output that is not shown",
            text: "```console\n$ echo a\n```\n",
            failures: ["page.md:2: $ echo a\nprints (+), the page says (-):\n+ a\n"]
        ),
        Untrue(
            testDescription: "a failure that is not shown",
            text: "```console\n$ false\n```\n",
            failures: ["page.md:2: $ false\nends with exit code 1; the page does not say so"]
        ),
        Untrue(
            testDescription: "a script that fails half-way",
            text: "```sh\necho a\nfalse\ntrue\n```\n```sh\ntrue\n```\n",
            failures: ["page.md:2: exit code 1 from\necho a\nfalse\ntrue\n\na\n", "page.md:7: not reached\n"]
        ),
        Untrue(
            testDescription: "a configuration that is not valid",
            text: "```yaml\nimagse: [a]\n```\n",
            failures: ["page.md:2: exit code 2 from\ntagboat config check --config \"$CONTENT\"\n…"]
        ),
        Untrue(
            testDescription: "a pipeline that fails",
            text: "<!-- pipeline .gitlab-ci.yml -->\n```yaml\nrelease:\n  script: [\"true\", exit 3]\n```\n",
            failures: ["page.md:3: exit code 3 from\nexit 3\n"]
        ),
    ]

    @Test(arguments: pages)
    func isFoundOut(_ page: Untrue) async throws {
        let found = try await Session(page: Page(path: "page.md", text: page.text), text: page.text).run()
        #expect(found.count == page.failures.count, "\(found)")
        for (failure, expected) in zip(found, page.failures) {
            let start = expected.prefix { $0 != "…" }
            #expect(failure.description.hasPrefix(start), "\(failure.description)")
            #expect(expected.contains("…") || failure.description == expected, "\(failure.description)")
        }
    }

    @Test func canBeCorrected() async throws {
        let text = "```console\n$ echo 'a\nb'\na\nc\nd\n$ echo e\n```\nend\n"
        let page = try Page(path: "page.md", text: text)
        let corrections = try await Session(page: page, text: text).run().compactMap(\.correction)
        #expect(
            Session.corrected(text, by: corrections)
                == "```console\n$ echo 'a\nb'\na\nb\n$ echo e\ne\n```\nend\n"
        )
    }

    /// `…` within a line, alone on a line, and what it does not stand for.
    @Test(arguments: [
        (["a … c"], ["a b b c"], true), (["a … c"], ["a c"], false), (["a…"], ["a"], false),
        (["a", "…", "d"], ["a", "b", "c", "d"], true), (["a", "…"], ["a"], false), (["…"], ["a", "b"], true),
        (["a"], ["a", "b"], false), ([], [], true), ([], ["a"], false), (["a … b … c"], ["a b b c c c"], true),
    ])
    func elides(shown: [String], printed: [String], matches: Bool) {
        #expect(Elision.matches(shown, printed) == matches)
    }

    @Test(arguments: [
        ("echo a", true), ("echo 'a", false), ("echo \"it's\"", true), ("echo a \\", false), ("a # don't", true),
        ("cat <<'EOF'\na", false), ("cat <<'EOF'\na\nEOF", true),
    ])
    func knowsWhereACommandEnds(command: String, isComplete: Bool) {
        #expect(Transcript.isComplete(command) == isComplete)
    }

    @Test func readsPipelines() throws {
        let github = """
            jobs:
              release:
                env: { TOKEN: "${{ secrets.GITHUB_TOKEN }}" }
                steps:
                  - uses: actions/checkout@v4
                  - run: |
                      one
                      two ${{ github.actor }}
            """
        #expect(
            try PipelineSteps.commands(of: github, file: "release.yml")
                == ["export TOKEN=\"${secrets_GITHUB_TOKEN}\"", "one\ntwo ${github_actor}"]
        )
        let jenkins = "environment { A = 'b' }\nsteps { sh 'one'; sh '''two\nthree''' }"
        #expect(
            try PipelineSteps.commands(of: jenkins, file: "Jenkinsfile") == ["export A='b'", "one", "two\nthree"]
        )
        #expect(throws: PageError.self) { try PipelineSteps.commands(of: "a: 1", file: "x.yml") }
    }

    @Test func makesAnchorsAsForgesDo() throws {
        let page = try Page(path: "page.md", text: "# A b\n## `tagboat x/1` – Y, z\n## A b\n### 0.1.0 [C](d)\n")
        #expect(LinkTests.anchors(of: page) == ["a-b", "tagboat-x1--y-z", "a-b-1", "010-c"])
    }
}
