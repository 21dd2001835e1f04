/// A part of a regular expression.
indirect enum PatternNode: Equatable, Sendable {
    case bytes(ByteSet)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repeated(PatternNode, atLeast: Int, atMost: Int?, isGreedy: Bool)
    /// A group that captures, by its number from 0.
    case capture(Int, PatternNode)
    case assertion(Assertion)

    /// What holds at a place without taking a byte.
    enum Assertion: Equatable, Sendable {
        case lineStart, lineEnd, textStart, textEnd, wordEdge, noWordEdge
    }

    static let nothing = PatternNode.sequence([])

    /// A character beyond ASCII, whichever (Unicode, table 3-7, without its finer limits).
    static var beyondASCII: PatternNode {
        let tail = PatternNode.bytes(ByteSet(0x80...0xBF))
        return .alternatives([
            .sequence([.bytes(ByteSet(0xC2...0xDF)), tail]),
            .sequence([.bytes(ByteSet(0xE0...0xEF)), tail, tail]),
            .sequence([.bytes(ByteSet(0xF0...0xF4)), tail, tail, tail]),
        ])
    }
}

/// A set of bytes.
struct ByteSet: Equatable, Sendable {
    private var low: (UInt64, UInt64) = (0, 0)
    private var high: (UInt64, UInt64) = (0, 0)

    init() {}

    init(_ range: ClosedRange<UInt8>) { insert(range) }

    func contains(_ byte: UInt8) -> Bool {
        let word =
            switch byte >> 6 {
            case 0: low.0
            case 1: low.1
            case 2: high.0
            default: high.1
            }
        return word >> UInt64(byte & 63) & 1 == 1
    }

    mutating func insert(_ byte: UInt8) {
        let bit = UInt64(1) << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: low.0 |= bit
        case 1: low.1 |= bit
        case 2: high.0 |= bit
        default: high.1 |= bit
        }
    }

    mutating func insert(_ range: ClosedRange<UInt8>) { for byte in range { insert(byte) } }

    mutating func formUnion(_ other: ByteSet) {
        low = (low.0 | other.low.0, low.1 | other.low.1)
        high = (high.0 | other.high.0, high.1 | other.high.1)
    }

    /// The ASCII bytes that are not in the set.
    var invertedASCII: ByteSet {
        var set = ByteSet()
        set.low = (~low.0, ~low.1)
        return set
    }

    /// The set with the other case of every letter.
    var ignoringCase: ByteSet {
        var set = self
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") where contains(byte) || contains(byte & 0xDF) {
            set.insert(byte)
            set.insert(byte & 0xDF)
        }
        return set
    }

    static func == (left: ByteSet, right: ByteSet) -> Bool { left.low == right.low && left.high == right.high }

    static let digits = ByteSet(0x30...0x39)
    static let words: ByteSet = {
        var set = ByteSet.digits
        set.insert(0x41...0x5A)
        set.insert(0x61...0x7A)
        set.insert(0x5F)
        return set
    }()
    static let spaces: ByteSet = {
        var set = ByteSet(0x09...0x0D)
        set.insert(0x20)
        return set
    }()
}
