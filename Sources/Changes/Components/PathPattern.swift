/// A pattern of paths, from the top of the repository: `services/ui`, `services/*`, `**/*.proto`.
///
/// `*` stands for any characters of one name, `?` for one of them, `**` for any number of folders. What fits a folder
/// fits everything in it.
package struct PathPattern: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    /// The pattern's names, one after the other.
    private let names: [Name]

    private enum Name: Hashable {
        case literal([UInt8])
        case pattern([UInt8])
        /// `**`
        case anyFolders
    }

    /// Reads a pattern; `.` and the empty one stand for everything.
    ///
    /// - Throws: `ComponentError` for a path that leaves the repository, or that git would not write so.
    package init(_ text: String) throws(ComponentError) {
        var path = text[...]
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        while path.hasSuffix("/") && path.count > 1 { path = path.dropLast() }
        if path == "." { path = "" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.isEmpty || !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
            throw ComponentError(
                "\"\(text)\" is not a path in the repository",
                hint: "write it from the top of the repository, such as services/ui"
            )
        }
        self.text = text
        names = path.isEmpty ? [] : parts.map { Self.name($0) }
    }

    private static func name(_ part: Substring) -> Name {
        if part == "**" { return .anyFolders }
        let bytes = Array(part.utf8)
        return bytes.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") } ? .pattern(bytes) : .literal(bytes)
    }

    package var description: String { text }

    /// The path itself where there is no pattern in it; nil otherwise.
    package var literal: String? {
        var parts: [String] = []
        for name in names {
            guard case .literal(let bytes) = name else { return nil }
            parts.append(String(decoding: bytes, as: UTF8.self))
        }
        return parts.joined(separator: "/")
    }

    /// How well a path fits: how many of its names the pattern speaks of, and how many of them letter by letter; nil
    /// where it does not fit.
    ///
    /// - Parameter path: the names of the path.
    /// - Returns: the fit.
    package func fit(_ path: [[UInt8]]) -> PathFit? {
        Self.fit(names[...], path[...]).map { depth in
            PathFit(depth: depth, literals: names.count { if case .literal = $0 { true } else { false } })
        }
    }

    /// Whether the name of a file or folder anywhere in the path fits, where the pattern is a single name.
    package func fitsAnyName(of path: [[UInt8]]) -> Bool {
        guard names.count == 1, let name = names.first else { return false }
        return path.contains { Self.fits(name, $0) }
    }

    /// Whether the pattern is a single name, without a folder.
    package var isSingleName: Bool { names.count == 1 && !text.contains("/") }

    /// How many names of the path the pattern uses up; `**` takes as few as what stands behind it allows.
    private static func fit(_ names: ArraySlice<Name>, _ path: ArraySlice<[UInt8]>) -> Int? {
        guard let first = names.first else { return path.startIndex }
        if case .anyFolders = first {
            let rest = names.dropFirst()
            if rest.isEmpty { return path.isEmpty ? nil : path.startIndex + 1 }
            for start in path.indices {
                if let found = fit(rest, path[start...]) { return found }
            }
            return nil
        }
        guard let next = path.first, fits(first, next) else { return nil }
        return fit(names.dropFirst(), path.dropFirst())
    }

    private static func fits(_ name: Name, _ text: [UInt8]) -> Bool {
        switch name {
        case .literal(let bytes): bytes == text
        case .pattern(let pattern): matches(pattern, text)
        case .anyFolders: true
        }
    }

    /// `*` and `?` in one name; a `?` stands for one character, however many bytes it has.
    private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var (position, place) = (0, 0)
        var star: (place: Int, position: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == UInt8(ascii: "?") {
                place += 1
                position += 1
                while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
            } else if place < pattern.count, pattern[place] == text[position] {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                place = last.place + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// How well a path fits a pattern; the longer one wins, then the one with fewer wildcards.
package struct PathFit: Comparable, Hashable, Sendable {
    /// How many names of the path the pattern reaches into.
    let depth: Int
    /// How many names of the pattern have no wildcard.
    let literals: Int

    package static func < (left: PathFit, right: PathFit) -> Bool {
        (left.depth, left.literals) < (right.depth, right.literals)
    }
}
