/// The definitions of links at the end of a file: `[2.1.0]: https://…/compare/v2.0.0...v2.1.0`.
struct ReferenceLinks: Sendable {
    /// A line of this part of the file.
    struct Line: Sendable {
        var bytes: [UInt8]
        /// What the link is called, in lower case; nil for a line that defines none.
        let label: String?
        /// The link's address.
        let address: String?

        init(_ line: MarkdownLine) {
            bytes = Array(line.bytes)
            let definition = line.isOpaque ? nil : line.text.linkDefinition
            label = definition?.label.lowercased()
            address = definition?.address
        }

        init(label: String, address: String, lineEnd: [UInt8]) {
            bytes = Array("[\(label)]: \(address)".utf8) + lineEnd
            self.label = label.lowercased()
            self.address = address
        }
    }

    var lines: [Line]

    init(_ lines: [MarkdownLine]) {
        self.lines = lines.map(Line.init)
    }

    var bytes: [UInt8] { lines.flatMap(\.bytes) }

    /// Where the definitions begin that end a file; the file's end where there are none.
    static func start(in lines: [MarkdownLine]) -> Int {
        var start = lines.endIndex
        for index in lines.indices.reversed() {
            if !lines[index].isOpaque, lines[index].text.linkDefinition != nil {
                start = index
            } else if !lines[index].isBlank {
                break
            }
        }
        return start
    }
}

/// The address of a comparison: what stands before the older name, between the two, and the names.
struct ComparisonAddress: Hashable, Sendable {
    let base: String
    let older: String
    let separator: String
    let newer: String

    /// Takes an address apart; nil for one that compares nothing.
    init?(_ address: String) {
        guard let place = address.firstRange(of: "/compare/") else { return nil }
        base = String(address[..<place.upperBound])
        let names = address[place.upperBound...]
        for separator in ["...", ".."] {
            guard let middle = names.firstRange(of: separator) else { continue }
            older = String(names[..<middle.lowerBound])
            newer = String(names[middle.upperBound...])
            self.separator = separator
            if older.isEmpty || newer.isEmpty { return nil }
            return
        }
        return nil
    }

    /// The comparison of two other names at the same place.
    func between(_ older: String, _ newer: String) -> String { base + older + separator + newer }
}

extension String {
    /// A definition of a link (CommonMark 0.31, 4.7), without a title; nil for any other line.
    ///
    /// Footnotes are none.
    var linkDefinition: (label: String, address: String)? {
        guard prefix(while: { $0 == " " }).count <= 3 else { return nil }
        let text = trimmingSpaces
        guard text.hasPrefix("["), !text.hasPrefix("[^"), let end = text.firstRange(of: "]:") else { return nil }
        let label = text[text.index(after: text.startIndex)..<end.lowerBound]
        let address = text[end.upperBound...].trimmingSpaces.prefix { !$0.isWhitespace }
        guard !label.isEmpty, !address.isEmpty else { return nil }
        return (String(label), String(address))
    }
}
