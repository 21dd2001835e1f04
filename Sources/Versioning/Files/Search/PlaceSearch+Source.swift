/// Source files: a name that is given a string.
extension PlaceSearch {
    func sourcePlaces() throws(ScanFailure) -> [Found] {
        let tokens = SourceScanner.tokens(in: bytes, language: language)
        var assignments = SourceAssignments(tokens: tokens, bytes: bytes)
        assignments.takesArguments = kind == .mix || (kind == .python && name == "setup.py")
        assignments.takesColon = kind == .mix
        assignments.takesBareString = kind == .gradle || kind == .mix
        assignments.takesMembers = kind == .ruby || kind == .podspec || kind == .gradle
        assignments.owners = kind == .gradle ? ["project", "rootProject"] : nil
        assignments.blocks = kind == .gradle && keys.isEmpty ? ["allprojects", "subprojects"] : nil
        var found: [Found] = []
        for key in keys.isEmpty ? [standardName] : keys {
            let (strings, others) = assignments.values(of: key)
            guard let first = strings.first else {
                throw failure(
                    others.isEmpty ? "no \(key) with a string in it" : "\(key) is no plain string",
                    at: others.first
                )
            }
            guard strings.count == 1 else {
                throw failure(
                    "\(key) stands twice; the first one is in line \(line(first.lowerBound))",
                    at: strings[1].lowerBound,
                    hint: "name another one under `keys:`, or find the right one with a `pattern:`"
                )
            }
            found.append(Found(key: key, range: first, spelling: kind.spelling))
        }
        return found
    }

    private var language: SourceLanguage {
        switch kind {
        case .gradle: name.hasSuffix(".kts") ? .kotlin : .groovy
        case .swift: .swift
        case .mix: .elixir
        case .ruby, .podspec: .ruby
        default: .python
        }
    }

    private var standardName: String {
        switch kind {
        case .python: name == "setup.py" ? "version" : "__version__"
        case .ruby: name.hasSuffix(".gemspec") ? "version" : "VERSION"
        default: "version"
        }
    }
}

/// Finds what a name is given in source text.
struct SourceAssignments {
    let tokens: [SourceToken]
    let bytes: [UInt8]
    /// Whether an argument counts, as in `setup(version="1.0")`.
    var takesArguments = false
    /// Whether `name: "…"` counts.
    var takesColon = false
    /// Whether `name "…"` counts.
    var takesBareString = false
    /// Whether `spec.name = "…"` counts.
    var takesMembers = false
    /// Whose members count; nil for anybody's.
    var owners: Set<String>?
    /// The blocks in which a name counts; nil for all.
    var blocks: Set<String>?

    /// What a name is given.
    private struct Value {
        /// The content of a plain string; nil for anything else.
        let string: Range<Int>?
    }

    private static let modifiers: Set<String> = [
        "let", "var", "val", "def", "const", "static", "final", "String", "public", "private", "package", "internal",
        "fileprivate", "open", "class", "lazy", "nonisolated", "unsafe", "set", "ext",
    ]

    /// What is given to a name.
    ///
    /// - Parameter name: the name.
    /// - Returns: the contents of plain strings, and where something else stands.
    func values(of name: String) -> (strings: [Range<Int>], others: [Int]) {
        var strings: [Range<Int>] = []
        var others: [Int] = []
        var brackets: [(symbol: UInt8, isForeign: Bool)] = []
        var foreignBlocks = 0
        var statement = 0
        let name = Array(name.utf8)
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .lineEnd: statement = index + 1
            case .symbol(let symbol):
                if "([{".utf8.contains(symbol) {
                    let block = statement < index ? text(tokens[statement]) : ""
                    let isForeign = blocks.map { !$0.contains(block) } ?? false
                    brackets.append((symbol, isForeign))
                    if isForeign { foreignBlocks += 1 }
                } else if ")]}".utf8.contains(symbol), let closed = brackets.popLast(), closed.isForeign {
                    foreignBlocks -= 1
                }
                if "{};".utf8.contains(symbol) { statement = index + 1 }
            case .word where bytes[token.range].elementsEqual(name):
                guard foreignBlocks == 0, isPlace(index, statement, brackets.last?.symbol, depth: brackets.count),
                    let value = value(behind: index)
                else { continue }
                if let string = value.string { strings.append(string) } else { others.append(token.range.lowerBound) }
            case .word, .string: break
            }
        }
        return (strings, others)
    }

    private func text(_ token: SourceToken) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

    /// Whether a name may be given something where it stands.
    private func isPlace(_ index: Int, _ statement: Int, _ innermost: UInt8?, depth: Int) -> Bool {
        if let innermost, innermost != UInt8(ascii: "{") {
            // Inside of one pair of brackets, but not deeper: a dependency has a version of its own.
            guard takesArguments, depth == 1, index > 0 else { return false }
            let before = tokens[index - 1]
            return before.kind == .lineEnd || before.isSymbol(",") || before.isSymbol("(") || before.isSymbol("[")
        }
        // No declaration has more words before its name.
        guard index - statement <= 12 else { return false }
        var start = index
        while start > statement {
            let before = tokens[start - 1]
            if before.kind == .word {
                let isMember = takesMembers && start < index && tokens[start].isSymbol(".")
                let isOwner = isMember && owners.map { $0.contains(text(before)) } ?? true
                guard isOwner || Self.modifiers.contains(text(before)) else { return false }
            } else if before.isSymbol(".") {
                guard takesMembers else { return false }
            } else if before.isSymbol("@") || before.isSymbol("(") || before.isSymbol(")") {
                // `@version "…"`, and `private(set) var`.
            } else {
                return false
            }
            start -= 1
        }
        return true
    }

    /// What stands behind a name; nil where the name is given nothing, and no string where it is no plain one.
    private func value(behind index: Int) -> Value? {
        var next = index + 1
        func at(_ place: Int) -> SourceToken? { place < tokens.count ? tokens[place] : nil }
        if takesBareString, at(next)?.kind == .string { return Value(string: plainString(next)) }
        if let colon = at(next), colon.isSymbol(":") {
            if takesColon { return Value(string: at(next + 1)?.kind == .string ? plainString(next + 1) : nil) }
            next += 1
            // A type.
            while let token = at(next), token.kind == .word || token.isSymbol(".") || token.isSymbol("?") { next += 1 }
        }
        guard at(next)?.isSymbol("=") ?? false, at(next + 1).map({ !$0.isSymbol("=") && !$0.isSymbol("~") }) ?? false
        else { return nil }
        next += 1
        if at(next)?.kind == .lineEnd { next += 1 }
        return Value(string: at(next)?.kind == .string ? plainString(next) : nil)
    }

    /// A string's content, where nothing is put together or called on it.
    private func plainString(_ index: Int) -> Range<Int>? {
        let range = tokens[index].range
        let next = index + 1 < tokens.count ? tokens[index + 1] : nil
        // Ruby freezes its constants.
        let isFrozen =
            next?.isSymbol(".") ?? false && index + 2 < tokens.count
            && bytes[tokens[index + 2].range].elementsEqual("freeze".utf8)
        let isEnd =
            next.map { next in next.kind == .lineEnd || ";,)]}".unicodeScalars.contains(where: next.isSymbol) } ?? true
        guard isEnd || isFrozen else { return nil }
        return bytes[range].contains(where: { "\\$#{\n".utf8.contains($0) }) ? nil : range
    }
}
