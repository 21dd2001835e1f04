import Testing

@testable import Changes

/// A message that the grammar refuses, and where.
struct GrammarErrorCase: Sendable, CustomTestStringConvertible {
    let message: String
    let line: Int
    let column: Int
    /// What the problem says.
    let problem: String
    /// What the hint says among other things.
    var hint = ""

    var testDescription: String { message.debugDescription }

    static let all: [GrammarErrorCase] = [
        GrammarErrorCase(message: "", line: 1, column: 1, problem: "the message is empty"),
        GrammarErrorCase(message: " \n\t\r\n", line: 1, column: 1, problem: "the message is empty"),
        GrammarErrorCase(
            message: "Show thumbnails",
            line: 1,
            column: 1,
            problem: "the message does not begin with a type and a colon",
            hint: "TYPE: DESCRIPTION"
        ),
        GrammarErrorCase(
            message: "feat show thumbnails",
            line: 1,
            column: 5,
            problem: "a colon is missing behind the type",
            hint: "did you mean \"feat: show thumbnails\"?"
        ),
        GrammarErrorCase(
            message: "Feta  show  thumbnails",
            line: 1,
            column: 5,
            problem: "a colon is missing behind the type",
            hint: "did you mean \"feat: show thumbnails\"?"
        ),
        GrammarErrorCase(
            message: "wip on thumbnails",
            line: 1,
            column: 1,
            problem: "the message does not begin with a type and a colon"
        ),
        GrammarErrorCase(
            message: "Bump",
            line: 1,
            column: 1,
            problem: "the message does not begin with a type and a colon"
        ),
        GrammarErrorCase(message: "feat", line: 1, column: 5, problem: "a colon is missing here"),
        GrammarErrorCase(message: "feat(ui)", line: 1, column: 9, problem: "a colon is missing here"),
        GrammarErrorCase(message: "feat(ui) x", line: 1, column: 9, problem: "a colon is missing here"),
        GrammarErrorCase(message: "feat!", line: 1, column: 6, problem: "a colon is missing here"),
        GrammarErrorCase(message: " feat: x", line: 1, column: 1, problem: "white space stands before the type"),
        GrammarErrorCase(message: "feat : x", line: 1, column: 5, problem: "white space stands behind the type"),
        GrammarErrorCase(message: "feat (ui): x", line: 1, column: 5, problem: "white space stands behind the type"),
        GrammarErrorCase(message: "feat(ui) : x", line: 1, column: 9, problem: "white space stands before the colon"),
        GrammarErrorCase(message: "feat! : x", line: 1, column: 6, problem: "white space stands before the colon"),
        GrammarErrorCase(message: "feat(ui: x", line: 1, column: 5, problem: "the scope is not closed"),
        GrammarErrorCase(message: "feat(): x", line: 1, column: 6, problem: "the scope is empty"),
        GrammarErrorCase(
            message: "feat( ui): x",
            line: 1,
            column: 6,
            problem: "white space stands at the edge of the scope",
            hint: "write (ui)"
        ),
        GrammarErrorCase(message: "feat((ui)): x", line: 1, column: 6, problem: "the scope holds a parenthesis"),
        GrammarErrorCase(message: "feat!(ui): x", line: 1, column: 6, problem: "the scope stands behind the !"),
        GrammarErrorCase(message: "feat!!: x", line: 1, column: 6, problem: "there is more than one !"),
        GrammarErrorCase(message: "feat:x", line: 1, column: 6, problem: "a space is missing behind the colon"),
        GrammarErrorCase(message: "feat:\tx", line: 1, column: 6, problem: "a space is missing behind the colon"),
        GrammarErrorCase(message: "feat:", line: 1, column: 6, problem: "the description is missing"),
        GrammarErrorCase(message: "feat:  \n\nx", line: 1, column: 6, problem: "the description is missing"),
        GrammarErrorCase(message: "feat:  x", line: 1, column: 7, problem: "the description begins with white space"),
        GrammarErrorCase(
            message: "1feat: x",
            line: 1,
            column: 1,
            problem: "the message does not begin with a type and a colon"
        ),
        GrammarErrorCase(
            message: "feat/ui: x",
            line: 1,
            column: 1,
            problem: "the message does not begin with a type and a colon"
        ),
        GrammarErrorCase(
            message: "feat\u{FF1A} x",
            line: 1,
            column: 1,
            problem: "the message does not begin with a type and a colon"
        ),
        GrammarErrorCase(
            message: "fe\u{430}t: x",
            line: 1,
            column: 3,
            problem: "the type mixes alphabets: this letter is U+0430 CYRILLIC SMALL LETTER A",
            hint: "may look the same"
        ),
        GrammarErrorCase(
            message: "fe\u{200D}at: x",
            line: 1,
            column: 1,
            problem: "the message does not begin with a type and a colon"
        ),
        GrammarErrorCase(
            message: "fix: a\nb",
            line: 2,
            column: 1,
            problem: "a blank line is missing between the description and what follows"
        ),
        GrammarErrorCase(
            message: "\nfix: a\r\nBREAKING CHANGE: b",
            line: 3,
            column: 1,
            problem: "a blank line is missing between the description and what follows"
        ),
        GrammarErrorCase(
            message: "fix: a\n\nRefs: #1\nBREAKING CHANGE: \n",
            line: 4,
            column: 17,
            problem: "it is not said what breaks"
        ),
        // Characters are counted as people see them.
        GrammarErrorCase(
            message: "e\u{301}te\u{301}(\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}):x",
            line: 1,
            column: 8,
            problem: "a space is missing behind the colon"
        ),
    ]
}

@Suite struct GrammarErrorTests {
    @Test(arguments: GrammarErrorCase.all)
    func saysWhere(_ example: GrammarErrorCase) {
        let error = #expect(throws: CommitMessageError.self) { try ConventionalCommit(parsing: example.message) }
        #expect(error?.line == example.line && error?.column == example.column)
        #expect(error?.problem == example.problem)
        #expect(error?.hint.contains(example.hint) == true && error?.hint.isEmpty == false)
    }

    /// What `git commit` has in the file when it runs the hook.
    @Test func leavesOutWhatGitTakesOut() throws {
        let file = """

            # Say something.
            fix: a
            # On branch main

            b
            # c
            d
            # ------------------------ >8 ------------------------
            # Do not modify or remove the line above.
            diff --git a/x b/x
            """
        let expected = ConventionalCommit(type: "fix", description: "a", body: "b\nd")
        #expect(try ConventionalCommit(parsing: file, comment: "#") == expected)
        let other = file.split(separator: "#", omittingEmptySubsequences: false).joined(separator: "//")
        #expect(try ConventionalCommit(parsing: other, comment: "//") == expected)
    }

    @Test func countsLinesWithTheComments() {
        let error = #expect(throws: CommitMessageError.self) {
            try ConventionalCommit(parsing: "# a\r\n\r\n# b\r\nfeat x\r\n", comment: "#")
        }
        #expect(error?.line == 4 && error?.column == 5)
        #expect(throws: CommitMessageError.self) { try ConventionalCommit(parsing: "# a\n# b", comment: "#") }
    }

    /// In the history nothing is a comment.
    @Test func headingsOfTheBodyStay() throws {
        #expect(try ConventionalCommit(parsing: "fix: a\n\n# b\nc").body == "# b\nc")
    }
}
