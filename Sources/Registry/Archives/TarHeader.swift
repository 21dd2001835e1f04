/// One header block of a tar archive: ustar (POSIX.1-1988), GNU, or the old form without a magic number.
package struct TarHeader: Equatable, Sendable {
    /// Headers and content come in blocks of this many bytes.
    package static let blockSize = 512

    /// What stands behind a header.
    package enum Kind: Equatable, Sendable {
        case file
        case hardLink
        case symbolicLink
        case directory
        /// Device, pipe, or a kind that we do not know.
        case special(UInt8)
        /// Records for the next member (POSIX.1-2001, pax).
        case extendedRecords
        /// Records for all members; nothing in them may change what a single one is.
        case globalRecords
        /// The next member's name (GNU).
        case longName
        /// The next member's link target (GNU).
        case longLink
        /// A file with holes (GNU), whose content does not stand there as it is.
        case sparse
    }

    /// The name as it stands there.
    package var name: String
    /// What is behind the header.
    package var kind: Kind
    /// How many bytes of content the header announces.
    package var size: Int64
    /// Where a link leads to, as it stands there.
    package var linkName: String
    /// When the file was changed, in seconds since 1970, for writing; what is read has 0.
    package var modified: Int64 = 0

    /// A header to write.
    package init(name: String, kind: Kind, size: Int64) {
        self.name = name
        self.kind = kind
        self.size = size
        linkName = ""
    }

    /// Reads a header block.
    ///
    /// - Parameter block: 512 bytes.
    /// - Throws: `TarError` for a wrong length, a wrong checksum, or numbers and names that cannot be.
    package init(parsing block: [UInt8]) throws(TarError) {
        guard block.count == Self.blockSize else { throw TarError("a header is cut off") }
        try Self.check(block)
        let type = block[156]
        var name = try Self.text(block[0..<100])
        let magic = block[257..<263]
        if magic.elementsEqual("ustar\0".utf8) {
            // The star program keeps times behind a shorter prefix.
            let prefix = block[508..<512].elementsEqual("tar\0".utf8) ? 345..<476 : 345..<500
            let folder = try Self.text(block[prefix])
            if !folder.isEmpty { name = folder + "/" + name }
        }
        self.name = name
        size = try Self.number(block[124..<136])
        linkName = try Self.text(block[157..<257])
        kind =
            switch type {
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): name.hasSuffix("/") ? .directory : .file
            case UInt8(ascii: "1"): .hardLink
            case UInt8(ascii: "2"): .symbolicLink
            case UInt8(ascii: "5"): .directory
            case UInt8(ascii: "x"): .extendedRecords
            case UInt8(ascii: "g"): .globalRecords
            case UInt8(ascii: "L"): .longName
            case UInt8(ascii: "K"): .longLink
            case UInt8(ascii: "S"): .sparse
            default: .special(type)
            }
    }

    /// Whether content follows; links, folders, devices and pipes have none, whatever their size field says.
    var hasContent: Bool {
        switch kind {
        case .hardLink, .symbolicLink, .directory: false
        case .special(let type): !"346".utf8.contains(type)
        default: true
        }
    }

    // MARK: Fields

    /// The sum of all bytes, its own field counted as spaces; some old programs added signed bytes.
    private static func check(_ block: [UInt8]) throws(TarError) {
        var unsigned: Int64 = 0
        var signed: Int64 = 0
        for (index, byte) in block.enumerated() {
            let value = (148..<156).contains(index) ? UInt8(ascii: " ") : byte
            unsigned += Int64(value)
            signed += Int64(Int8(bitPattern: value))
        }
        let stored = try number(block[148..<156])
        guard stored == unsigned || stored == signed else { throw TarError("a header has a wrong checksum") }
    }

    private static func text(_ field: ArraySlice<UInt8>) throws(TarError) -> String {
        guard let text = String(validating: field.prefix { $0 != 0 }, as: UTF8.self) else {
            throw TarError("a name is not in UTF-8")
        }
        return text
    }

    /// A number in octal, or in base 256 where the first bit is set (GNU).
    private static func number(_ field: ArraySlice<UInt8>) throws(TarError) -> Int64 {
        guard let first = field.first else { return 0 }
        if first & 0x80 != 0 {
            guard first & 0x40 == 0 else { throw TarError("a size is negative") }
            var value = Int64(first & 0x3F)
            for byte in field.dropFirst() {
                guard value < 1 << 54 else { throw TarError("a size is impossibly large") }
                value = value << 8 | Int64(byte)
            }
            return value
        }
        let digits = field.drop { $0 == UInt8(ascii: " ") }.prefix { $0 != 0 && $0 != UInt8(ascii: " ") }
        var value: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else {
                throw TarError("a header holds a number that is not octal")
            }
            value = value << 3 | Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    // MARK: Writing

    /// The largest size that eleven octal digits can say.
    static let largestOctalSize: Int64 = (1 << 33) - 1

    /// The block, with owner and group 0, so that it depends on nothing but name, kind, size and time.
    ///
    /// A name or a size that does not fit is cut; `TarStream` puts pax records before such a header.
    var block: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ text: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in text.enumerated() { block[offset + index] = byte }
        }
        func put(octal value: Int64, digits: Int, at offset: Int) {
            let number = String(value, radix: 8)
            put((String(repeating: "0", count: max(0, digits - number.count)) + number).utf8, at: offset)
        }
        put(name.utf8.prefix(100), at: 0)
        put(octal: kind == .directory ? 0o755 : 0o644, digits: 7, at: 100)
        put(octal: 0, digits: 7, at: 108)
        put(octal: 0, digits: 7, at: 116)
        put(octal: min(size, Self.largestOctalSize), digits: 11, at: 124)
        put(octal: min(max(modified, 0), Self.largestOctalSize), digits: 11, at: 136)
        put("        ".utf8, at: 148)
        switch kind {
        case .directory: block[156] = UInt8(ascii: "5")
        case .extendedRecords: block[156] = UInt8(ascii: "x")
        default: block[156] = UInt8(ascii: "0")
        }
        put("ustar\0".utf8, at: 257)
        put("00".utf8, at: 263)
        let checksum = block.reduce(Int64(0)) { $0 + Int64($1) }
        put(octal: checksum, digits: 6, at: 148)
        block[154] = 0
        return block
    }
}
