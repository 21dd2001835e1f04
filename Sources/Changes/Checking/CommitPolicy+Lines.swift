/// What is asked of lines whatever the grammar makes of them.
extension CommitPolicy {
    func lengthFindings(_ lines: [MessageLine]) -> [CommitFinding] {
        guard let header = lines.first else { return [] }
        var findings: [CommitFinding] = []
        if let headerLength, header.text.count > headerLength {
            findings.append(
                header.tooLong(.headerLength, headerLength, what: "the first line", hint: "say the details in the body")
            )
        }
        guard let bodyLength else { return findings }
        let footers = MessageBody(lines.dropFirst()).footerLines.first?.number ?? .max
        for line in lines.dropFirst() where line.number < footers && line.text.count > bodyLength {
            // What cannot be broken, such as an address, may be as long as it is.
            guard line.text.split(separator: " ").allSatisfy({ $0.count <= bodyLength && !$0.contains("://") }) else {
                continue
            }
            findings.append(line.tooLong(.bodyLength, bodyLength, what: "this line", hint: "break it"))
        }
        return findings
    }

    /// Lines that were meant to tell of a breaking change.
    func breakingFindings(_ lines: [MessageLine]) -> [CommitFinding] {
        let firstFooter = MessageBody(lines.dropFirst()).footerLines.first?.number ?? .max
        return lines.indices.dropFirst().compactMap { index in
            let line = lines[index]
            guard let words = BreakingWords(line.text) else { return nil }
            guard words.isRight else {
                return line.finding(
                    .breaking,
                    at: nil,
                    "this line does not tell of a breaking change",
                    hint: "write \"BREAKING CHANGE: \" in capitals, with a colon and a space, and what breaks"
                )
            }
            let isFirst = line.number == firstFooter
            guard isFirst, index > 1, !lines[index - 1].isBlank else { return nil }
            return line.finding(
                .breaking,
                at: nil,
                "a blank line is missing between the body and the breaking change",
                hint: "begin the footers with a paragraph of their own; other programs may not see this one"
            )
        }
    }

    func releaseFindings(_ lines: [MessageLine]) -> [CommitFinding] {
        lines.dropFirst().compactMap { line in
            guard let demand = ReleaseAs(line: line.text), demand.version == nil else { return nil }
            let value = line.text.index(line.text.endIndex, offsetBy: -demand.text.count)
            return line.finding(
                .releaseAs,
                at: value,
                "\"\(demand.text)\" is not a version",
                hint: "write a whole version, such as Release-As: 3.0.0"
            )
        }
    }
}

/// The words "breaking change" at the beginning of a line, however they are written.
private struct BreakingWords {
    /// Whether the grammar takes the line for a breaking change (items 12 and 16).
    let isRight: Bool

    /// Reads a line; nil for prose.
    init?(_ line: Substring) {
        guard let first = line.utf8.first, first | 0x20 == UInt8(ascii: "b") else { return nil }
        isRight = FooterStart(line)?.isBreaking ?? false
        if isRight { return }
        let breaking = line.prefix(8)
        let rest = line.dropFirst(8).drop { $0 == " " || $0 == "-" || $0 == "_" }
        guard breaking.lowercased() == "breaking", rest.lowercased().hasPrefix("change") else { return nil }
        let isInCapitals = breaking == "BREAKING" && rest.hasPrefix("CHANGE")
        let behind = rest.dropFirst(6).drop { $0 == "s" || $0 == "S" || $0 == " " }
        // "Breaking changes are listed below" is prose.
        guard isInCapitals || behind.first == ":" else { return nil }
    }
}

extension MessageLine {
    fileprivate func tooLong(_ rule: CommitFinding.Rule, _ limit: Int, what: String, hint: String) -> CommitFinding {
        let count = text.count
        return finding(
            rule,
            at: text.index(text.startIndex, offsetBy: limit),
            "\(what) has \(count) characters, \(count - limit) more than it may have",
            hint: hint
        )
    }
}
