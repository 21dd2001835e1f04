/// The digest of content: an algorithm and the hash in lower-case hexadecimal (image-spec, descriptor.md, Digests).
package struct Digest: Hashable, Sendable {
    /// A registered hash algorithm.
    package enum Algorithm: String, Sendable, CaseIterable {
        case sha256, sha512

        /// How many hexadecimal characters a hash of this algorithm has.
        package var hexLength: Int {
            switch self {
            case .sha256: 64
            case .sha512: 128
            }
        }
    }

    package let algorithm: Algorithm
    /// The hash, lower-case hexadecimal.
    package let hex: String

    /// Parses `sha256:…` or `sha512:…`.
    ///
    /// - Throws: `ReferenceError` for another algorithm, a wrong length or a character that is not lower-case
    ///   hexadecimal.
    package init(parsing text: String) throws(ReferenceError) {
        let (name, hash) = text.split(atFirst: ":")
        guard let hash else {
            throw ReferenceError(text, "a digest is written ALGORITHM:HEX")
        }
        guard let algorithm = Algorithm(rawValue: String(name)) else {
            throw ReferenceError(text, "the digest algorithm \"\(name)\" is not sha256 or sha512")
        }
        guard hash.utf8.count == algorithm.hexLength, hash.utf8.allSatisfy(\.isLowercaseHex) else {
            throw ReferenceError(
                text,
                "a \(algorithm.rawValue) digest has \(algorithm.hexLength) lower-case hexadecimal characters"
            )
        }
        self.algorithm = algorithm
        hex = String(hash)
    }

    /// Takes the bytes of a hash.
    package init(algorithm: Algorithm, hash: some Sequence<UInt8>) {
        self.algorithm = algorithm
        let digits = Array("0123456789abcdef".utf8)
        hex = String(decoding: hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The digest as people compare it: `sha256:` and the first twelve characters.
    package var abbreviated: String { "\(algorithm.rawValue):\(hex.prefix(12))" }
}

extension Digest: CustomStringConvertible, Comparable {
    package var description: String { "\(algorithm.rawValue):\(hex)" }

    package static func < (left: Digest, right: Digest) -> Bool { left.description < right.description }
}

extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: String(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try description.encode(to: encoder)
    }
}
