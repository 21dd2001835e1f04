import Dockerfile

/// A comment for tagboat: `# tagboat: ignore=RULE,… -- REASON`, or `ignore-file=` for the whole file.
struct IgnoreComment: Sendable {
    /// The comment as it stands.
    let source: SourceText
    /// The rules whose findings it lets pass; none where something is wrong with it.
    let rules: [LintRule]
    /// Why, or nil where it does not say.
    let reason: String?
    /// What is wrong with it; nil where it says what it should.
    let problem: String?
    /// The lines that it is about; nil for the whole file.
    let lines: ClosedRange<Int>?

    /// Reads a comment; nil where it is not for tagboat.
    init?(_ source: SourceText, in file: Dockerfile) {
        let content = source.text.drop { $0 == "#" || $0.isWhitespace }
        let word = "tagboat:"
        guard content.prefix(word.count).lowercased() == word else { return nil }
        self.source = source
        let (order, reason) = Self.split(content.dropFirst(word.count))
        self.reason = reason
        let parts = order.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let (verb, names) = (parts[0], parts.count > 1 ? parts[1] : "")
        var rules: [LintRule] = []
        var problem: String?
        if verb != "ignore", verb != "ignore-file" {
            problem = "\"\(verb)\" is nothing that a comment can ask of tagboat"
        }
        for name in names.split(separator: ",", omittingEmptySubsequences: false) {
            let name = name.drop(while: \.isWhitespace).prefix { !$0.isWhitespace }
            if let rule = LintRule(rawValue: String(name)), rule.canBeIgnored {
                rules.append(rule)
            } else if problem == nil {
                problem =
                    name.isEmpty
                    ? "the comment names no rule"
                    : LintRule(rawValue: String(name)) == nil
                        ? "there is no rule \"\(name)\"" : "findings of \(name) cannot be ignored"
            }
        }
        self.problem = problem
        self.rules = problem == nil && reason != nil ? rules : []
        lines = verb == "ignore-file" ? nil : Self.lines(behind: source.line, in: file)
    }

    /// What stands before ` -- `, and what behind it.
    private static func split(_ text: Substring) -> (order: String, reason: String?) {
        let words = text.split(whereSeparator: \.isWhitespace)
        let dashes = words.firstIndex(of: "--") ?? words.endIndex
        let reason = words[dashes...].dropFirst().joined(separator: " ")
        // A list of rules may have spaces behind its commas.
        return (words[..<dashes].joined(), reason.isEmpty ? nil : reason)
    }

    /// The lines of the instruction that a comment stands in or before; none behind the last instruction.
    private static func lines(behind line: Int, in file: Dockerfile) -> ClosedRange<Int> {
        file.instructions.first { $0.lines.upperBound >= line }?.lines ?? 0...0
    }

    func lets(_ rule: LintRule, passInLine line: Int) -> Bool {
        rules.contains(rule) && (lines?.contains(line) ?? true)
    }
}
