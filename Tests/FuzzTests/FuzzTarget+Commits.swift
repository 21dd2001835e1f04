@testable import Changes

extension FuzzTarget {
    static let commits: [FuzzTarget] = [commitMessage, history]

    private static let commitMessage = FuzzTarget(name: "commitMessage", count: 20_000) { input in
        let whole = input.commit()
        let text = input.kept(whole.message)
        let comment = input.oneIn(3) ? "#" : nil
        for finding in CommitPolicy(scopes: ["a*"], requiresScope: true, headerLength: 20, bodyLength: 10)
            .findings(in: text, comment: comment, isFinal: true)
        {
            if let problem = FuzzInput.misplaced(finding.line, finding.column, in: text) { return problem }
            guard !finding.hint.isEmpty, finding.problem.utf8.count < 70_000 else { return "there is no hint" }
        }
        do throws(CommitMessageError) {
            let commit = try ConventionalCommit(parsing: text)
            if text == whole.message, commit != whole { return "it is read as \(commit)" }
            guard !commit.type.isEmpty, !commit.description.isEmpty, commit.scope?.isEmpty != true,
                commit.body?.isEmpty != true, commit.footers.allSatisfy({ !$0.token.isEmpty && !$0.value.isEmpty }),
                commit.breaking?.isEmpty != true
            else { return "something in it is empty: \(commit)" }
            let again = try ConventionalCommit(parsing: commit.message)
            return again == commit ? nil : "writing gives \(commit.message.debugDescription), which is \(again)"
        } catch {
            if text == whole.message { return "it is refused: \(error)" }
            guard FuzzInput.isOneLine(error.problem) else { return "the problem is \(error.problem.debugDescription)" }
            return FuzzInput.misplaced(error.line, error.column, in: text)
        }
    }

    /// What is counted is never more than what the messages say, and the explanation stays short.
    private static let history = FuzzTarget(name: "history", count: 6_000) { input in
        var texts: [String] = []
        for number in 0..<(1 + input.below(6)) {
            let message = input.historyMessage(number)
            texts.append(input.isDamaged() ? input.damaged(message) : message)
        }
        input.shown = Array(texts.joined(separator: "\n\u{1E}\n").utf8)
        let commits = texts.enumerated().map { place, message in
            let parents = place % 3 == 1 ? [place + 1, place + 2] : [place + 1]
            return CommitRecord(
                hash: FuzzInput.hash(place),
                parents: parents.map(FuzzInput.hash),
                message: message
            )
        }
        let set = ChangeSet(commits)
        guard set.explanation.count < 300 else { return "the explanation is \(set.explanation.debugDescription)" }
        guard set.level == set.changes.compactMap(\.level).max() else { return "the level is no change's" }
        let places = set.changes.map { change in commits.firstIndex { $0.hash == change.commit.hash } ?? -1 }
        guard places == places.sorted(), places.allSatisfy({ $0 >= 0 }) else { return "the order is \(places)" }
        let alone = commits.reduce(0) { $0 + ChangeSet([$1]).changes.count }
        return set.changes.count <= alone ? nil : "there are \(set.changes.count) changes of \(alone)"
    }
}

extension FuzzInput {
    fileprivate static func hash(_ place: Int) -> String {
        String(repeating: "abcdef\(place)", count: 6).prefix(40).description
    }

    /// Where a place lies outside of a text; nil where it does not.
    fileprivate static func misplaced(_ line: Int, _ column: Int, in text: String) -> String? {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard (1...lines.count).contains(line) else { return "line \(line) of \(lines.count)" }
        let count = Substring(lines[line - 1]).count
        return (1...count + 1).contains(column) ? nil : "column \(column) of \(count) in line \(line)"
    }

    /// A commit that the grammar can say.
    fileprivate mutating func commit() -> ConventionalCommit {
        var footers: [ConventionalCommit.Footer] = []
        for _ in 0..<below(3) {
            let token = pick(["Refs", "Reviewed-by", "BREAKING CHANGE", "BREAKING-CHANGE", "Release-As", "x1"])
            let isHash = !token.hasPrefix("BREAKING") && oneIn(3)
            let value = word(.lower, upTo: 9) + (oneIn(3) ? "\n\n" + word(.lower, upTo: 9) : "")
            footers.append(.init(token: token, separator: isHash ? .hash : .colon, value: value))
        }
        let broken = footers.filter(\.isBreaking).map(\.value)
        let description = word(.lower, upTo: 9) + pick(["", ": x", " (#12)", " \u{1F6A2}", "!"])
        let body =
            oneIn(2) ? nil : (0...below(3)).map { _ in word(.lower, upTo: 9) }.joined(separator: pick(["\n", "\n\n"]))
        return ConventionalCommit(
            type: pick(["feat", "fix", "x-1", "typ_e", "\u{442}\u{438}\u{43F}"]),
            scope: oneIn(2) ? nil : word(.mixed, upTo: 5),
            description: description,
            body: body,
            footers: footers,
            breaking: !broken.isEmpty ? broken.joined(separator: "\n") : oneIn(3) ? description : nil
        )
    }

    fileprivate mutating func historyMessage(_ number: Int) -> String {
        let other = Self.hash(below(7))
        switch below(8) {
        case 0: return "Revert \"feat: a\"\n\nThis reverts commit \(other)."
        case 1: return "Reapply \"feat: a\" (#3)\n\nThis reverts commit \(other), reversing\nchanges made to x."
        case 2: return "revert: a\n\nRefs: \(other.prefix(7 + below(5)))"
        case 3: return "Merge pull request #1 from a/b\n\n" + commit().message
        case 4: return "a (#1)\n\n* feat: a\n\n* fix: b\n\n---\n\nRefs: x"
        case 5: return "Squashed commit of the following:\n\ncommit \(other)\nAuthor: a\n\n    feat: a\n\n    b"
        case 6: return "feat: a\n\n(cherry picked from commit \(other))"
        default: return commit().message
        }
    }
}
