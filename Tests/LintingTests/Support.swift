import Dockerfile
import Linting
import OCI

/// Digests for tests, one for each letter.
func digest(_ letter: Character) -> Digest {
    Digest(algorithm: .sha256, hash: Array(repeating: letter.asciiValue ?? 0, count: 32))
}

extension LintedFile {
    /// Parses a text as a file called `Dockerfile`.
    init(_ text: String, policy: LintPolicy = LintPolicy()) throws {
        self.init(try Dockerfile(parsing: Array(text.utf8), path: "Dockerfile"), policy: policy)
    }

    /// The file as it is.
    var text: String { String(decoding: dockerfile.bytes, as: UTF8.self) }
}

/// Answers of registries, by the image as people write it.
func answers(_ answers: [String: TagAnswer]) throws -> [ImageReference: TagAnswer] {
    var known: [ImageReference: TagAnswer] = [:]
    for (name, answer) in answers { known[try ImageReference(parsing: name)] = answer }
    return known
}
