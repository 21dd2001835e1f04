import Dockerfile
import Linting
import OCI
import Testing

/// Digests that are brought up to date, and nothing else.
@Suite struct UpdateTests {
    private static let a = "\(digest("a"))"
    private static let b = "\(digest("b"))"
    private static let c = "\(digest("c"))"

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let before: String
        let after: String
        var policy = LintPolicy()
        var moves = true

        init(_ name: String, _ before: String, _ after: String, policy: LintPolicy = LintPolicy(), moves: Bool = true) {
            testDescription = name
            self.before = before
            self.after = after
            self.policy = policy
            self.moves = moves
        }

        /// A file that stays as it is.
        static func same(_ name: String, _ text: String, policy: LintPolicy = LintPolicy()) -> Case {
            Case(name, text, text, policy: policy)
        }
    }

    /// `x:1` holds B by now, `y:1` holds C, `z:1` is gone.
    private static func known() throws -> [ImageReference: TagAnswer] {
        try answers([
            "x:1": .holds(digest("b"), members: [digest("d")]), "y:1": .holds(digest("c"), members: []),
            "z:1": .missing, "x:latest": .holds(digest("c"), members: []),
        ])
    }

    @Test(arguments: [
        Case("moved", "FROM x:1@\(a) AS s\n", "FROM x:1@\(b) AS s\n"),
        Case(
            "every place of it",
            "FROM x:1@\(a)\nFROM x:1@\(a)\nCOPY --from=x:1@\(a) / /",
            "FROM x:1@\(b)\nFROM x:1@\(b)\nCOPY --from=x:1@\(b) / /"
        ),
        Case("several images", "FROM x:1@\(a)\nFROM y:1@\(a)", "FROM x:1@\(b)\nFROM y:1@\(c)"),
        Case("the same digest of another image stays", "FROM x:1@\(a)\nFROM q:1@\(a)", "FROM x:1@\(b)\nFROM q:1@\(a)"),
        Case(
            "line ends of Windows",
            "\u{FEFF}FROM x:1@\(a)\r\n\r\nRUN x \\\r\n  y\r\n",
            "\u{FEFF}FROM x:1@\(b)\r\n\r\nRUN x \\\r\n  y\r\n"
        ),
        Case(
            "a mount",
            "FROM scratch\nRUN --mount=type=bind,from=x:1@\(a),target=/x ls",
            "FROM scratch\nRUN --mount=type=bind,from=x:1@\(b),target=/x ls"
        ),
        Case("the frontend", "# syntax=x:1@\(a)  \nFROM scratch", "# syntax=x:1@\(b)  \nFROM scratch"),
        Case("in a default", "ARG I=x:1@\(a)\nFROM $I\nFROM ${I}", "ARG I=x:1@\(b)\nFROM $I\nFROM ${I}"),
        Case("in a default of its own", "ARG D=\"\(a)\"\nFROM x:1@${D}", "ARG D=\"\(b)\"\nFROM x:1@${D}"),
        Case(
            "in the last of two defaults",
            "ARG D=\(a)\nARG D=\(a)\nFROM x:1@$D",
            "ARG D=\(a)\nARG D=\(b)\nFROM x:1@$D"
        ),
        Case("where the tag is by argument", "ARG T=1\nFROM x:$T@\(a)", "ARG T=1\nFROM x:$T@\(b)"),
        Case(
            "beside a comment with the digest",
            "# \(a)\nFROM x:1@\(a) # no\n".replacing(" # no", with: ""),
            "# \(a)\nFROM x:1@\(b)\n"
        ),
        Case("pinned", "FROM x:1 AS s\r\nCOPY --from=y:1 / /", "FROM x:1@\(b) AS s\r\nCOPY --from=y:1@\(c) / /"),
        Case("pinned in quotes", "FROM \"x:1\"", "FROM \"x:1@\(b)\""),
        Case("pinned within a line's continuation", "FROM \\\n x:\\\n1\n", "FROM \\\n x:\\\n1@\(b)\n"),
        Case(
            "pinned in a mount",
            "FROM scratch\nRUN --mount=from=x:1,target=/x <<E\nfrom=x:1\nE",
            "FROM scratch\nRUN --mount=from=x:1@\(b),target=/x <<E\nfrom=x:1\nE"
        ),
        Case("pinned in the default of a whole image", "ARG I='x:1'\nFROM $I", "ARG I='x:1@\(b)'\nFROM $I"),
        Case("pinned frontend", "# syntax=x:1\nFROM scratch", "# syntax=x:1@\(b)\nFROM scratch"),
        Case("latest has a tag", "FROM x:latest", "FROM x:latest@\(c)"),
        Case(
            "a comment without a reason holds nothing back",
            "# tagboat: ignore=tag-moved\nFROM x:1@\(a)",
            "# tagboat: ignore=tag-moved\nFROM x:1@\(b)"
        ),
        Case("only pinned, not moved", "FROM x:1@\(a)\nFROM x:1", "FROM x:1@\(a)\nFROM x:1@\(b)", moves: false),
        .same("up to date", "FROM x:1@\(b)"),
        .same("one of its platforms", "FROM x:1@\(digest("d"))"),
        .same("gone", "FROM z:1@\(a)"),
        .same("nobody knows", "FROM q:1@\(a)\nFROM r:1"),
        .same("no tag", "FROM x"),
        .same("a tag by argument is not pinned", "ARG T=1\nFROM x:$T"),
        .same("a name by argument is not pinned", "ARG N=x\nFROM $N:1"),
        .same("a default that others build on is not pinned", "ARG I=x:1\nARG J=${I}0\nFROM $I\nFROM $J"),
        .same("a default that stages see is not pinned", "ARG I=x:1\nFROM $I\nARG I\nRUN echo $I"),
        .same(
            "what a build argument says stands elsewhere",
            "ARG I=x:1@\(a)\nFROM $I",
            policy: LintPolicy(arguments: ["I": "x:1@\(a)"])
        ),
        .same("a digest that another image shares", "ARG D=\(a)\nFROM x:1@$D\nFROM q:1@$D"),
        .same("a digest in pieces", "ARG D=\(a.dropFirst(7))\nFROM x:1@sha256:$D"),
        .same("ignored", "# tagboat: ignore=tag-moved -- x\nFROM x:1@\(a)"),
        .same("left unpinned on purpose", "# tagboat: ignore=tag-without-digest -- x\nFROM x:1"),
        .same(
            "rules that are off",
            "FROM x:1@\(a)\nFROM x:1",
            policy: LintPolicy(severities: [.tagMoved: .off, .tagWithoutDigest: .off])
        ),
    ])
    func changesDigestsOnly(_ test: Case) throws {
        let file = try LintedFile(test.before, policy: test.policy)
        let updated = file.updated(tags: try Self.known(), moves: test.moves, pins: true)
        #expect(updated.file.text.utf8.elementsEqual(test.after.utf8))
        #expect(updated.updates.isEmpty == (test.before == test.after))
        let again = updated.file.updated(tags: try Self.known(), moves: test.moves, pins: true)
        #expect(again.updates.isEmpty)
        if test.moves {
            let moved = updated.file.findings(tags: try Self.known()).filter {
                $0.rule == .tagMoved && $0.reason == nil
            }
            let stays = test.before == test.after
            #expect(moved.isEmpty || stays)
        }
    }

    @Test func nothingIsPinnedUnasked() throws {
        let file = try LintedFile("FROM x:1\nFROM x:1@\(Self.a)")
        let updated = file.updated(tags: try Self.known())
        #expect(updated.file.text == "FROM x:1\nFROM x:1@\(Self.b)")
    }

    @Test func tellsWhatItChanged() throws {
        let file = try LintedFile("ARG I=x:1@\(Self.a)\nFROM y:1\nFROM $I")
        let updates = file.updated(tags: try Self.known(), pins: true).updates
        #expect(
            updates.map { "\($0.place.line):\($0.place.column) \($0.image)" } == [
                "2:9 docker.io/y:1", "1:11 docker.io/x:1",
            ]
        )
        #expect(updates.map(\.old) == [nil, digest("a")])
        #expect(updates.map(\.new) == [digest("c"), digest("b")])
    }

    struct Question: Sendable {
        let rule: Comment
        let text: String
        var pins = false
        var policy = LintPolicy()
        let asked: [String]
    }

    @Test(arguments: [
        Question(rule: "what is pinned", text: "FROM x:1@\(a)\nFROM y:1\nFROM z", asked: ["docker.io/x:1 1"]),
        Question(
            rule: "each tag once",
            text: "FROM x:1@\(a)\nFROM x:1@\(b)\nFROM x:1@\(b)",
            asked: ["docker.io/x:1 2"]
        ),
        Question(
            rule: "what is to be pinned",
            text: "FROM x:1@\(a)\nFROM y:1",
            pins: true,
            asked: ["docker.io/x:1 1", "docker.io/y:1 0"]
        ),
        Question(rule: "a digest alone", text: "FROM x@\(a)", pins: true, asked: []),
        Question(
            rule: "not what nobody wants to know",
            text: "FROM x:1@\(a)",
            policy: LintPolicy(severities: [.tagMoved: .off, .tagMissing: .off]),
            asked: []
        ),
        Question(
            rule: "not what stays unpinned",
            text: "FROM y:1 AS s\nFROM y:1",
            pins: true,
            policy: LintPolicy(severities: [.tagWithoutDigest: .off, .unpinnedStage: .off]),
            asked: []
        ),
    ])
    func asksFew(_ test: Question) throws {
        let questions = try LintedFile(test.text, policy: test.policy).questions(pins: test.pins)
        #expect(questions.map { "\($0.key) \($0.value.count)" }.sorted() == test.asked, test.rule)
    }
}
