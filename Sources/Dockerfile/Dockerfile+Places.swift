/// A place in a file, as people and editors count.
package struct SourcePlace: Hashable, Sendable {
    /// The line, from 1.
    package let line: Int
    /// The character of the line (a Unicode scalar), from 1.
    package let column: Int
}

extension Dockerfile {
    /// The place of a byte; a byte order mark does not count.
    package func place(of offset: Int) -> SourcePlace {
        // The last line that begins at the byte or before it.
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        // A byte 10xxxxxx continues a scalar.
        let before = bytes[min(start(ofLine: low), offset)..<offset].count { $0 & 0xC0 != 0x80 }
        return SourcePlace(line: low + 1, column: before + 1)
    }

    /// The text of a line without its line end, for showing it; empty where there is no such line.
    package func text(ofLine line: Int) -> String {
        guard lineStarts.indices.contains(line - 1) else { return "" }
        let end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
        var text = bytes[start(ofLine: line - 1)..<end]
        while text.last == 0x0D || text.last == 0x0A { text = text.dropLast() }
        return String(decoding: text, as: UTF8.self)
    }

    /// Where a line, counted from 0, begins behind a byte order mark.
    private func start(ofLine index: Int) -> Int {
        guard index > 0 else { return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }
        return lineStarts[index]
    }
}
