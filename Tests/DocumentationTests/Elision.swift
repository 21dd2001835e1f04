/// Comparison of what a page shows with what a program has printed.
///
/// `…` stands for some characters of a line, and on a line of its own for some lines.
enum Elision {
    /// Whether the lines shown stand for the lines printed.
    static func matches(_ shown: [String], _ printed: [String]) -> Bool {
        match(shown[...], printed[...])
    }

    private static func match(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
        guard let first = shown.first else { return printed.isEmpty }
        guard first == "…" else {
            guard let line = printed.first, matches(line: first, line) else { return false }
            return match(shown.dropFirst(), printed.dropFirst())
        }
        guard !printed.isEmpty else { return false }
        return (printed.startIndex + 1...printed.endIndex).contains { match(shown.dropFirst(), printed[$0...]) }
    }

    /// Whether one line shown stands for one line printed.
    static func matches(line shown: String, _ printed: String) -> Bool {
        match(Array(shown)[...], Array(printed)[...])
    }

    private static func match(_ shown: ArraySlice<Character>, _ printed: ArraySlice<Character>) -> Bool {
        guard let first = shown.first else { return printed.isEmpty }
        guard !printed.isEmpty else { return false }
        guard first == "…" else {
            return first == printed.first && match(shown.dropFirst(), printed.dropFirst())
        }
        return (printed.startIndex + 1...printed.endIndex).contains { match(shown.dropFirst(), printed[$0...]) }
    }

    /// What a person changes in the page, line by line.
    static func difference(_ shown: [String], _ printed: [String]) -> String {
        let changes = printed.difference(from: shown) { matches(line: $1, $0) || matches(line: $0, $1) }
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var text = ""
        var (before, after) = (0, 0)
        while before < shown.count || after < printed.count {
            if removed.contains(before) {
                text += "- \(shown[before])\n"
                before += 1
            } else if inserted.contains(after) || before >= shown.count {
                text += "+ \(printed[after])\n"
                after += 1
            } else {
                text += "  \(shown[before])\n"
                before += 1
                after += 1
            }
        }
        return text
    }
}
