import Dockerfile
import Linting
import OCI
import Testing

/// Each rule: what it finds, where, and what it lets be.
@Suite struct RuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var policy = LintPolicy()
        var answers: [String: TagAnswer] = [:]
        /// `LINE:COLUMN-ENDCOLUMN RULE`.
        let findings: [String]

        init(
            _ name: String,
            _ text: String,
            policy: LintPolicy = LintPolicy(),
            answers: [String: TagAnswer] = [:],
            findings: [String]
        ) {
            testDescription = name
            self.text = text
            self.policy = policy
            self.answers = answers
            self.findings = findings
        }
    }

    private static let a = "\(digest("a"))"
    private static let pinned = "FROM alpine:3@\(a)"

    private static func allow(_ patterns: String..., arguments: [String: String] = [:]) -> LintPolicy {
        LintPolicy(allowed: patterns.compactMap { ImagePattern($0) }, arguments: arguments)
    }

    @Test(arguments: [
        Case("pinned", pinned, findings: []),
        Case("neither tag nor digest", "FROM alpine", findings: ["1:6-12 no-tag"]),
        Case("latest", "FROM alpine:latest", findings: ["1:6-19 latest-tag", "1:6-19 tag-without-digest"]),
        Case("latest with a digest", "FROM alpine:latest@\(a)", findings: []),
        Case("a tag that only begins so", "FROM alpine:latest-1@\(a)", findings: []),
        Case("digest without tag", "FROM alpine@\(a)", findings: ["1:6-84 digest-without-tag"]),
        Case("scratch", "FROM scratch\nCOPY --from=scratch / /", findings: []),
        Case("a stage", "\(pinned) AS b\nFROM b\nCOPY --from=b / /\nRUN --mount=from=b x", findings: []),
        Case(
            "the base of a target is the final one",
            "FROM a:1 AS x\nFROM b:1",
            policy: LintPolicy(target: "X"),
            findings: ["1:6-9 tag-without-digest", "2:6-9 unpinned-stage"]
        ),
        Case(
            "a target that the file lacks",
            "FROM a:1 AS x\nFROM b:1",
            policy: LintPolicy(target: "y"),
            findings: ["1:6-9 unpinned-stage", "2:6-9 tag-without-digest"]
        ),
        Case(
            "the base of a base",
            "FROM a:1 AS x\nFROM x AS y\nFROM b:1\nFROM y",
            findings: ["1:6-9 tag-without-digest", "3:6-9 unpinned-stage"]
        ),
        Case(
            "columns are characters",
            "\(pinned)\nRUN --mount=target=/ä,from=b:1 x",
            findings: ["2:28-31 unpinned-source"]
        ),
        Case("behind a continuation", "FROM \\\n  # here\n  a:1 \\\n AS x", findings: ["3:3-6 tag-without-digest"]),
        Case("within a continuation", "FROM al\\\npine:1", findings: ["1:6-7 tag-without-digest"]),
        Case("behind a mark", "\u{FEFF}FROM a:1", findings: ["1:6-9 tag-without-digest"]),
        Case("the frontend", "# syntax = docker/dockerfile:1 x=y\n\(pinned)", findings: ["1:12-31 unpinned-frontend"]),
        Case("a frontend without tag", "#syntax=x/y\n\(pinned)", findings: ["1:9-12 no-tag"]),
        Case("a frontend behind #!", "#!/bin/x\n# syntax=x/y:1\n\(pinned)", findings: ["2:10-15 unpinned-frontend"]),
        Case("ADD takes from no image", "\(pinned)\nADD --from=b:1 / /", findings: []),
        Case("an image by argument", "ARG T=1\nFROM a:$T", findings: ["2:6-10 tag-without-digest"]),
        Case("a build argument", "ARG T=1\nFROM a:$T", policy: LintPolicy(arguments: ["T": "1@\(a)"]), findings: []),
        Case("no value", "FROM a:$T", findings: ["1:6-10 unresolved-reference"]),
        Case("a default in place", "FROM a:${T:-1}", findings: ["1:6-15 tag-without-digest"]),
        Case("a piece of a value", "ARG V=1.2.3\nFROM a:${V%.*}${X:+y}", findings: ["2:6-22 tag-without-digest"]),
        Case("a variable of a stage", "\(pinned)\nARG T=1\nFROM a:$T", findings: ["3:6-10 unresolved-reference"]),
        Case("no image", "FROM Alpine:1", findings: ["1:6-14 invalid-reference"]),
        Case("half a digest", "FROM a:1@sha256:00", findings: ["1:6-19 invalid-reference"]),
        Case("a variable in COPY", "ARG S=x\n\(pinned)\nCOPY --from=$S / /", findings: ["3:13-15 invalid-reference"]),
        Case("a variable in a mount", "\(pinned)\nRUN --mount=from=b:${X} x", findings: ["2:18-24 invalid-reference"]),
        Case("a stage by a number too high", "\(pinned)\nCOPY --from=1 / /", findings: ["2:13-14 invalid-reference"]),
        // The list of images.
        Case("allowed", "FROM alpine:3.22@\(a)", policy: allow("alpine:3.*"), findings: []),
        Case(
            "another image",
            "FROM alpine:3@\(a)",
            policy: allow("ghcr.io/acme/*", "debian"),
            findings: ["1:6-86 image-not-allowed"]
        ),
        Case("another tag", "FROM alpine:2@\(a)", policy: allow("alpine:3.*"), findings: ["1:6-86 image-not-allowed"]),
        Case(
            "without the digest",
            "FROM alpine:3",
            policy: allow("alpine:3@"),
            findings: ["1:6-14 image-not-allowed", "1:6-14 tag-without-digest"]
        ),
        Case(
            "sources and frontends are images",
            "# syntax=d/d:1@\(a)\n\(pinned)\nCOPY --from=b:1@\(a) / /",
            policy: allow("alpine"),
            findings: ["1:10-87 image-not-allowed", "3:13-88 image-not-allowed"]
        ),
        Case(
            "an image by argument is judged by its value",
            "ARG R=evil.example.com/\nFROM ${R}alpine:3@\(a)",
            policy: allow("alpine"),
            findings: ["2:6-90 image-not-allowed"]
        ),
        Case(
            "the argument given counts",
            "ARG R=evil.example.com/\nFROM ${R}alpine:3@\(a)",
            policy: allow("alpine", arguments: ["R": ""]),
            findings: []
        ),
        // What registries say.
        Case("not moved", pinned, answers: ["alpine:3": .holds(digest("a"), members: [])], findings: []),
        Case("moved", pinned, answers: ["alpine:3": .holds(digest("b"), members: [])], findings: ["1:6-86 tag-moved"]),
        Case(
            "one platform of it",
            pinned,
            answers: ["alpine:3": .holds(digest("b"), members: [digest("a")])],
            findings: []
        ),
        Case(
            "another platform of it",
            pinned,
            answers: ["alpine:3": .holds(digest("b"), members: [digest("c")])],
            findings: ["1:6-86 tag-moved"]
        ),
        Case("gone", pinned, answers: ["alpine:3": .missing], findings: ["1:6-86 tag-missing"]),
        Case("silent", pinned, answers: ["alpine:3": .unread("no")], findings: ["1:6-86 tag-unread"]),
        Case("another tag's answer", pinned, answers: ["alpine:4": .missing], findings: []),
        Case(
            "a tag without digest cannot have moved",
            "FROM a:1",
            answers: ["a:1": .holds(digest("b"), members: [])],
            findings: ["1:6-9 tag-without-digest"]
        ),
    ])
    func finds(_ test: Case) throws {
        let file = try LintedFile(test.text, policy: test.policy)
        let found = file.findings(tags: try answers(test.answers))
        #expect(
            found.map { "\($0.start.line):\($0.start.column)-\($0.end.column) \($0.rule.rawValue)" } == test.findings
        )
        for finding in found {
            #expect(!finding.problem.isEmpty && !finding.problem.hasSuffix("."))
            #expect(!finding.hint.isEmpty && !finding.hint.hasSuffix("."))
            #expect(finding.severity == finding.rule.defaultSeverity)
            #expect(finding.range.upperBound <= file.dockerfile.bytes.count)
        }
    }

    struct Labels: Sendable {
        let rule: Comment
        let text: String
        var provided: Set<String> = []
        let missing: [String]
    }

    @Test(arguments: [
        Labels(rule: "none", text: "FROM a", missing: ["1:6 a", "1:6 b"]),
        Labels(rule: "both in one", text: "FROM a\nLABEL a=1 b=2", missing: []),
        Labels(rule: "the old form", text: "FROM a\nLABEL a b c", missing: ["1:6 b"]),
        Labels(rule: "quoted keys", text: "FROM a\nLABEL \"a\"=\"x y\" \\\n  'b'=1", missing: []),
        Labels(rule: "a value with a variable", text: "FROM a\nLABEL a=$X b=${Y:-}", missing: []),
        Labels(rule: "a key with a variable is none", text: "FROM a\nLABEL $X=1 b=1", missing: ["1:6 a"]),
        Labels(rule: "empty", text: "FROM a\nLABEL a=\"\" b=1", missing: ["2:9 a"]),
        Labels(rule: "the last one counts", text: "FROM a\nLABEL a=1 b=1\nLABEL a=''", missing: ["3:9 a"]),
        Labels(rule: "empty first", text: "FROM a\nLABEL a='' b=1\nLABEL a=1", missing: []),
        Labels(rule: "in a parent", text: "FROM a AS x\nLABEL a=1\nFROM x\nLABEL b=1", missing: []),
        Labels(
            rule: "overridden behind a parent",
            text: "FROM a AS x\nLABEL a=1 b=1\nFROM x\nLABEL a=\"\"",
            missing: ["4:9 a"]
        ),
        Labels(rule: "not in another stage", text: "FROM a AS x\nLABEL a=1\nFROM c\nLABEL b=1", missing: ["3:6 a"]),
        Labels(rule: "not by ONBUILD", text: "FROM a\nONBUILD LABEL a=1\nLABEL b=1", missing: ["1:6 a"]),
        Labels(rule: "by tagboat", text: "FROM a\nLABEL b=1", provided: ["a"], missing: []),
        Labels(rule: "on scratch", text: "FROM scratch\nLABEL b=1", missing: ["1:6 a"]),
        Labels(rule: "a heredoc's text is none", text: "FROM a\nLABEL b=1\nRUN <<E\nLABEL a=1\nE", missing: ["1:6 a"]),
    ])
    func labelsAreAskedFor(_ test: Labels) throws {
        let policy = LintPolicy(requiredLabels: ["a", "b"], providedLabels: test.provided)
        let findings = try LintedFile(test.text, policy: policy).findings().filter { $0.rule == .missingLabel }
        let found = findings.map { "\($0.start.line):\($0.start.column) \($0.problem.contains("label a") ? "a" : "b")" }
        #expect(found == test.missing, test.rule)
    }

    @Test func severitiesAreThePolicys() throws {
        let policy = LintPolicy(severities: [.noTag: .note, .latestTag: .off])
        let findings = try LintedFile("FROM a AS x\nFROM b:latest", policy: policy).findings()
        #expect(findings.map(\.severity) == [.note, .warning])
        #expect(findings.map(\.rule) == [.noTag, .tagWithoutDigest])
    }

    @Test(arguments: LintRule.allCases)
    func rulesHaveNamesAndWords(rule: LintRule) {
        #expect(rule.rawValue.allSatisfy { $0.isLowercase || $0 == "-" })
        #expect(rule.summary.hasSuffix("."))
        #expect(rule.defaultSeverity != .off)
    }
}
