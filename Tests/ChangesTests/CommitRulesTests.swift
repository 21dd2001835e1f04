import Testing
import Versioning

@testable import Changes

/// A message and the level that it asks for.
struct LevelCase: Sendable, CustomTestStringConvertible {
    let message: String
    let level: BumpLevel?
    var rules = CommitRules()

    var testDescription: String { message.debugDescription }

    private static let own = CommitRules(
        levels: ["feat": .minor, "fix": .patch, "docs": .patch, "docs(api)": .minor, "*(core)": .minor, "*": .patch],
        silent: ["fix(deps)", "chore"]
    )

    static let all: [LevelCase] = [
        LevelCase(message: "feat: a", level: .minor),
        LevelCase(message: "fix: a", level: .patch),
        LevelCase(message: "perf: a", level: .patch),
        LevelCase(message: "revert: a", level: .patch),
        LevelCase(message: "docs: a", level: nil),
        LevelCase(message: "chore(deps): a", level: nil),
        LevelCase(message: "defeat: a", level: nil),
        LevelCase(message: "feature: a", level: nil),
        LevelCase(message: "prefix: a", level: nil),
        LevelCase(message: "Feat(ui): a", level: .minor),
        LevelCase(message: "docs!: a", level: .major),
        LevelCase(message: "chore: a\n\nBREAKING CHANGE: b", level: .major),
        LevelCase(message: "chore: a\n\nBREAKING-CHANGE: b", level: .major),
        LevelCase(message: "chore: a\n\nbreaking change: b", level: nil),
        LevelCase(message: "chore: a\n\nwhy\nBREAKING CHANGE: b", level: .major),
        LevelCase(message: "feat: a\nno blank line", level: .minor),
        LevelCase(message: "feat: a\nBREAKING CHANGE: b", level: .major),
        LevelCase(message: "feat:  a", level: .minor),
        LevelCase(message: "fix: a\n\nBREAKING CHANGE:", level: .major),
        LevelCase(message: "feat:a", level: nil),
        LevelCase(message: "Add a", level: nil),
        LevelCase(message: "Add a\n\nfeatures: b", level: nil),
        LevelCase(message: "fixup! feat: a", level: nil),
        LevelCase(message: "", level: nil),
        LevelCase(message: "chore(fix): feat: a", level: nil),
        LevelCase(message: "docs: a", level: .patch, rules: own),
        LevelCase(message: "docs(API): a", level: .minor, rules: own),
        LevelCase(message: "docs(core): a", level: .minor, rules: own),
        LevelCase(message: "fix(core): a", level: .minor, rules: own),
        LevelCase(message: "fix(deps): a", level: nil, rules: own),
        LevelCase(message: "fix(deps)!: a", level: .major, rules: own),
        LevelCase(message: "fix(ui): a", level: .patch, rules: own),
        LevelCase(message: "chore: a", level: nil, rules: own),
        LevelCase(message: "style: a", level: .patch, rules: own),
        LevelCase(message: "Add a", level: nil, rules: own),
    ]
}

@Suite struct CommitRulesTests {
    @Test(arguments: LevelCase.all)
    func levels(_ example: LevelCase) {
        let set = ChangeSet([CommitRecord(hash: "a1b2c3d4", message: example.message)], rules: example.rules)
        #expect(set.level == example.level)
        #expect(set.changes.count == 1 && set.changes.first?.level == example.level)
    }

    @Test(arguments: [
        "renovate[[]bot]", "Renovate*", "*@bots.example.com", "Renovate <bot@*>", "renovate[bot]",
    ])
    func ignoredAuthors(_ pattern: String) {
        let bot = CommitRecord(
            hash: "1",
            authorName: "renovate[bot]",
            authorEmail: "bot@bots.example.com",
            message: "feat!: a"
        )
        let person = CommitRecord(hash: "2", authorName: "Ada", authorEmail: "ada@example.com", message: "fix: b")
        let set = ChangeSet([bot, person], rules: CommitRules(ignoredAuthors: [pattern]))
        // A bracket is a bracket: bots have them in their names.
        let isIgnored = pattern == "renovate[bot]" || pattern == "Renovate*" || pattern == "*@bots.example.com"
        #expect(set.changes.map(\.commit.hash) == (isIgnored ? ["2"] : ["1", "2"]))
    }

    @Test func ignoredTypes() {
        let messages = ["chore(release): 1", "chore: a", "ci: b", "ci!: c", "fix(Release): d", "Say e"]
        let commits = messages.enumerated().map { CommitRecord(hash: "\($0)", message: $1) }
        func left(_ patterns: String...) -> [String] {
            ChangeSet(commits, rules: CommitRules(ignoredTypes: patterns)).changes.map(\.commit.hash)
        }
        #expect(left("chore(release)") == ["1", "2", "3", "4", "5"])
        #expect(left("c*") == ["3", "4", "5"])
        #expect(left("*(release)") == ["1", "2", "3", "5"])
    }

    @Test func namedTypes() {
        let rules = CommitRules(levels: ["a": .patch, "b(c)": .minor, "*": .patch], silent: ["a(x)", "d"])
        #expect(rules.namedTypes == ["a", "b", "d"])
    }
}
