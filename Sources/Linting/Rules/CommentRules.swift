/// The rules about comments that let findings pass.
extension LintedFile {
    /// What is wrong with the comments.
    ///
    /// - Parameter used: which comments let findings of which rules pass.
    /// - Returns: the findings.
    func commentFindings(used: Set<IgnoreUse>) -> [LintFinding] {
        let form = "write # tagboat: ignore=RULE -- REASON"
        var findings: [LintFinding?] = []
        for (index, comment) in comments.enumerated() {
            if let problem = comment.problem {
                findings.append(finding(.invalidIgnore, at: comment.source, problem, hint: form))
            } else if comment.reason == nil {
                findings.append(
                    finding(
                        .ignoreWithoutReason,
                        at: comment.source,
                        "the comment does not say why, so it lets nothing pass",
                        hint: form
                    )
                )
            } else {
                // What registries say changes by itself, so a comment about it may wait for its day.
                for rule in comment.rules where policy.severity(of: rule) != .off && !rule.asksRegistry {
                    guard !used.contains(IgnoreUse(comment: index, rule: rule)) else { continue }
                    findings.append(
                        finding(
                            .unusedIgnore,
                            at: comment.source,
                            comment.lines == nil
                                ? "there is no finding of \(rule.rawValue) in the file"
                                : "there is no finding of \(rule.rawValue) in the next instruction",
                            hint: "remove the comment, or the rule from it"
                        )
                    )
                }
            }
        }
        return findings.compactMap { $0 }
    }
}
