/// Finds elements that hold text in an XML document.
///
/// It knows comments, CDATA, processing instructions, the document type and attributes, and that elements nest. It
/// resolves no entities, and takes a name without its namespace prefix.
struct XMLScanner {
    /// An element without child elements.
    struct Leaf: Equatable {
        /// The names from the top.
        let path: [String]
        /// Where the element starts, with its tag.
        let start: Int
        /// The pieces of text between comments, and CDATA sections without their marks; none for `<a/>`.
        let pieces: [Range<Int>]
    }

    private struct Open {
        let name: Range<Int>
        let start: Int
        let isWanted: Bool
        var hasChildren = false
        var pieces: [Range<Int>] = []
    }

    private var cursor: ByteCursor
    private let isWanted: ([String]) -> Bool
    private var path: [String] = []
    private var open: [Open] = []
    private var leaves: [Leaf] = []
    private var hasRoot = false

    /// The leaves whose path is wanted, in their order.
    static func leaves(
        in bytes: [UInt8],
        where isWanted: @escaping ([String]) -> Bool
    ) throws(ScanFailure) -> [Leaf] {
        var scanner = XMLScanner(cursor: ByteCursor(bytes), isWanted: isWanted)
        try scanner.document()
        return scanner.leaves
    }

    private init(cursor: ByteCursor, isWanted: @escaping ([String]) -> Bool) {
        self.cursor = cursor
        self.isWanted = isWanted
    }

    private mutating func document() throws(ScanFailure) {
        while !cursor.isAtEnd {
            let text = cursor.skip { $0 != UInt8(ascii: "<") }
            addPiece(text)
            guard !cursor.isAtEnd else { break }
            if open.isEmpty, !cursor.trimmed(text).isEmpty {
                throw cursor.failure("text outside of the document's element", at: cursor.trimmed(text).lowerBound)
            }
            let start = cursor.position
            if cursor.take("<!--") {
                guard cursor.skip(behind: "-->") != nil else { throw cursor.failure("expected -->", at: start) }
            } else if cursor.take("<![CDATA[") {
                let content = cursor.position
                guard let end = cursor.skip(behind: "]]>") else { throw cursor.failure("expected ]]>", at: start) }
                addPiece(content..<end)
            } else if cursor.take("<?") {
                guard cursor.skip(behind: "?>") != nil else { throw cursor.failure("expected ?>", at: start) }
            } else if cursor.take("<!") {
                try documentType(from: start)
            } else if cursor.take("</") {
                try closingTag(from: start)
            } else {
                cursor.position += 1
                try openingTag(from: start)
            }
        }
        if let last = open.last {
            throw cursor.failure("<\(cursor.text(last.name))> is not closed", at: last.start)
        }
        guard hasRoot else { throw ScanFailure(place: nil, problem: "there is no XML element in it") }
    }

    private mutating func addPiece(_ range: Range<Int>) {
        guard let last = open.indices.last, open[last].isWanted else { return }
        open[last].pieces.append(range)
    }

    /// `<!DOCTYPE …>`, with declarations in brackets.
    private mutating func documentType(from start: Int) throws(ScanFailure) {
        var brackets = 0
        while let byte = cursor.next {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                cursor.position += 1
                cursor.skip { $0 != byte }
            case UInt8(ascii: "<") where cursor.take("<!--"):
                cursor.skip(behind: "-->")
                continue
            case UInt8(ascii: "["): brackets += 1
            case UInt8(ascii: "]"): brackets -= 1
            case UInt8(ascii: ">") where brackets <= 0:
                cursor.position += 1
                return
            default: break
            }
            cursor.position += 1
        }
        throw cursor.failure("expected the end of the document type", at: start)
    }

    private mutating func openingTag(from start: Int) throws(ScanFailure) {
        let name = cursor.skip { !$0.isSpace && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
        guard !name.isEmpty else { throw cursor.failure("expected the name of an element", at: start) }
        guard !open.isEmpty || !hasRoot else { throw cursor.failure("a second element at the top", at: start) }
        hasRoot = true
        if let last = open.indices.last { open[last].hasChildren = true }
        var isEmpty = false
        while let byte = cursor.next, byte != UInt8(ascii: ">") {
            isEmpty = byte == UInt8(ascii: "/")
            cursor.position += 1
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                cursor.skip { $0 != byte }
                cursor.position += 1
            }
        }
        guard cursor.take(">") else { throw cursor.failure("expected the end of the tag", at: start) }
        path.append(Self.local(cursor.text(name)))
        let wanted = isWanted(path)
        if isEmpty {
            if wanted { leaves.append(Leaf(path: path, start: start, pieces: [])) }
            path.removeLast()
        } else {
            open.append(Open(name: name, start: start, isWanted: wanted))
        }
    }

    private mutating func closingTag(from start: Int) throws(ScanFailure) {
        let name = cursor.skip { !$0.isSpace && $0 != UInt8(ascii: ">") }
        cursor.skip(while: \.isSpace)
        guard cursor.take(">") else { throw cursor.failure("expected the end of the tag", at: start) }
        guard let element = open.popLast(), cursor.bytes[element.name] == cursor.bytes[name] else {
            throw cursor.failure("</\(cursor.text(name))> closes no element", at: start)
        }
        if element.isWanted, !element.hasChildren {
            leaves.append(Leaf(path: path, start: element.start, pieces: element.pieces))
        }
        path.removeLast()
    }

    private static func local(_ name: String) -> String { name.split(atFirst: ":").after.map(String.init) ?? name }
}
