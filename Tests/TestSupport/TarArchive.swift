/// Writes plain tar archives, the same bytes each time.
package enum TarArchive {
    /// Headers and content come in blocks of this many bytes.
    private static let blockSize = 512

    /// Packs files into an archive in the ustar format (POSIX.1-1988): owner and group 0, mode 0644, time 0.
    ///
    /// - Parameter files: the paths, at most 100 bytes each, with the content.
    /// - Returns: the archive, with the two empty blocks at its end.
    package static func bytes(files: [(path: String, contents: String)]) -> [UInt8] {
        var archive: [UInt8] = []
        for file in files {
            let contents = Array(file.contents.utf8)
            precondition(file.path.utf8.count <= 100, "a ustar name has at most 100 bytes")
            archive += header(path: file.path, size: contents.count)
            archive += contents
            archive += [UInt8](repeating: 0, count: (blockSize - contents.count % blockSize) % blockSize)
        }
        return archive + [UInt8](repeating: 0, count: 2 * blockSize)
    }

    /// The block before the content of a file.
    private static func header(path: String, size: Int) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockSize)
        func put(_ text: String, at offset: Int) {
            block.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
        }
        func put(octal value: Int, digits: Int, at offset: Int) {
            let number = String(value, radix: 8)
            put(String(repeating: "0", count: digits - number.count) + number, at: offset)
        }
        put(path, at: 0)
        put(octal: 0o644, digits: 7, at: 100)
        put(octal: 0, digits: 7, at: 108)  // owner
        put(octal: 0, digits: 7, at: 116)  // group
        put(octal: size, digits: 11, at: 124)
        put(octal: 0, digits: 11, at: 136)  // time of last change
        put("        ", at: 148)  // the checksum counts itself as eight spaces
        put("0", at: 156)  // a regular file
        put("ustar\u{0}00", at: 257)
        put("root", at: 265)
        put("root", at: 297)
        let checksum = block.reduce(0) { $0 + Int($1) }
        put(octal: checksum, digits: 6, at: 148)
        block[154] = 0
        return block
    }
}
