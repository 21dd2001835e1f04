import Testing

@testable import Changes

/// A message and what the grammar makes of it.
struct GrammarCase: Sendable, CustomTestStringConvertible {
    /// The item of the specification, or the rule in words.
    let rule: String
    let message: String
    let commit: ConventionalCommit

    init(_ rule: String, _ message: String, _ commit: ConventionalCommit) {
        self.rule = rule
        self.message = message
        self.commit = commit
    }

    var testDescription: String { rule }

    private typealias Footer = ConventionalCommit.Footer

    static let examples: [GrammarCase] = [
        GrammarCase(
            "example: description and breaking change footer",
            """
            feat: allow provided config object to extend other configs

            BREAKING CHANGE: `extends` key in config file is now used for extending other config files
            """,
            ConventionalCommit(
                type: "feat",
                description: "allow provided config object to extend other configs",
                footers: [
                    Footer(
                        token: "BREAKING CHANGE",
                        value: "`extends` key in config file is now used for extending other config files"
                    )
                ],
                breaking: "`extends` key in config file is now used for extending other config files"
            )
        ),
        GrammarCase(
            "example: a mark",
            "feat!: send an email to the customer when a product is shipped",
            ConventionalCommit(
                type: "feat",
                description: "send an email to the customer when a product is shipped",
                breaking: "send an email to the customer when a product is shipped"
            )
        ),
        GrammarCase(
            "example: scope and a mark",
            "feat(api)!: send an email",
            ConventionalCommit(type: "feat", scope: "api", description: "send an email", breaking: "send an email")
        ),
        GrammarCase(
            "example: a mark and a footer",
            "feat!: drop support for Node 6\n\nBREAKING CHANGE: use JavaScript features not available in Node 6.\n",
            ConventionalCommit(
                type: "feat",
                description: "drop support for Node 6",
                footers: [
                    Footer(token: "BREAKING CHANGE", value: "use JavaScript features not available in Node 6.")
                ],
                breaking: "use JavaScript features not available in Node 6."
            )
        ),
        GrammarCase(
            "example: no body",
            "docs: correct spelling of CHANGELOG",
            ConventionalCommit(type: "docs", description: "correct spelling of CHANGELOG")
        ),
        GrammarCase(
            "example: several paragraphs and several footers",
            """
            fix: prevent racing of requests

            Introduce a request id and a reference to latest request. Dismiss
            incoming responses other than from latest request.

            Remove timeouts which were used to mitigate the racing issue but are
            obsolete now.

            Reviewed-by: Z
            Refs: #123
            """,
            ConventionalCommit(
                type: "fix",
                description: "prevent racing of requests",
                body: """
                    Introduce a request id and a reference to latest request. Dismiss
                    incoming responses other than from latest request.

                    Remove timeouts which were used to mitigate the racing issue but are
                    obsolete now.
                    """,
                footers: [Footer(token: "Reviewed-by", value: "Z"), Footer(token: "Refs", value: "#123")]
            )
        ),
        GrammarCase(
            "example: a revert",
            "revert: let us never again speak of the noodle incident\n\nRefs: 676104e, a215868",
            ConventionalCommit(
                type: "revert",
                description: "let us never again speak of the noodle incident",
                footers: [Footer(token: "Refs", value: "676104e, a215868")]
            )
        ),
    ]

