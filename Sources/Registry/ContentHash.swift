import Crypto
package import OCI

/// A hash in the making, of the algorithm that a digest names.
struct ContentHash: Sendable {
    private enum State: Sendable {
        case sha256(SHA256)
        case sha512(SHA512)
    }

    private var state: State

    init(_ algorithm: OCI.Digest.Algorithm) {
        state =
            switch algorithm {
            case .sha256: .sha256(SHA256())
            case .sha512: .sha512(SHA512())
            }
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        switch state {
        case .sha256(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha256(hash)
        case .sha512(var hash):
            hash.update(bufferPointer: bytes)
            state = .sha512(hash)
        }
    }

    func finalize() -> OCI.Digest {
        switch state {
        case .sha256(let hash): OCI.Digest(algorithm: .sha256, hash: hash.finalize())
        case .sha512(let hash): OCI.Digest(algorithm: .sha512, hash: hash.finalize())
        }
    }
}

extension OCI.Digest {
    /// The digest of bytes.
    package init(of bytes: [UInt8], algorithm: OCI.Digest.Algorithm = .sha256) {
        var hash = ContentHash(algorithm)
        bytes.withUnsafeBytes { hash.update($0) }
        self = hash.finalize()
    }
}
