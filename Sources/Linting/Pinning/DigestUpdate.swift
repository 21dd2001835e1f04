package import Dockerfile
package import OCI

/// A digest that is written into a file.
package struct DigestUpdate: Hashable, Sendable {
    /// The image by its tag.
    package let image: ImageReference
    /// What was pinned; nil where there was no digest.
    package let old: Digest?
    package let new: Digest
    /// The bytes that give way; empty where text is added.
    package let range: Range<Int>
    /// What stands there instead.
    package let text: String
    /// Where in the file as it was.
    package let place: SourcePlace
}

/// A file after its digests were brought up to date.
package struct UpdatedFile: Sendable {
    /// The file as it is now.
    package let file: LintedFile
    /// What was changed, each in the file as the ones before it had left it.
    package let updates: [DigestUpdate]
}
