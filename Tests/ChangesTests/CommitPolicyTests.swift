import Testing

@testable import Changes

/// A message and what a policy says of it.
struct PolicyCase: Sendable, CustomTestStringConvertible {
    let message: String
    var policy = CommitPolicy()
    var comment: String?
    var isFinal = false
    /// Rule, line and column of each finding.
    let findings: [String]
    var hint = ""

    var testDescription: String { message.debugDescription }

    private static let scoped = CommitPolicy(scopes: ["ui", "api", "pkg-*"], requiresScope: true)

    static let all: [PolicyCase] = [
        PolicyCase(message: "feat: a", findings: []),
        PolicyCase(message: "feet: a", findings: ["type 1:1"], hint: "did you mean \"feat\"? Known are: feat, fix"),
        PolicyCase(message: "fxi: a", findings: ["type 1:1"], hint: "did you mean \"fix\"?"),
        PolicyCase(message: "defeat: a", findings: ["type 1:1"]),
        PolicyCase(message: "Feature: a", findings: ["type 1:1"], hint: "did you mean \"feat\"?"),
        PolicyCase(message: "wip: a", findings: ["type 1:1"], hint: "Known are"),
        PolicyCase(message: "FEAT: a", findings: []),
        PolicyCase(message: "wip: a", policy: CommitPolicy(types: ["feat", "w*"]), findings: []),
        PolicyCase(message: "anything: a", policy: CommitPolicy(types: ["*"]), findings: []),
        PolicyCase(message: "feat add a", findings: ["grammar 1:5"], hint: "feat: add a"),
        PolicyCase(message: "", findings: ["grammar 1:1"]),
        PolicyCase(message: "# a", comment: "#", findings: ["grammar 1:1"]),
        PolicyCase(
            message: "# a\nfeet: b\n\n# c\nRelease-As: 3",
            comment: "#",
            findings: ["type 2:1", "release-as 5:13"]
        ),
        PolicyCase(message: "feat(ui): a", policy: scoped, findings: []),
        PolicyCase(message: "feat(UI): a", policy: scoped, findings: []),
        PolicyCase(message: "feat(ui, api): a", policy: scoped, findings: []),
        PolicyCase(message: "feat(pkg-x): a", policy: scoped, findings: []),
        PolicyCase(message: "feat(apo): a", policy: scoped, findings: ["scope 1:6"], hint: "did you mean \"api\"?"),
        PolicyCase(
            message: "feat(ui,db): a",
            policy: scoped,
            findings: ["scope 1:6"],
            hint: "nown are: ui, api, pkg-*"
        ),
        PolicyCase(message: "feat!: a", policy: scoped, findings: ["scope 1:5"], hint: "known are: ui"),
        PolicyCase(message: "feet(db): a", policy: scoped, findings: ["type 1:1", "scope 1:6"]),
        PolicyCase(
            message: "fix: 12345678",
            policy: CommitPolicy(headerLength: 10),
            findings: ["header-length 1:11"],
            hint: "details"
        ),
        PolicyCase(message: "fix: 12345", policy: CommitPolicy(headerLength: 10), findings: []),
        PolicyCase(
            message: "fix: \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}e\u{301}345",
            policy: CommitPolicy(headerLength: 10),
            findings: []
        ),
        PolicyCase(message: "fix: " + String(repeating: "a", count: 96), findings: ["header-length 1:101"]),
        PolicyCase(
            message: "fix: " + String(repeating: "a", count: 96),
            policy: CommitPolicy(headerLength: nil),
            findings: []
        ),
        PolicyCase(
            message: "fix: a\n\n123 567 90\n123 567 901\nhttps://example.com/a b\n12345678901\n\nRefs: 78901",
            policy: CommitPolicy(bodyLength: 10),
            findings: ["body-length 4:11"]
        ),
        PolicyCase(
            message: "fix: a\n\nb\nBREAKING CHANGE: c",
            findings: ["breaking 4:1"],
            hint: "paragraph of their own"
        ),
        PolicyCase(message: "fix: a\n\nb\n\nBREAKING CHANGE: c", findings: []),
        PolicyCase(message: "fix: a\n\nRefs: #1\nBREAKING CHANGE: c", findings: []),
        PolicyCase(message: "fix: a\n\nBreaking Change: c", findings: ["breaking 3:1"], hint: "in capitals"),
        PolicyCase(message: "fix: a\n\nbreaking-change: c", findings: ["breaking 3:1"]),
        PolicyCase(message: "fix: a\n\nBREAKING CHANGES: c", findings: ["breaking 3:1"]),
        PolicyCase(message: "fix: a\n\nBREAKING CHANGE - c", findings: ["breaking 3:1"]),
        PolicyCase(message: "fix: a\n\nBREAKING CHANGE:c", findings: ["breaking 3:1"]),
        PolicyCase(message: "fix: a\n\nBREAKING-CHANGE #12", findings: ["breaking 3:1"]),
        PolicyCase(message: "fix: a\n\nBreaking changes are listed below.\n\nBreakfast: b", findings: []),
        PolicyCase(message: "fix: a\nBREAKING CHANGE: c", findings: ["grammar 2:1"]),
        PolicyCase(message: "fix: a\n\nRelease-As: 3.0.0", findings: []),
        PolicyCase(message: "fix: a\n\nRelease-As:  3.x", findings: ["release-as 3:14"], hint: "Release-As: 3.0.0"),
        PolicyCase(message: "Merge branch 'a' into b", findings: []),
        PolicyCase(message: "Merge pull request #12 from acme/side", isFinal: true, findings: []),
        PolicyCase(message: "Merge everything", findings: ["grammar 1:1"]),
        PolicyCase(message: "Revert \"feat: a\" (#2)\n\nReverts acme/ui#1", isFinal: true, findings: []),
        PolicyCase(message: "Reapply \"feat: a\"", findings: []),
        PolicyCase(message: "Revert it", findings: ["grammar 1:7"], hint: "did you mean \"revert: it\"?"),
        PolicyCase(message: "fixup! anything", findings: []),
        PolicyCase(message: "amend! anything", findings: []),
        PolicyCase(message: "squash! anything", isFinal: true, findings: ["fixup 1:1"], hint: "--autosquash"),
    ]
}

@Suite struct CommitPolicyTests {
    @Test(arguments: PolicyCase.all)
    func findings(_ example: PolicyCase) {
        let findings = example.policy.findings(
            in: example.message,
            comment: example.comment,
            isFinal: example.isFinal
        )
        #expect(findings.map { "\($0.rule.rawValue) \($0.line):\($0.column)" } == example.findings)
        #expect(example.hint.isEmpty || findings.first?.hint.contains(example.hint) == true)
        for finding in findings where !example.message.isEmpty && example.comment == nil {
            let lines = example.message.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(finding.text == lines[finding.line - 1])
        }
    }
}
