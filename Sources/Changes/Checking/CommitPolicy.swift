import Versioning

/// What a team asks of its commit messages.
package struct CommitPolicy: Hashable, Sendable {
    /// Patterns (`*`, `?`) of the types in use.
    package var types: [String]
    /// Patterns (`*`, `?`) of the scopes in use; empty where any may be.
    package var scopes: [String]
    package var requiresScope: Bool
    /// How many characters the first line may have; nil for no limit.
    package var headerLength: Int?
    /// How many characters a line of the body may have; nil for no limit.
    package var bodyLength: Int?

    package init(
        types: [String] = KnownTypes.names,
        scopes: [String] = [],
        requiresScope: Bool = false,
        headerLength: Int? = 100,
        bodyLength: Int? = nil
    ) {
        self.types = types
        self.scopes = scopes
        self.requiresScope = requiresScope
        self.headerLength = headerLength
        self.bodyLength = bodyLength
    }

    /// What is to be said about a message, in the order of its lines.
    ///
    /// What git and the forges write themselves, of merges and reverts, is as it should be.
    ///
    /// - Parameters:
    ///   - message: the text.
    ///   - comment: what comment lines begin with, where git has not taken them out yet; nil where it has.
    ///   - isFinal: whether the message is in the history: a fixup should not be there, but is fine while one works.
    /// - Returns: the findings.
    package func findings(in message: String, comment: String? = nil, isFinal: Bool = false) -> [CommitFinding] {
        let lines = MessageLine.lines(of: message, comment: comment)
        guard let header = lines.first else {
            let line = MessageLine(number: 1, text: "")
            return [line.finding(.grammar, at: nil, "the message is empty", hint: "say what the change does")]
        }
        if MergeMessage(lines) != nil || RevertHeader(header.text) != nil { return [] }
        if Self.fixups.contains(where: header.text.hasPrefix) {
            guard isFinal else { return [] }
            let hint = "fold it into the commit that it belongs to with `git rebase --interactive --autosquash`"
            return [header.finding(.fixup, at: nil, "this commit waits to be squashed", hint: hint)]
        }
        let findings =
            grammarFindings(lines) + typeFindings(header) + scopeFindings(header) + lengthFindings(lines)
            + breakingFindings(lines) + releaseFindings(lines)
        let ordered = findings.enumerated().sorted { left, right in
            (left.element.line, left.element.column, left.offset)
                < (right.element.line, right.element.column, right.offset)
        }
        return ordered.map(\.element)
    }

    /// What git puts before the first line of such a commit (git-commit: `--fixup`, `--squash`).
    private static let fixups = ["fixup! ", "squash! ", "amend! "]

    private func grammarFindings(_ lines: [MessageLine]) -> [CommitFinding] {
        do throws(CommitMessageError) {
            _ = try ConventionalCommit(lines, isForgiving: false)
            return []
        } catch {
            let text = lines.first { $0.number == error.line }.map { String($0.text) } ?? ""
            return [
                CommitFinding(
                    rule: .grammar,
                    line: error.line,
                    column: error.column,
                    text: text,
                    problem: error.problem,
                    hint: error.hint
                )
            ]
        }
    }

    private func typeFindings(_ line: MessageLine) -> [CommitFinding] {
        guard let header = try? CommitHeader(line, isForgiving: true), !Self.fits(header.type, types) else { return [] }
        let suggestion = KnownTypes.suggestion(for: header.type, among: types.filter(Self.isWord))
        let meant = suggestion.map { "did you mean \"\($0)\"? " } ?? ""
        return [
            line.finding(
                .type,
                at: line.text.startIndex,
                "there is no type \"\(header.type)\"",
                hint: meant + "Known are: \(types.joined(separator: ", "))"
            )
        ]
    }

    private func scopeFindings(_ line: MessageLine) -> [CommitFinding] {
        guard let header = try? CommitHeader(line, isForgiving: true) else { return [] }
        let known = scopes.isEmpty ? "" : "known are: \(scopes.joined(separator: ", "))"
        guard let scope = header.scope else {
            guard requiresScope else { return [] }
            let end = line.text.firstIndex { $0 == "!" || $0 == ":" }
            let hint = known.isEmpty ? "name the part that changes, as in feat(parser): …" : known
            return [line.finding(.scope, at: end, "the scope is missing", hint: hint)]
        }
        let parts = scope.split { $0 == "," || $0 == " " }.map(String.init)
        guard !scopes.isEmpty, !Self.fits(scope, scopes), !parts.allSatisfy({ Self.fits($0, scopes) }) else {
            return []
        }
        let nearest = EditDistance.nearest(to: scope, among: scopes.filter(Self.isWord))
        let hint = nearest.map { "did you mean \"\($0)\"? Known are: \(scopes.joined(separator: ", "))" } ?? known
        let open = line.text.firstIndex(of: "(").map { line.text.index(after: $0) }
        return [line.finding(.scope, at: open, "there is no scope \"\(scope)\"", hint: hint)]
    }

    private static func fits(_ word: String, _ patterns: [String]) -> Bool {
        let word = word.lowercased()
        return patterns.contains { GlobPattern($0.lowercased()).matches(word) }
    }

    private static func isWord(_ pattern: String) -> Bool { !pattern.contains { $0 == "*" || $0 == "?" } }
}

extension MessageLine {
    /// A finding in this line; without an index it is about the whole of it.
    func finding(
        _ rule: CommitFinding.Rule,
        at index: String.Index?,
        _ problem: String,
        hint: String
    ) -> CommitFinding {
        CommitFinding(
            rule: rule,
            line: number,
            column: index.map(column) ?? 1,
            text: String(text),
            problem: problem,
            hint: hint
        )
    }
}
