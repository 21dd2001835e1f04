/// Finds values in files of lines with a name and a value: Java properties, and sections of setup.cfg.
struct PropertyScanner {
    struct Property: Equatable {
        /// The section in brackets above it; empty where there is none.
        let section: String
        let name: String
        /// Where the value stands, without white space around it.
        let range: Range<Int>
        /// Whether the value goes on in the next line.
        let goesOn: Bool
    }

    /// Reads Java properties: `name=value`, `name: value` or `name value`; a backslash at the end makes a line go on.
    static func properties(in bytes: [UInt8]) -> [Property] {
        var cursor = ByteCursor(bytes)
        var properties: [Property] = []
        while !cursor.isAtEnd {
            cursor.skip(while: \.isSpace)
            guard !cursor.isAt("#"), !cursor.isAt("!") else {
                cursor.skipLine()
                continue
            }
            let name = cursor.position
            while let byte = cursor.next, !byte.isSpace, byte != UInt8(ascii: "="), byte != UInt8(ascii: ":") {
                cursor.position += byte == UInt8(ascii: "\\") ? 2 : 1
            }
            let nameEnd = min(cursor.position, bytes.count)
            cursor.skipBlanks()
            if cursor.isAt("=") || cursor.isAt(":") { cursor.position += 1 }
            cursor.skipBlanks()
            let start = cursor.position
            var goesOn = false
            while let byte = cursor.next, byte != UInt8(ascii: "\n") {
                guard byte == UInt8(ascii: "\\") else {
                    cursor.position += 1
                    continue
                }
                cursor.position += 1
                if cursor.isAt("\r") { cursor.position += 1 }
                goesOn = goesOn || cursor.isAt("\n")
                cursor.position += 1
            }
            guard name < nameEnd else { continue }
            let range = cursor.trimmed(min(start, bytes.count)..<min(cursor.position, bytes.count))
            properties.append(
                Property(section: "", name: cursor.text(name..<nameEnd), range: range, goesOn: goesOn)
            )
        }
        return properties
    }

    /// Reads sections as Python's configparser has them: names in lower case, further lines of a value indented.
    static func sections(in bytes: [UInt8]) -> [Property] {
        var cursor = ByteCursor(bytes)
        var section = ""
        var properties: [Property] = []
        while !cursor.isAtEnd {
            let line = cursor.skip { $0 != UInt8(ascii: "\n") }
            if !cursor.isAtEnd { cursor.position += 1 }
            let content = cursor.trimmed(line)
            guard let first = content.first.map({ bytes[$0] }), !"#;".utf8.contains(first) else { continue }
            if content.lowerBound > line.lowerBound {
                if let last = properties.popLast() {
                    properties.append(
                        Property(section: last.section, name: last.name, range: last.range, goesOn: true)
                    )
                }
            } else if first == UInt8(ascii: "[") {
                let end = content.first { bytes[$0] == UInt8(ascii: "]") } ?? content.upperBound
                section = cursor.text((content.lowerBound + 1)..<end)
            } else if let sign = content.first(where: { "=:".utf8.contains(bytes[$0]) }) {
                let name = cursor.text(cursor.trimmed(content.lowerBound..<sign)).lowercased()
                let range = cursor.trimmed((sign + 1)..<content.upperBound)
                properties.append(Property(section: section, name: name, range: range, goesOn: false))
            }
        }
        return properties
    }
}
