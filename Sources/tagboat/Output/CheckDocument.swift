import Changes

/// The JSON form of a check: docs/json.md, schema `tagboat.check/1`.
struct CheckDocument: Encodable {
    let schema = "tagboat.check/1"
    let passed: Bool
    let checked: Int
    let skipped: Int
    let findings: [Finding]

    struct Finding: Encodable {
        let source: String
        let commit: OrNull<String>
        let rule: String
        let line: Int
        let column: Int
        let text: String
        let problem: String
        let hint: String
    }

    init(_ check: CommitCheck) {
        passed = check.hasPassed
        checked = check.messages.count
        skipped = check.skipped
        findings = check.messages.flatMap { message in
            message.findings.map { finding in
                Finding(
                    source: message.name,
                    commit: OrNull(message.commit),
                    rule: finding.rule.rawValue,
                    line: finding.line,
                    column: finding.column,
                    text: finding.text,
                    problem: finding.problem,
                    hint: finding.hint
                )
            }
        }
    }
}
