import Testing
import Versioning

@testable import Changes

@Suite struct ExplanationTests {
    private func explanation(_ messages: String...) -> String {
        let commits = messages.enumerated().map { CommitRecord(hash: "a1b2c3\($0)f00", message: $1) }
        return ChangeSet(commits).explanation
    }

    @Test func namesTheChangesThatDecide() {
        #expect(
            explanation("feat: show thumbnails", "fix: a", "feat(ui): show names")
                == "minor, because 2 feat: a1b2c30 show thumbnails, a1b2c32 show names"
        )
        #expect(
            explanation("perf: b", "fix: a", "fix: c")
                == "patch, because 2 fix, 1 perf: a1b2c30 b, a1b2c31 a, a1b2c32 c"
        )
        #expect(explanation("feat: b", "docs!: a") == "major, because 1 breaking: a1b2c31 a")
    }

    @Test func saysWhyThereIsNoRelease() {
        #expect(explanation() == "no release, because nothing has changed")
        #expect(explanation("docs: a") == "no release, because the one change does not ask for any")
        #expect(explanation("docs: a", "Say b") == "no release, because none of 2 changes asks for one")
    }

    @Test func isShort() {
        let commits = (0..<1000).map { CommitRecord(hash: "\(1_000_000 + $0)", message: "feat: thing \($0)") }
        let text = ChangeSet(commits).explanation
        #expect(text.hasPrefix("minor, because 1000 feat: 1000000 thing 0, 1000001 thing 1, "))
        #expect(text.hasSuffix(", …") && text.count <= 145 && !text.contains("\n"))
        let long = String(repeating: "x", count: 9999)
        #expect(explanation("feat: \(long)").count < 100)
        let rules = CommitRules(levels: [long: .patch])
        let set = ChangeSet([CommitRecord(hash: "1", message: "\(long): \(long)")], rules: rules)
        #expect(set.explanation.count < 130)
    }
}
