extension ConventionalCommit {
    /// Parses a message by the grammar of Conventional Commits 1.0.0.
    ///
    /// - Throws: `CommitMessageError` with the first thing that is wrong, and its line and column.
    package init(parsing message: String) throws(CommitMessageError) {
        try self.init(MessageLine.lines(of: message), isForgiving: false)
    }

    /// Parses a message that an editor is open on: a commit-msg hook gets it so.
    ///
    /// - Parameters:
    ///   - message: the text of the file.
    ///   - comment: what comment lines begin with, `core.commentChar`; a patch behind git's scissors is left out too.
    /// - Throws: `CommitMessageError`; lines are counted with the comments.
    package init(parsing message: String, comment: String) throws(CommitMessageError) {
        try self.init(MessageLine.lines(of: message, comment: comment), isForgiving: false)
    }

    /// Reads lines as a message.
    ///
    /// - Parameters:
    ///   - lines: the lines, beginning with the header.
    ///   - isForgiving: whether to pass over what leaves no doubt of the meaning: a missing blank line below the
    ///     header, more than one space behind the colon, and a breaking change without words of its own. What is in
    ///     the history already cannot be corrected, and must not be missing from the next version.
    /// - Throws: `CommitMessageError` with the first thing that is wrong.
    init(_ lines: [MessageLine], isForgiving: Bool) throws(CommitMessageError) {
        let header = try CommitHeader(lines.first ?? MessageLine(number: 1, text: ""), isForgiving: isForgiving)
        let rest = lines.dropFirst()
        if !isForgiving, let second = rest.first, !second.isBlank {
            throw second.error(
                at: second.text.startIndex,
                "a blank line is missing between the description and what follows",
                hint: "leave the second line empty"
            )
        }
        let body = MessageBody(rest)
        if !isForgiving, let index = body.footers.firstIndex(where: { $0.value.isEmpty }) {
            let line = body.footerLines[index]
            throw line.error(
                at: line.text.endIndex,
                "it is not said what breaks",
                hint: "describe the breaking change behind the colon"
            )
        }
        let broken = body.footers.filter(\.isBreaking).map(\.value).filter { !$0.isEmpty }
        let isBreaking = header.isBreaking || body.footers.contains(where: \.isBreaking)
        self.init(
            type: header.type,
            scope: header.scope,
            description: header.description,
            body: body.body,
            footers: body.footers.filter { !$0.value.isEmpty },
            breaking: !broken.isEmpty ? broken.joined(separator: "\n") : isBreaking ? header.description : nil
        )
    }
}
