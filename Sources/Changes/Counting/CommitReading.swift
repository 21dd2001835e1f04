import Versioning

/// What one commit's message tells, before it is known which commits take each other back.
struct CommitReading {
    /// The changes, the message's own first; one without a meaning for a message that follows no grammar.
    let changes: [ConventionalCommit?]
    /// Whether the changes are those of a merged request, whose commits the history has as well.
    let isMerge: Bool
    /// The lines by which a revert may name the commit.
    let subjects: [Substring]
    let revert: RevertMessage?
    let releaseAs: SemanticVersion?

    init(_ commit: CommitRecord, rules: CommitRules, known: Set<String>) {
        let lines = MessageLine.lines(of: commit.message)
        releaseAs = Self.releaseAs(in: lines)
        if let header = lines.first.flatMap({ RevertHeader($0.text) }) {
            let body = MessageBody(lines.dropFirst())
            let change = header.change(body: body.body, footers: body.footers)
            changes = [change]
            isMerge = commit.parents.count > 1
            revert = RevertMessage(lines, conventional: nil)
            subjects = [lines[0].text]
            return
        }
        let merge = MergeMessage(lines)
        isMerge = commit.parents.count > 1
        let message = merge?.request ?? lines
        let found: [ConventionalCommit]
        if isMerge {
            found = (try? ConventionalCommit(message, isForgiving: true)).map { [$0] } ?? []
        } else {
            found = Self.commits(in: message) { known.contains($0) }
        }
        // A merge that says nothing is no change of its own; any other commit is, even where it asks for nothing.
        changes = found.isEmpty && !isMerge && merge == nil ? [nil] : found
        revert = RevertMessage(message, conventional: found.first)
        subjects = [lines.first?.text, merge?.request.first?.text].compactMap { $0 }
    }

    /// The changes that a message tells of, each once: a squashed request is often called like one of its commits.
    private static func commits(in lines: [MessageLine], isKnown: (String) -> Bool) -> [ConventionalCommit] {
        let squashed = SquashedMessage(lines, isKnown: isKnown)
        var commits: [ConventionalCommit] = []
        for part in [squashed.title] + squashed.parts {
            guard let commit = try? ConventionalCommit(part, isForgiving: true) else { continue }
            if let same = commits.firstIndex(where: { $0.heading == commit.heading }) {
                commits[same] = commits[same].joined(with: commit)
            } else {
                commits.append(commit)
            }
        }
        return commits
    }

    /// The version that a footer `Release-As: 3.0.0` demands; the last one, where there are several.
    private static func releaseAs(in lines: [MessageLine]) -> SemanticVersion? {
        lines.dropFirst().reversed().lazy.compactMap { ReleaseAs(line: $0.text)?.version }.first
    }
}

/// A footer `Release-As: 3.0.0`, by which people demand a version.
struct ReleaseAs {
    let text: Substring
    /// The version; nil where it is none.
    var version: SemanticVersion? {
        try? SemanticVersion(parsing: String(text.hasPrefix("v") ? text.dropFirst() : text))
    }

    init?(line: Substring) {
        guard let first = line.utf8.first, first | 0x20 == UInt8(ascii: "r"),
            let footer = FooterStart(line), footer.token.lowercased() == "release-as",
            footer.separator == .colon
        else { return nil }
        text = footer.value
    }
}

/// By what two changes are the same: type, scope and description, without a request's number.
struct ChangeHeading: Hashable {
    private let type: String
    private let scope: String?
    private let description: String

    init(_ commit: ConventionalCommit) {
        type = commit.type
        scope = commit.scope?.lowercased()
        var text = commit.description[...]
        if text.hasSuffix(")"), let open = text.lastIndex(of: "("), open > text.startIndex {
            let inside = text[text.index(after: open)...].dropLast()
            let isNumber = inside.first == "#" || inside.first == "!"
            if isNumber, inside.dropFirst().allSatisfy(\.isNumber) { text = text[..<open] }
        }
        description = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension ConventionalCommit {
    var heading: ChangeHeading { ChangeHeading(self) }

    /// One change of two that are called the same; what either breaks stays broken.
    fileprivate func joined(with other: ConventionalCommit) -> ConventionalCommit {
        ConventionalCommit(
            type: type,
            scope: scope,
            description: description,
            body: body ?? other.body,
            footers: footers + other.footers.filter { !footers.contains($0) },
            breaking: breaking ?? other.breaking
        )
    }
}