    static let items: [GrammarCase] = [
        GrammarCase("1: a type, colon and space", "x: y", ConventionalCommit(type: "x", description: "y")),
        GrammarCase(
            "4: a scope is whatever stands in parentheses",
            "fix(user interface): y",
            ConventionalCommit(type: "fix", scope: "user interface", description: "y")
        ),
        GrammarCase(
            "5: a description may hold colons, parentheses and marks",
            "fix: a: (b)!: c",
            ConventionalCommit(type: "fix", description: "a: (b)!: c")
        ),
        GrammarCase(
            "6: several blank lines before the body",
            "fix: a\n\n\n\nb\n\n",
            ConventionalCommit(type: "fix", description: "a", body: "b")
        ),
        GrammarCase(
            "7: the body is free: lists, indented code, blank lines",
            "fix: a\n\n- b\n  c\n\n\n    d: e\n# f",
            ConventionalCommit(type: "fix", description: "a", body: "- b\n  c\n\n\n    d: e\n# f")
        ),
        GrammarCase(
            "8: a token in the middle of a paragraph is prose",
            "fix: a\n\nhere is why\nNote: it was wrong",
            ConventionalCommit(type: "fix", description: "a", body: "here is why\nNote: it was wrong")
        ),
        GrammarCase(
            "8: footers without a body",
            "fix: a\n\nFixes #12",
            ConventionalCommit(
                type: "fix",
                description: "a",
                footers: [Footer(token: "Fixes", separator: .hash, value: "12")]
            )
        ),
        GrammarCase(
            "8: no separator, no footer",
            "fix: a\n\nRefs:12\n\nRefs 12\n\nhttps://example.com\n\nRefs : 12\n\nRefs:",
            ConventionalCommit(
                type: "fix",
                description: "a",
                body: "Refs:12\n\nRefs 12\n\nhttps://example.com\n\nRefs : 12\n\nRefs:"
            )
        ),
        GrammarCase(
            "9: white space in a token makes it prose",
            "fix: a\n\nAcked by: Ada\n\nAcked-by: Grace",
            ConventionalCommit(
                type: "fix",
                description: "a",
                body: "Acked by: Ada",
                footers: [Footer(token: "Acked-by", value: "Grace")]
            )
        ),
        GrammarCase(
            "10: a value goes on to the next token, over blank lines",
            "fix: a\n\nNote: b\n  c\n\nd e\nRefs #1\nBREAKING CHANGE: f\ng\n\n",
            ConventionalCommit(
                type: "fix",
                description: "a",
                footers: [
                    Footer(token: "Note", value: "b\n  c\n\nd e"), Footer(token: "Refs", separator: .hash, value: "1"),
                    Footer(token: "BREAKING CHANGE", value: "f\ng"),
                ],
                breaking: "f\ng"
            )
        ),
        GrammarCase(
            "12: without a colon it is no breaking change",
            "fix: a\n\nBREAKING CHANGE #12 b",
            ConventionalCommit(type: "fix", description: "a", body: "BREAKING CHANGE #12 b")
        ),
        GrammarCase(
            "12: the description may begin on the next line",
            "fix: a\n\nBREAKING CHANGE:\n\n* b\n* c",
            ConventionalCommit(
                type: "fix",
                description: "a",
                footers: [Footer(token: "BREAKING CHANGE", value: "* b\n* c")],
                breaking: "* b\n* c"
            )
        ),
        GrammarCase(
            "13: the description says what breaks",
            "chore!: drop it\n\nRefs: #1",
            ConventionalCommit(
                type: "chore",
                description: "drop it",
                footers: [Footer(token: "Refs", value: "#1")],
                breaking: "drop it"
            )
        ),
        GrammarCase(
            "14: any type",
            "my_type-2: y",
            ConventionalCommit(type: "my_type-2", description: "y")
        ),
        GrammarCase("15: types have no case", "FEAT: y", ConventionalCommit(type: "feat", description: "y")),
        GrammarCase(
            "15: but a breaking change is written in capitals",
            "fix: a\n\nBreaking-Change: b",
            ConventionalCommit(
                type: "fix",
                description: "a",
                footers: [Footer(token: "Breaking-Change", value: "b")]
            )
        ),
        GrammarCase(
            "16: with a hyphen it is the same",
            "fix: a\n\nBREAKING-CHANGE: b\nBREAKING CHANGE: c",
            ConventionalCommit(
                type: "fix",
                description: "a",
                footers: [Footer(token: "BREAKING-CHANGE", value: "b"), Footer(token: "BREAKING CHANGE", value: "c")],
                breaking: "b\nc"
            )
        ),
        GrammarCase(
            "anchored: no type within a word",
            "defeat: the purpose",
            ConventionalCommit(type: "defeat", description: "the purpose")
        ),
        GrammarCase(
            "a breaking change counts where the blank line is missing",
            "fix: a\n\nb\nBREAKING CHANGE: c",
            ConventionalCommit(
                type: "fix",
                description: "a",
                body: "b",
                footers: [Footer(token: "BREAKING CHANGE", value: "c")],
                breaking: "c"
            )
        ),
        GrammarCase(
            "CR LF and white space at the ends of lines",
            "fix(a): b \r\n\r\nc\t\r\n \r\nRefs: #1\r\n",
            ConventionalCommit(
                type: "fix",
                scope: "a",
                description: "b",
                body: "c",
                footers: [Footer(token: "Refs", value: "#1")]
            )
        ),
        GrammarCase("blank lines at the top", "\n \nfix: a", ConventionalCommit(type: "fix", description: "a")),
        GrammarCase(
            "words of other languages",
            "новое(メニュー): 追加",
            ConventionalCommit(type: "новое", scope: "メニュー", description: "追加")
        ),
        GrammarCase(
            "accents are Latin",
            "ÉTÉ: y",
            ConventionalCommit(type: "été", description: "y")
        ),
        GrammarCase(
            "a combining mark does not hide the space",
            "fix: \u{301}a",
            ConventionalCommit(type: "fix", description: "\u{301}a")
        ),
    ]
}

