internal import CLibgit2

/// The name of a commit: 20 bytes, printed as 40 hexadecimal characters.
package struct CommitID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// Parses 40 hexadecimal characters; nil for anything else.
    package init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 40,
            digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }),
            let high = UInt64(hex.prefix(16), radix: 16),
            let middle = UInt64(hex.dropFirst(16).prefix(16), radix: 16),
            let low = UInt32(hex.dropFirst(32), radix: 16)
        else { return nil }
        self.high = high
        self.middle = middle
        self.low = low
    }

    init(high: UInt64, middle: UInt64, low: UInt32) {
        self.high = high
        self.middle = middle
        self.low = low
    }

    /// Reads 40 hexadecimal characters of a text; nil where they are none.
    init?(hex text: Span<UInt8>, from start: Int) {
        func number(_ range: Range<Int>) -> UInt64? {
            var value: UInt64 = 0
            for index in range {
                let byte = text[start + index]
                switch byte {
                case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
                case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
                default: return nil
                }
            }
            return value
        }
        guard start >= 0, start + 40 <= text.count, let high = number(0..<16), let middle = number(16..<32),
            let low = number(32..<40)
        else { return nil }
        self.init(high: high, middle: middle, low: UInt32(truncatingIfNeeded: low))
    }

    init(_ oid: git_oid) {
        (high, middle, low) = unsafe withUnsafeBytes(of: oid.id) { bytes in
            func number(_ range: Range<Int>) -> UInt64 {
                range.reduce(0) { unsafe $0 << 8 | UInt64(bytes[$1]) }
            }
            return (number(0..<8), number(8..<16), UInt32(number(16..<20)))
        }
    }

    var oid: git_oid {
        var oid = git_oid()
        unsafe withUnsafeMutableBytes(of: &oid.id) { bytes in
            for index in 0..<8 {
                unsafe bytes[index] = UInt8(truncatingIfNeeded: high >> (56 - 8 * index))
                unsafe bytes[index + 8] = UInt8(truncatingIfNeeded: middle >> (56 - 8 * index))
            }
            for index in 0..<4 {
                unsafe bytes[index + 16] = UInt8(truncatingIfNeeded: low >> (24 - 8 * index))
            }
        }
        return oid
    }

    package var description: String {
        unsafe String(unsafeUninitializedCapacity: 40) { text in
            for index in 0..<40 {
                let digit =
                    switch index {
                    case ..<16: high >> (60 - 4 * index) & 15
                    case ..<32: middle >> (124 - 4 * index) & 15
                    default: UInt64(low >> (156 - 4 * index) & 15)
                    }
                unsafe text[index] = UInt8(digit < 10 ? 0x30 + digit : 0x57 + digit)
            }
            return 40
        }
    }

    var firstByte: Int { Int(high >> 56) }

    /// Whether it comes before another one in the order of their bytes, which is that of their texts.
    func precedes(_ other: CommitID) -> Bool {
        (high, middle, low) < (other.high, other.middle, other.low)
    }

    /// Hashes are random already: a part of them tells them apart.
    package func hash(into hasher: inout Hasher) { hasher.combine(high) }

    /// The first characters.
    package func prefix(_ length: Int) -> String { String(description.prefix(length)) }
}

/// The name of any object: a commit's, or that of the tag object in front of it.
package typealias ObjectID = CommitID
