import Dockerfile
import OCI

/// An image that a file names, and what it is for.
struct NamedImage {
    let use: Dockerfile.ImageUse
    let reference: ImageReference
    /// Whether what is built is based on it.
    let isFinalBase: Bool

    /// What the registry can be asked: the image by its tag alone.
    var tagged: ImageReference? {
        reference.tag.map { ImageReference(repository: reference.repository, tag: $0) }
    }

    /// The rule that asks for a digest here.
    var pinningRule: LintRule {
        switch use.role {
        case .base: isFinalBase ? .tagWithoutDigest : .unpinnedStage
        case .source: .unpinnedSource
        case .frontend: .unpinnedFrontend
        }
    }

    /// The name as people write it, without the digest.
    var name: String { ImageName.short(ImageReference(repository: reference.repository, tag: reference.tag)) }
}