@Suite struct GrammarTests {
    @Test(arguments: GrammarCase.examples + GrammarCase.items)
    func parses(_ example: GrammarCase) throws {
        let commit = try ConventionalCommit(parsing: example.message)
        #expect(commit == example.commit)
        #expect(try ConventionalCommit(parsing: commit.message) == commit)
        #expect(Array(commit.description.unicodeScalars) == Array(example.commit.description.unicodeScalars))
    }

    @Test func writesWhatPeopleWrite() {
        let commit = ConventionalCommit(
            type: "feat",
            scope: "ui",
            description: "show thumbnails",
            body: "They are small.",
            footers: [.init(token: "Fixes", separator: .hash, value: "7"), .init(token: "Refs", value: "a\nb")],
            breaking: "show thumbnails"
        )
        #expect(commit.message == "feat(ui)!: show thumbnails\n\nThey are small.\n\nFixes #7\nRefs: a\nb")
        #expect(commit.values(of: "refs") == ["a\nb"])
    }

    /// Every commit that can be told apart by its parts survives writing and reading.
    @Test func survivesWriting() throws {
        let scopes = [nil, "a", "A b", "@x/y,z", "ü"]
        let descriptions = ["d", "!d", ": d", "(d)", "d \u{1F6A2} e", "BREAKING CHANGE: d"]
        let bodies = [nil, "b", "b\n\nc", "b\nRefs: c", " Refs: b", "* b\n\n\n* c", "#1", "breaking change: d"]
        let footers: [[ConventionalCommit.Footer]] = [
            [], [.init(token: "Refs", value: "#1, #2")],
            [.init(token: "BREAKING CHANGE", value: "x\n\ny z")],
            [.init(token: "a-b", separator: .hash, value: "1"), .init(token: "BREAKING-CHANGE", value: "- x\n- y")],
        ]
        for scope in scopes {
            for description in descriptions {
                for body in bodies {
                    for footers in footers {
                        let broken = footers.filter(\.isBreaking).map(\.value).first
                        for breaking in broken.map({ [$0] }) ?? [nil, description] {
                            let commit = ConventionalCommit(
                                type: "fix",
                                scope: scope,
                                description: description,
                                body: body,
                                footers: footers,
                                breaking: breaking
                            )
                            #expect(try ConventionalCommit(parsing: commit.message) == commit)
                        }
                    }
                }
            }
        }
    }
}
