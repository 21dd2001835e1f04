import Dockerfile
package import OCI

/// What the rules find.
extension LintedFile {
    /// All findings in the file's order, those that a comment lets pass among them.
    ///
    /// - Parameter tags: what registries say of tags; of one that is missing here nothing is known.
    /// - Returns: the findings.
    package func findings(tags: [ImageReference: TagAnswer] = [:]) -> [LintFinding] {
        var findings = referenceFindings()
        for image in images {
            findings += allowFindings(image) + tagFindings(image) + pinningFindings(image)
            if let tagged = image.tagged, let state = tags[tagged] { findings += answerFindings(image, state) }
        }
        findings += labelFindings()
        var used: Set<IgnoreUse> = []
        for index in findings.indices {
            let finding = findings[index]
            guard let comment = ignore(of: finding.rule, atLine: finding.start.line) else { continue }
            findings[index].reason = comments[comment].reason
            used.insert(IgnoreUse(comment: comment, rule: finding.rule))
        }
        findings += commentFindings(used: used)
        let order = LintRule.allCases
        return findings.sorted { left, right in
            let (one, other) = (order.firstIndex(of: left.rule) ?? 0, order.firstIndex(of: right.rule) ?? 0)
            return (left.range.lowerBound, one, left.problem) < (right.range.lowerBound, other, right.problem)
        }
    }

    /// A finding; nil where the rule is off.
    func finding(_ rule: LintRule, at text: SourceText, _ problem: String, hint: String) -> LintFinding? {
        let severity = policy.severity(of: rule)
        guard severity != .off else { return nil }
        return LintFinding(
            rule: rule,
            severity: severity,
            range: text.range,
            start: dockerfile.place(of: text.range.lowerBound),
            end: dockerfile.place(of: text.range.upperBound),
            problem: problem,
            hint: hint,
            reason: nil
        )
    }
}

/// That a comment let a finding of a rule pass.
struct IgnoreUse: Hashable {
    let comment: Int
    let rule: LintRule
}
