import Glibc

/// An IPv4 or IPv6 address by its bytes.
struct IPAddress: Hashable {
    let bytes: [UInt8]

    /// Reads the usual notation; nil for names, and for addresses with a zone.
    init?(_ text: some StringProtocol) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, String(text), &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, String(text), &six) == 1 {
            let all = withUnsafeBytes(of: &six) { Array($0) }
            // ::ffff:192.0.2.1 is 192.0.2.1.
            bytes = all.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]) ? Array(all.dropFirst(12)) : all
        } else {
            return nil
        }
    }

    /// Whether the first bits are the same.
    func shares(_ bits: Int, with other: IPAddress) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        return (0..<bits).allSatisfy { bit in
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            return bytes[bit / 8] & mask == other.bytes[bit / 8] & mask
        }
    }
}
