import CZlib
package import OCI

/// A layer with a single file in it (image-spec, layer.md).
package struct FileLayer: Hashable, Sendable {
    /// The layer as it is stored: a tar archive with gzip around it.
    package let bytes: [UInt8]
    package let digest: Digest
    /// The digest of the archive without compression, as the image's configuration lists it.
    package let diffID: Digest

    /// Makes the layer; the same file gives the same bytes everywhere.
    ///
    /// Only the file stands in it. Folders on its way take the form that they have in the layers below.
    ///
    /// - Parameters:
    ///   - path: the file's path from the root of the image, without a slash at the front.
    ///   - content: what is in it.
    ///   - modified: when it was changed, in seconds since 1970.
    package init(path: String, content: [UInt8], modified: Int64) {
        var header = TarHeader(name: path, kind: .file, size: Int64(content.count))
        header.modified = modified
        let padding = (TarHeader.blockSize - content.count % TarHeader.blockSize) % TarHeader.blockSize
        let end = [UInt8](repeating: 0, count: padding + 2 * TarHeader.blockSize)
        let archive = header.block + content + end
        diffID = Digest(of: archive)
        bytes = Self.gzip(archive)
        digest = Digest(of: bytes)
    }

    /// Content as gzip has it (RFC 1952) in stored blocks (RFC 1951, 3.2.4): the version of a compressor must not
    /// decide on a digest, and there is next to nothing to compress.
    private static func gzip(_ content: [UInt8]) -> [UInt8] {
        // No flags, no time, an unknown system.
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        var rest = content[...]
        repeat {
            let block = rest.prefix(0xFFFF)
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            bytes.append(rest.isEmpty ? 1 : 0)
            bytes += [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
            bytes += block
        } while !rest.isEmpty
        let checksum = UInt32(truncatingIfNeeded: crc32(0, content, UInt32(content.count)))
        for number in [checksum, UInt32(truncatingIfNeeded: content.count)] {
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
        }
        return bytes
    }
}
