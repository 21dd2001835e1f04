/// Reads bytes by a grammar, from left to right and greedily: the independent judge of what our parsers accept.
struct GrammarReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var isAtEnd: Bool { rest.isEmpty }

    /// Takes as many bytes as are of a kind.
    mutating func run(_ kind: (UInt8) -> Bool) -> Int {
        var index = rest.startIndex
        while index < rest.endIndex, kind(rest[index]) { index += 1 }
        defer { rest = rest[index...] }
        return index - rest.startIndex
    }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: byte) else { return false }
        rest = rest.dropFirst()
        return true
    }
}

/// The grammars of references, as distribution-spec and docker's reference grammar have them.
enum ReferenceGrammar {
    static func isLower(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }
    static func isWord(_ byte: UInt8) -> Bool { isLower(byte) || (0x41...0x5A).contains(byte) }
    static func isHex(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }

    /// A tag, `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`.
    static func isTag(_ bytes: ArraySlice<UInt8>) -> Bool {
        var reader = GrammarReader(bytes)
        return (1...128).contains(bytes.count) && bytes.first != 0x2E && bytes.first != 0x2D
            && reader.run { isWord($0) || $0 == 0x5F || $0 == 0x2E || $0 == 0x2D } == bytes.count
    }

    static func isDigest(_ bytes: ArraySlice<UInt8>) -> Bool {
        let length =
            bytes.starts(with: Array("sha256:".utf8)) ? 64 : bytes.starts(with: Array("sha512:".utf8)) ? 128 : 0
        var reader = GrammarReader(bytes.dropFirst(7))
        return length > 0 && bytes.count == 7 + length && reader.run(isHex) == length
    }

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, joined by slashes.
    static func isPath(_ bytes: ArraySlice<UInt8>) -> Bool {
        var reader = GrammarReader(bytes)
        repeat {
            guard reader.run(isLower) > 0 else { return false }
            while let next = reader.rest.first, next != 0x2F {
                if reader.take("_") {
                    _ = reader.take("_")
                } else if !reader.take("."), reader.run({ $0 == 0x2D }) == 0 {
                    return false
                }
                guard reader.run(isLower) > 0 else { return false }
            }
        } while reader.take("/")
        return reader.isAtEnd
    }

    static func isHost(_ bytes: ArraySlice<UInt8>) -> Bool {
        var reader = GrammarReader(bytes)
        if reader.take("[") {
            let inside = reader.rest.prefix { $0 != 0x5D }
            guard reader.run({ isWord($0) || $0 == 0x3A || $0 == 0x2E || $0 == 0x25 }) == inside.count,
                inside.contains(0x3A), reader.take("]")
            else { return false }
        } else {
            repeat {
                let label = reader.rest.prefix { isWord($0) || $0 == 0x2D }
                guard !label.isEmpty, label.first != 0x2D, label.last != 0x2D else { return false }
                _ = reader.run { isWord($0) || $0 == 0x2D }
            } while reader.take(".")
        }
        guard reader.take(":") else { return reader.isAtEnd }
        let port = reader.rest.drop { $0 == 0x30 }
        guard reader.run({ (0x30...0x39).contains($0) }) > 0, reader.isAtEnd, (1...5).contains(port.count) else {
            return false
        }
        return port.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 65_535
    }

    static func isRepository(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.count == 64, bytes.allSatisfy(isHex) { return false }
        var path = bytes
        var isHub = true
        if let slash = bytes.firstIndex(of: 0x2F) {
            let head = bytes[..<slash]
            if head.elementsEqual("localhost".utf8)
                || head.contains(where: { $0 == 0x2E || $0 == 0x3A || (0x41...0x5A).contains($0) })
            {
                guard isHost(head) else { return false }
                path = bytes[(slash + 1)...]
                let name = String(decoding: head, as: UTF8.self).lowercased()
                isHub = ["docker.io", "index.docker.io", "registry-1.docker.io"].contains(name)
            }
        }
        let isOfficial = isHub && !path.contains(0x2F)
        return isPath(path) && path.count + (isOfficial ? 8 : 0) <= 255
    }

    /// A reference, `REPOSITORY[:TAG][@DIGEST]`.
    static func isReference(_ bytes: [UInt8]) -> Bool {
        var named = bytes[...]
        if let at = bytes.firstIndex(of: 0x40) {
            guard isDigest(bytes[(at + 1)...]) else { return false }
            named = bytes[..<at]
        }
        let segment = (named.lastIndex(of: 0x2F) ?? -1) + 1
        if let colon = named[segment...].firstIndex(of: 0x3A) {
            guard isTag(named[(colon + 1)...]) else { return false }
            named = named[..<colon]
        }
        return isRepository(named)
    }
}
