import Testing

@testable import Changes

@Suite struct MarkdownTextTests {
    private static let github = ForgeLinks(webAddress: "https://github.com/a/b")
    private static let gitlab = ForgeLinks(webAddress: "https://gitlab.com/a/b")
    private static let bitbucket = ForgeLinks(webAddress: "https://bitbucket.org/a/b")

    @Test(arguments: [
        // Markdown and HTML show as they were written.
        ("a ] and [b](c)", "a \\] and \\[b\\](c)"),
        ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
        ("**bold** _it_ ~~no~~", "\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~"),
        ("snake_case stays", "snake_case stays"),
        ("a \\ b", "a \\\\ b"),
        ("&amp; & R&D", "\\&amp; & R\\&D"),
        // Code is code, and only whole.
        ("use `a*b` and ``c`d``", "use `a*b` and ``c`d``"),
        ("`<b>` is code", "`<b>` is code"),
        ("a ` alone *", "a \\` alone \\*"),
        ("``a` b", "\\`\\`a\\` b"),
        // What would begin a block.
        ("# not a heading", "\\# not a heading"),
        ("- no list", "\\- no list"),
        ("+ no list", "\\+ no list"),
        ("1. no list", "1\\. no list"),
        ("2) no list", "2\\) no list"),
        ("> no quote", "\\> no quote"),
        ("---", "\\---"),
        ("2.1.0 is out", "2\\.1.0 is out"),
        // People stay people, addresses stay addresses.
        ("thank @ada", "thank @ada"),
        ("see https://example.com/_a_/b*c", "see https://example.com/_a_/b\\*c"),
        // White space, control characters, and those that turn the writing round.
        ("two\nlines\tand  more", "two lines and more"),
        ("bad\u{1B}[31m \u{202E}txt", "bad\u{FFFD}\\[31m \u{FFFD}txt"),
    ])
    func showsWhatWasWritten(text: String, markdown: String) {
        #expect(MarkdownText().line(text) == markdown)
    }

    @Test(arguments: [
        ("fix (#12)", "fix ([#12](https://github.com/a/b/issues/12))"),
        ("#12: x", "[#12](https://github.com/a/b/issues/12): x"),
        // Not a number of an issue.
        ("a#12 &#12; x/y#12 #0 #12a wow!#12", "a#12 \\&#12; x/y#12 #0 #12a wow!#12"),
        ("`#12`", "`#12`"),
        ("!12", "!12"),
    ])
    func linksIssues(text: String, markdown: String) {
        #expect(MarkdownText(links: Self.github).line(text) == markdown)
    }

    @Test func linksWhatEachForgeHas() {
        #expect(MarkdownText(links: Self.gitlab).line("a !7") == "a [!7](https://gitlab.com/a/b/-/merge_requests/7)")
        #expect(
            MarkdownText(links: Self.bitbucket).line("Merged (pull request #7)")
                == "Merged ([pull request #7](https://bitbucket.org/a/b/pull-requests/7))"
        )
    }

    @Test func keepsCodeBlocksAndClosesThem() {
        #expect(
            MarkdownText().lines("Do *this*:\n\n```sh\n  a <b>\n```\n# end\n\n")
                == ["Do \\*this\\*:", "", "```sh", "  a <b>", "```", "\\# end"]
        )
        #expect(MarkdownText().lines("~~~~\nopen") == ["~~~~", "open", "~~~~"])
    }
}
