/// A message that takes other commits back.
struct RevertMessage: Hashable {
    /// Whether taking back is all that the message tells of: then the commit is gone together with those it reverts.
    let isWholly: Bool
    /// The hashes that it names, whole or abbreviated.
    let hashes: [String]
    /// The first line of the commit that it takes back, where it names it so.
    let subject: String?

    /// Recognises a revert by git's words, or by the type `revert` (Conventional Commits 1.0.0, "How does
    /// Conventional Commits handle revert commits?"); nil for other messages.
    init?(_ lines: [MessageLine], conventional: ConventionalCommit?) {
        let quoted = lines.first.flatMap { RevertHeader($0.text) }
        let isTyped = conventional?.type == "revert"
        var hashes = lines.dropFirst().flatMap { Self.hashes(in: $0.text) }
        if isTyped, let conventional {
            let values = conventional.values(of: "Refs") + conventional.values(of: "Reverts")
            hashes += values.flatMap { Self.hashes(among: $0[...]) }
        }
        guard quoted != nil || isTyped || !hashes.isEmpty else { return nil }
        self.hashes = hashes
        isWholly = quoted != nil || isTyped
        subject = quoted?.subject ?? (isTyped ? conventional?.description : nil)
    }

    /// The hashes of a line `This reverts commit HASH.`, or of one that names several.
    private static func hashes(in line: Substring) -> [String] {
        guard line.utf8.first == UInt8(ascii: "T") else { return [] }
        if line.utf8.starts(with: "This reverts commits ".utf8) { return hashes(among: line.dropFirst(21)) }
        guard line.utf8.starts(with: "This reverts commit ".utf8) else { return [] }
        let rest = line.dropFirst("This reverts commit ".count)
        let hash = rest.prefix { $0.isHexDigit && $0.isASCII }
        // "This reverts commit 1234567 in part" does not, but that of a merge goes on: ", reversing changes made to".
        let ending = rest[hash.endIndex...]
        guard isHash(hash), ending.isEmpty || ending == "." || ending.hasPrefix(", reversing") else { return [] }
        return [hash.lowercased()]
    }

    private static func hashes(among text: Substring) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "#") }.filter(isHash).map { $0.lowercased() }
    }

    /// Seven characters are what git abbreviates to at least, unless told otherwise.
    private static func isHash(_ text: Substring) -> Bool {
        (7...40).contains(text.utf8.count) && text.allSatisfy { $0.isHexDigit && $0.isASCII }
    }
}

/// The first line `Revert "…"` or `Reapply "…"`, behind which forges put the number of a request.
struct RevertHeader: Hashable {
    /// The first line of the commit that is taken back.
    let subject: String

    init?(_ line: some StringProtocol) {
        let isReapplied = line.hasPrefix("Reapply \"")
        guard isReapplied || line.hasPrefix("Revert \"") else { return nil }
        let rest = line[line.index(line.startIndex, offsetBy: isReapplied ? 9 : 8)...]
        guard let end = rest.lastIndex(of: "\"") else { return nil }
        let ending = rest[rest.index(after: end)...]
        guard ending.isEmpty || (ending.hasPrefix(" (") && ending.hasSuffix(")")) else { return nil }
        let quoted = rest[..<end]
        // What is reapplied is what a revert took away (git 2.43 and later).
        subject = isReapplied ? "Revert \"\(quoted)\"" : String(quoted)
    }

    /// What the commit does if it stays: it takes the subject back, or brings it back where that is a revert itself.
    func change(body: String?, footers: [ConventionalCommit.Footer]) -> ConventionalCommit {
        var subject = subject
        var isTakenBack = true
        while let inner = RevertHeader(subject) {
            subject = inner.subject
            isTakenBack.toggle()
        }
        let line = MessageLine(number: 1, text: subject[...])
        guard !isTakenBack, let original = try? CommitHeader(line, isForgiving: true) else {
            let description = isTakenBack ? subject : "reapply \(subject)"
            return ConventionalCommit(type: "revert", description: description, body: body, footers: footers)
        }
        return ConventionalCommit(
            type: original.type,
            scope: original.scope,
            description: original.description,
            body: body,
            footers: footers,
            breaking: original.isBreaking ? original.description : nil
        )
    }
}
