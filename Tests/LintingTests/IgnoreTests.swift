import Dockerfile
import Linting
import Testing

/// Comments that let findings pass.
@Suite struct IgnoreTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var policy = LintPolicy()
        /// Line and rule of what is left.
        let open: [String]
        /// Line, rule and reason of what passed.
        var passed: [String] = []

        init(
            _ name: String,
            _ text: String,
            policy: LintPolicy = LintPolicy(),
            open: [String],
            passed: [String] = []
        ) {
            testDescription = name
            self.text = text
            self.policy = policy
            self.open = open
            self.passed = passed
        }
    }

    @Test(arguments: [
        Case(
            "the next instruction",
            "# tagboat: ignore=no-tag -- a context\nFROM a\nFROM b",
            open: ["3 no-tag"],
            passed: ["2 no-tag a context"]
        ),
        Case(
            "further comments may stand between",
            "# tagboat: ignore=no-tag -- x\n\n# why\nFROM a",
            open: [],
            passed: ["4 no-tag x"]
        ),
        Case(
            "several rules",
            "# tagboat: ignore=latest-tag, tag-without-digest -- x -- y\nFROM a:latest",
            open: [],
            passed: ["2 latest-tag x -- y", "2 tag-without-digest x -- y"]
        ),
        Case(
            "two comments",
            "# tagboat: ignore=latest-tag -- x\n# tagboat: ignore=tag-without-digest -- y\nFROM a:latest",
            open: [],
            passed: ["3 latest-tag x", "3 tag-without-digest y"]
        ),
        Case(
            "the whole file",
            "FROM a\nFROM b\n#tagboat:ignore-file=no-tag -- x",
            open: [],
            passed: ["1 no-tag x", "2 no-tag x"]
        ),
        Case(
            "the frontend, for the whole file",
            "# syntax=a/b:1\n# tagboat: ignore-file=unpinned-frontend -- x\nFROM scratch",
            open: [],
            passed: ["1 unpinned-frontend x"]
        ),
        Case(
            "within an instruction",
            "FROM scratch\nRUN --mount=from=a \\\n  # tagboat: ignore=no-tag -- x\n  --mount=from=b ls\nCOPY --from=c / /",
            open: ["5 no-tag"],
            passed: ["2 no-tag x", "4 no-tag x"]
        ),
        Case(
            "the label of a stage",
            "# tagboat: ignore=missing-label -- x\nFROM scratch",
            policy: LintPolicy(requiredLabels: ["a"]),
            open: [],
            passed: ["2 missing-label x"]
        ),
        Case("no reason", "# tagboat: ignore=no-tag\nFROM a", open: ["1 ignore-without-reason", "2 no-tag"]),
        Case("an empty reason", "# tagboat: ignore=no-tag -- \nFROM a", open: ["1 ignore-without-reason", "2 no-tag"]),
        Case(
            "a reason without dashes",
            "# tagboat: ignore=no-tag because\nFROM a",
            open: ["1 invalid-ignore", "2 no-tag"]
        ),
        Case("nothing to let pass", "# tagboat: ignore=no-tag -- x\nFROM scratch", open: ["1 unused-ignore"]),
        Case(
            "one of two unused",
            "# tagboat: ignore=no-tag,latest-tag -- x\nFROM a",
            open: ["1 unused-ignore"],
            passed: ["2 no-tag x"]
        ),
        Case("behind everything", "FROM a\n# tagboat: ignore=no-tag -- x\n", open: ["1 no-tag", "2 unused-ignore"]),
        Case(
            "a rule that is off has no findings",
            "# tagboat: ignore=no-tag -- x\nFROM a",
            policy: LintPolicy(severities: [.noTag: .off]),
            open: []
        ),
        Case("what registries say may come later", "# tagboat: ignore=tag-moved -- x\nFROM scratch", open: []),
        Case("an unknown rule", "# tagboat: ignore=no-tags -- x\nFROM a", open: ["1 invalid-ignore", "2 no-tag"]),
        Case("no rule", "# tagboat: ignore -- x\nFROM a", open: ["1 invalid-ignore", "2 no-tag"]),
        Case("an unknown order", "# tagboat: disable=no-tag -- x\nFROM a", open: ["1 invalid-ignore", "2 no-tag"]),
        Case(
            "rules about comments stay",
            "# tagboat: ignore=unused-ignore -- x\nFROM scratch",
            open: ["1 invalid-ignore"]
        ),
        Case("another tool's comment", "# hadolint ignore=DL3006\n# about tagboat: nothing\nFROM scratch", open: []),
        Case("text of a heredoc is no comment", "FROM scratch\nCOPY <<E /x\n# tagboat: ignore=x -- y\nE", open: []),
    ])
    func letFindingsPass(_ test: Case) throws {
        let findings = try LintedFile(test.text, policy: test.policy).findings()
        let open = findings.filter { $0.reason == nil }
        #expect(open.map { "\($0.start.line) \($0.rule.rawValue)" } == test.open)
        let passed = findings.filter { $0.reason != nil }
        #expect(passed.map { "\($0.start.line) \($0.rule.rawValue) \($0.reason ?? "")" } == test.passed)
    }
}
