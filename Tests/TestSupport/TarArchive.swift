/// Writes plain tar archives, the same bytes each time.
package enum TarArchive {
    /// Headers and content come in blocks of this many bytes.
    private static let blockSize = 512

    /// Packs files into an archive in the ustar format (POSIX.1-1988): owner and group 0, mode 0644, time 0.
    ///
    /// - Parameter files: the paths, at most 100 bytes each, with the content.
    /// - Returns: the archive, with the two empty blocks at its end.
    package static func bytes(files: [(path: String, contents: String)]) -> [UInt8] {
        files.flatMap { member($0.path, contents: Array($0.contents.utf8)) } + end
    }

    /// The two empty blocks behind the last member.
    package static let end = [UInt8](repeating: 0, count: 2 * blockSize)

    /// One member: its header, and its content in whole blocks.
    ///
    /// - Parameters:
    ///   - path: the path, at most 100 bytes.
    ///   - type: the kind of member: `0` a file, `1` a hard link, `2` a symbolic link, `5` a folder and so on.
    ///   - link: where a link leads to.
    ///   - contents: the content.
    ///   - size: the size field, twelve bytes, where it is to be something else than the content's size.
    /// - Returns: the blocks.
    package static func member(
        _ path: String,
        type: Character = "0",
        link: String = "",
        contents: [UInt8] = [],
        size: [UInt8]? = nil
    ) -> [UInt8] {
        precondition(path.utf8.count <= 100 && link.utf8.count <= 100, "a ustar name has at most 100 bytes")
        let padding = (blockSize - contents.count % blockSize) % blockSize
        return header(path: path, type: type, link: link, size: size ?? octal(contents.count, digits: 11))
            + contents + [UInt8](repeating: 0, count: padding)
    }

    /// A number as it stands in a header.
    private static func octal(_ value: Int, digits: Int) -> [UInt8] {
        let number = String(value, radix: 8)
        return Array((String(repeating: "0", count: digits - number.count) + number).utf8)
    }

    /// The block before the content of a file.
    private static func header(path: String, type: Character, link: String, size: [UInt8]) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockSize)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        }
        put(path.utf8, at: 0)
        put(octal(0o644, digits: 7), at: 100)
        put(octal(0, digits: 7), at: 108)  // owner
        put(octal(0, digits: 7), at: 116)  // group
        put(size, at: 124)
        put(octal(0, digits: 11), at: 136)  // time of last change
        put("        ".utf8, at: 148)  // the checksum counts itself as eight spaces
        put(String(type).utf8, at: 156)
        put(link.utf8, at: 157)
        put("ustar\u{0}00".utf8, at: 257)
        put("root".utf8, at: 265)
        put("root".utf8, at: 297)
        let checksum = block.reduce(0) { $0 + Int($1) }
        put(octal(checksum, digits: 6), at: 148)
        block[154] = 0
        return block
    }
}
