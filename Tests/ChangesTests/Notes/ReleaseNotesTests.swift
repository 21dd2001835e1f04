import Testing
import Versioning

@testable import Changes

@Suite struct ReleaseNotesTests {
    private func changes(_ messages: [String]) -> [Change] {
        ChangeSet(messages.enumerated().map { CommitRecord(hash: "\($0)000000", message: $1) }).changes
    }

    private func told(_ notes: ReleaseNotes) -> [String] {
        notes.groups.map { "\($0.title): \($0.changes.map(\.summary).joined(separator: ", "))" }
    }

    private let messages = [
        "docs: d", "fix: f", "feat(api)!: b", "feat: a", "perf: p", "Plain words", "security: s", "refactor!: r",
    ]

    @Test func sortsByTitle() {
        #expect(
            told(ReleaseNotes(changes(messages)))
                == ["Breaking changes: b, r", "Added: a", "Changed: p", "Fixed: f", "Security: s"]
        )
    }

    @Test func tellsEverythingWhenAsked() {
        let notes = ReleaseNotes(changes(messages), isComplete: true)
        #expect(told(notes).last == "Other changes: d, Plain words")
    }

    @Test func aProjectHasItsOwnTitles() {
        let sections = ChangeSections([
            ChangeSections.Entry(type: "docs", title: "Documentation"), ChangeSections.Entry(type: "fix", title: ""),
            ChangeSections.Entry(type: "feat(ui)", title: "Interface"),
            ChangeSections.Entry(type: "PERF", title: "Fixed"),
        ])
        let notes = ReleaseNotes(changes(messages + ["feat(ui): u"]), sections: sections)
        #expect(
            told(notes) == [
                "Breaking changes: b, r", "Added: a", "Fixed: p", "Security: s", "Documentation: d", "Interface: u",
            ]
        )
    }

    @Test func footersNameIssuesOnce() throws {
        let message = "fix: a (#3)\n\nbody\n\nCloses: #12, #13 and !4\nRefs: #12\nFixes #14\nRefs: #3\nReviewed-by: #99"
        #expect(try #require(changes([message]).first).footerReferences == ["#12", "#13", "!4", "#14"])
    }
}
