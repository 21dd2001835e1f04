/// The records of a pax header: `LENGTH KEY=VALUE\n`, each counting its own length (POSIX.1-2001, pax, Extended Header).
struct PaxRecords: Sendable {
    private(set) var values: [String: String] = [:]

    /// Reads records.
    ///
    /// - Parameter bytes: the content behind the header.
    /// - Throws: `TarError` for records that are cut off or not of the form.
    init(parsing bytes: [UInt8]) throws(TarError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let length = Int(String(decoding: digits, as: UTF8.self)), digits.count < 10,
                length <= rest.count, length > digits.count + 2,
                rest[rest.startIndex + digits.count] == UInt8(ascii: " "),
                rest[rest.startIndex + length - 1] == UInt8(ascii: "\n")
            else { throw TarError("an extended header is malformed") }
            let record = rest[(rest.startIndex + digits.count + 1)..<(rest.startIndex + length - 1)]
            rest = rest.dropFirst(length)
            guard let equals = record.firstIndex(of: UInt8(ascii: "=")), equals > record.startIndex else {
                throw TarError("an extended header has a record without a key")
            }
            let key = String(decoding: record[..<equals], as: UTF8.self)
            let value = record[record.index(after: equals)...]
            // Only names and sizes matter here; the rest may be of any encoding.
            guard ["path", "linkpath", "size"].contains(key) || key.hasPrefix("GNU.sparse.") else { continue }
            guard let text = String(validating: value, as: UTF8.self), !text.utf8.contains(0) else {
                throw TarError("a name is not in UTF-8")
            }
            values[key] = text
        }
    }

    /// The size of the next member's content.
    ///
    /// - Returns: the size; nil where no record tells it.
    /// - Throws: `TarError` where it is no number.
    func size() throws(TarError) -> Int64? {
        guard let text = values["size"], !text.isEmpty else { return nil }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let size = Int64(text)
        else { throw TarError("an extended header has the size \(ArchivePath.quoted(String(text.prefix(40))))") }
        return size
    }

    /// Whether the next member is a file with holes.
    var isSparse: Bool { values.keys.contains { $0.hasPrefix("GNU.sparse.") } }

    /// The record of a key, with its length.
    static func record(_ key: String, _ value: String) -> [UInt8] {
        let body = " \(key)=\(value)\n"
        // The length counts its own digits.
        var length = body.utf8.count
        while String(length).utf8.count + body.utf8.count != length {
            length = String(length).utf8.count + body.utf8.count
        }
        return Array("\(length)\(body)".utf8)
    }
}
