/// A message into which several commits were squashed: their own messages, and what stands around them.
struct SquashedMessage {
    /// The request's title and what belongs to it.
    let title: [MessageLine]
    /// The messages of the commits; none where the message is not a squashed one.
    let parts: [[MessageLine]]

    /// Finds the messages.
    ///
    /// GitHub, GitLab, Gitea and Bitbucket list them as `* feat: a`; `git rebase` and hands put them one after the
    /// other with a blank line between; `git merge --squash` quotes what `git log` prints.
    ///
    /// - Parameters:
    ///   - lines: the whole message.
    ///   - isKnown: whether a type is one that people use: prose may look like a header (`* Note: …`).
    init(_ lines: [MessageLine], isKnown: (String) -> Bool) {
        if let quoted = lines.firstIndex(where: { $0.text == "Squashed commit of the following:" }) {
            title = Array(lines[..<quoted])
            parts = Self.quotedMessages(lines[lines.index(after: quoted)...])
            return
        }
        var title: [MessageLine] = []
        var parts: [[MessageLine]] = []
        var isInPart = false
        var isBehindBlank = false
        for (index, line) in lines.enumerated() {
            let isFirst = index == 0 && line.text.first != "*"
            if !isFirst, let header = Self.header(line, isBehindBlank: isBehindBlank, isKnown: isKnown) {
                parts.append([header])
                isInPart = true
            } else if isInPart, Self.isRule(line.text) {
                // GitHub draws a line below the list; co-authors follow.
                isInPart = false
                title.append(MessageLine(number: line.number, text: ""))
            } else if isInPart {
                parts[parts.count - 1].append(line)
            } else {
                title.append(line)
            }
            isBehindBlank = line.isBlank
        }
        self.title = title
        self.parts = parts
    }

    /// The header that a line begins a message with; nil where it begins none.
    private static func header(
        _ line: MessageLine,
        isBehindBlank: Bool,
        isKnown: (String) -> Bool
    ) -> MessageLine? {
        guard let first = line.text.utf8.first else { return nil }
        let isListed = first == UInt8(ascii: "*")
        // Trailers such as `Test: by hand` have capitals.
        guard isListed || (isBehindBlank && (0x61...0x7A).contains(first)) else { return nil }
        let text = isListed ? line.text.dropFirst().drop { $0 == " " } : line.text
        guard text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let stripped = MessageLine(number: line.number, text: text)
        guard let header = try? CommitHeader(stripped, isForgiving: true) else { return nil }
        return isKnown(header.type) || header.isBreaking ? stripped : nil
    }

    private static func isRule(_ text: Substring) -> Bool {
        text.utf8.count >= 3 && text.utf8.allSatisfy { $0 == UInt8(ascii: "-") }
    }

    /// The messages of what `git log` prints, each indented by four spaces behind a line `commit HASH`.
    private static func quotedMessages(_ lines: ArraySlice<MessageLine>) -> [[MessageLine]] {
        var messages: [[MessageLine]] = []
        for line in lines {
            if line.text.hasPrefix("commit ") {
                messages.append([])
            } else if !messages.isEmpty, line.isBlank || line.text.hasPrefix("    ") {
                messages[messages.count - 1].append(MessageLine(number: line.number, text: line.text.dropFirst(4)))
            }
        }
        return messages.map { Array($0.drop(while: \.isBlank)) }
    }
}
