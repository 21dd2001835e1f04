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
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: "0", count: width - text.count) + text
        }
        return padded(String(high, radix: 16), 16) + padded(String(middle, radix: 16), 16)
            + padded(String(low, radix: 16), 8)
    }

    /// The first characters.
    package func prefix(_ length: Int) -> String { String(description.prefix(length)) }
}

/// The name of any object: a commit's, or that of the tag object in front of it.
package typealias ObjectID = CommitID
