import TestSupport

/// The source of one input: its seed decides all of it.
struct FuzzInput {
    var random: RandomNumbers
    /// The input in the end, for the report.
    var shown: [UInt8] = []

    init(seed: Int) {
        random = RandomNumbers(seed: seed)
    }

    mutating func below(_ bound: Int) -> Int { random.below(bound) }
    mutating func oneIn(_ count: Int) -> Bool { random.below(count) == 0 }
    mutating func pick<Element>(_ elements: [Element]) -> Element { random.pick(elements) }

    /// So many characters of an alphabet, at least one.
    mutating func word(_ alphabet: StaticAlphabet, upTo count: Int) -> String {
        let length = 1 + below(count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        for _ in 0..<length { bytes.append(alphabet.bytes[below(alphabet.bytes.count)]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the input is to be damaged: two of three are left whole, so that the deep ends are reached.
    mutating func isDamaged() -> Bool { oneIn(3) }

    /// The bytes of an input, damaged in up to four places, now and then blown up to 64 KiB.
    mutating func damaged(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0...below(4) { damage(&bytes) }
        if oneIn(2000), !bytes.isEmpty { bytes = blownUp(bytes) }
        return bytes
    }

    mutating func damaged(_ text: String) -> String {
        String(decoding: damaged(Array(text.utf8)), as: UTF8.self)
    }

    /// A piece of the input over and over: what is not linear in its length shows here.
    private mutating func blownUp(_ bytes: [UInt8]) -> [UInt8] {
        let start = below(bytes.count)
        let piece = bytes[start..<min(bytes.count, start + 1 + below(8))]
        var large = Array(bytes[..<start])
        while large.count < 65_536 - piece.count { large += piece }
        if oneIn(2) { large += bytes[start...].prefix(65_536 - large.count) }
        return large
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let place = below(bytes.count + 1)
        let end = min(bytes.count, place + 1 + below(12))
        switch below(8) {
        case 0 where place < bytes.count:
            bytes[place] ^= 1 << UInt8(below(8))
        case 1 where place < bytes.count:
            bytes[place] = UInt8(truncatingIfNeeded: below(256))
        case 2:
            bytes.removeSubrange(place...)
        case 3 where place < bytes.count:
            bytes.removeSubrange(place..<end)
        case 4 where place < bytes.count:
            bytes.insert(contentsOf: Array(bytes[place..<end]), at: below(bytes.count + 1))
        case 5 where place < bytes.count:
            let other = below(bytes.count)
            bytes.swapAt(place, other)
        default:
            bytes.insert(contentsOf: pick(Self.pieces), at: place)
        }
    }

    /// Numbers at the edges, characters that mean something to somebody, and what is no character at all.
    private static let pieces: [[UInt8]] =
        [
            "0", "-1", "+1", "00", "127", "128", "255", "256", "65535", "65536", "2147483647", "4294967296",
            "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e400", "0x10", " ", "\t", "\r\n",
            "\0", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{A0}", "\u{301}", "\u{200D}", "\u{202E}", "\u{2028}",
            "\u{212A}", "\u{FEFF}", "\u{1F6A2}", "%00", "%2e", "%", "\\", "\\\"", "\"", "'", "/", "//", "../", "..",
            ".", ":", ";", ",", "=", "==", "@", "?", "#", "<", ">", "[", "]", "{", "}", "null", "true", "-", "_",
        ].map { Array($0.utf8) } + [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF8]]
}

/// Characters to make words of.
struct StaticAlphabet: Sendable {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    static let lower = StaticAlphabet("abcdefghijklmnopqrstuvwxyz0123456789")
    static let mixed = StaticAlphabet("abcxyzABCXYZ0189")
    static let tag = StaticAlphabet("abcxyzABCXYZ0189_.-")
    static let hex = StaticAlphabet("0123456789abcdef")
    static let digits = StaticAlphabet("0123456789")
    static let text = StaticAlphabet("abc XYZ019,;=\"\\/:<>.-_%@")
    static let octal = StaticAlphabet("01234567")
}
