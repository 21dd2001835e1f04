package import OCI

/// Where a builder may find the layers of an earlier build.
package enum CacheSource: Hashable, Sendable {
    /// A released image.
    case release(ImageReference)
    /// What somebody wrote for the builder, to be handed on as it is.
    case written(String)
}
