/// A gzip file that is a thousand times as large once it is inflated (RFC 1951, RFC 1952).
package enum GzipBomb {
    /// Makes one which inflates to at least so many zero bytes.
    ///
    /// - Parameter size: the size of the inflated content.
    /// - Returns: the gzip file; its checksum, which stands behind the content, is wrong.
    package static func bytes(inflatingTo size: Int) -> [UInt8] {
        var bits = BitWriter()
        // One last block with codes of its own (RFC 1951, section 3.2.7): the zero byte, the end, and "258 bytes more".
        bits.write(1, count: 1)
        bits.write(2, count: 2)
        bits.write(286 - 257, count: 5)
        bits.write(1 - 1, count: 5)
        bits.write(18 - 4, count: 4)
        // The lengths of the codes for code lengths, in the order 16, 17, 18, 0, 8, 7, … 2, 14, 1: 18 has one bit, 1 and 2
        // have two.
        for position in 0..<18 {
            bits.write(position == 2 ? 1 : position == 15 || position == 17 ? 2 : 0, count: 3)
        }
        // The zero byte has a code of two bits, the end too, the length of 258 has one; so has the distance of 1.
        bits.writeCode(0b11, count: 2)
        bits.writeZeroLengths(138)
        bits.writeZeroLengths(117)
        bits.writeCode(0b11, count: 2)
        bits.writeZeroLengths(28)
        bits.writeCode(0b10, count: 2)
        bits.writeCode(0b10, count: 2)
        // A zero byte, which is then repeated: "258 more from a distance of 1" is two zero bits.
        bits.writeCode(0b10, count: 2)
        bits.writeZeroBytes(size / (4 * 258) + 1)
        bits.writeCode(0b11, count: 2)
        let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        return header + bits.finished + [UInt8](repeating: 0, count: 8)
    }
}

/// Packs bits as deflate does, from the lowest bit of each byte on (RFC 1951, section 3.1.1).
private struct BitWriter {
    private var bytes: [UInt8] = []
    private var current: UInt8 = 0
    private var used = 0

    /// Writes a number, lowest bit first.
    mutating func write(_ value: Int, count: Int) {
        for bit in 0..<count { append(UInt8(truncatingIfNeeded: value >> bit) & 1) }
    }

    /// Writes a Huffman code, highest bit first.
    mutating func writeCode(_ code: Int, count: Int) {
        for bit in (0..<count).reversed() { append(UInt8(truncatingIfNeeded: code >> bit) & 1) }
    }

    /// Writes the code for a run of symbols that do not occur, and how long it is.
    mutating func writeZeroLengths(_ count: Int) {
        writeCode(0, count: 1)
        write(count - 11, count: 7)
    }

    mutating func writeZeroBytes(_ count: Int) {
        // Whatever is in the byte at hand, so many zero bits follow it.
        bytes.append(current)
        bytes += [UInt8](repeating: 0, count: count - 1)
        current = 0
    }

    var finished: [UInt8] { bytes + [current] }

    private mutating func append(_ bit: UInt8) {
        current |= bit << UInt8(used)
        used += 1
        if used == 8 {
            bytes.append(current)
            (current, used) = (0, 0)
        }
    }
}
