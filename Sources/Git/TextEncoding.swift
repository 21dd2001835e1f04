/// How the text of a commit is encoded: its header `encoding`, from git's `i18n.commitEncoding`.
enum TextEncoding {
    case unicode
    case latin1
    case latin9
    case windows1252

    /// By the header's name; what is not known is taken for UTF-8.
    init(named name: String?) {
        let plain = (name ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
        switch plain {
        case "iso88591", "latin1", "l1", "cp819", "usascii", "ascii": self = .latin1
        case "iso885915", "latin9": self = .latin9
        case "windows1252", "cp1252": self = .windows1252
        default: self = .unicode
        }
    }

    /// The text; bytes that the encoding has no character for are replaced.
    func decode(_ bytes: [UInt8]) -> String {
        if self == .unicode || bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(scalar(of: byte)) }
        return String(text)
    }

    private func scalar(of byte: UInt8) -> Unicode.Scalar {
        let other: UInt16? =
            switch self {
            case .windows1252 where (0x80...0x9F).contains(byte): Self.windowsCharacters[Int(byte) - 0x80]
            case .latin9: Self.latin9Differences[byte]
            default: nil
            }
        return other.flatMap { Unicode.Scalar($0) } ?? Unicode.Scalar(byte)
    }

    /// What Windows has in place of the control characters from 0x80 on; five places are empty.
    private static let windowsCharacters: [UInt16] = [
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
        0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0xFFFD, 0x017E, 0x0178,
    ]

    /// Where ISO 8859-15 differs from ISO 8859-1.
    private static let latin9Differences: [UInt8: UInt16] = [
        0xA4: 0x20AC, 0xA6: 0x0160, 0xA8: 0x0161, 0xB4: 0x017D, 0xB8: 0x017E, 0xBC: 0x0152, 0xBD: 0x0153, 0xBE: 0x0178,
    ]
}
