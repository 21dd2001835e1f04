import CZlib

/// Takes gzip compression off content as it passes (RFC 1952).
struct Inflation: ~Copyable {
    /// How a stream fails.
    enum Problem: Error {
        case damaged, cutOff
    }

    /// zlib looks at the address of its state, which therefore may not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isBetweenMembers = true

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for the header of gzip; fails only where memory is out.
        inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    /// Inflates a piece of the content.
    ///
    /// - Parameters:
    ///   - input: the next compressed bytes.
    ///   - body: is given the bytes in pieces.
    /// - Throws: `Problem.damaged`; what the body throws.
    mutating func inflate(_ input: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var input = input
        try input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { output in
                while true {
                    if isBetweenMembers {
                        guard stream.pointee.avail_in > 0 else { return }
                        // Padding behind the last member is not content.
                        guard stream.pointee.next_in.pointee != 0 else { return }
                        isBetweenMembers = false
                    }
                    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(output.count)
                    let status = CZlib.inflate(stream, Z_NO_FLUSH)
                    let count = output.count - Int(stream.pointee.avail_out)
                    if count > 0 { try body(UnsafeRawBufferPointer(rebasing: output[..<count])) }
                    switch status {
                    case Z_STREAM_END:
                        inflateReset(stream)
                        isBetweenMembers = true
                    case Z_OK:
                        if stream.pointee.avail_in == 0, count < output.count { return }
                    case Z_BUF_ERROR:
                        return
                    default:
                        throw Problem.damaged
                    }
                }
            }
        }
    }

    /// Checks that the content has not ended in the middle.
    func finish() throws {
        guard isBetweenMembers else { throw Problem.cutOff }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }
}
