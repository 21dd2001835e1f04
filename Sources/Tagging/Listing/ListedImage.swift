package import OCI
package import Versioning

/// An image of a repository with all the tags that hold it.
package struct ListedImage: Hashable, Sendable {
    /// What a manifest is.
    package enum Kind: String, Hashable, Sendable {
        /// One image.
        case image
        /// A list of images.
        case index
        /// Something else that is stored as an image is.
        case artifact
    }

    /// An image for one platform.
    package struct PlatformImage: Hashable, Sendable {
        /// The platform; nil where nothing tells it.
        package let platform: Platform?
        package let digest: Digest
        /// The size of configuration and layers as they are stored; nil where the manifest cannot be read.
        package let size: Int64?

        package init(platform: Platform?, digest: Digest, size: Int64?) {
            self.platform = platform
            self.digest = digest
            self.size = size
        }
    }

    /// The digest; nil for a tag that was gone before it was read.
    package let digest: Digest?
    /// The tags in order; never empty.
    package let tags: [ListedTag]
    package var mediaType: MediaType?
    package var kind: Kind?
    package var artifactType: String?
    /// When it was made, as its configuration says; of an index, its first platform's.
    package var created: Timestamp?
    /// What its label says that its version is; of an index, its first platform's.
    package var labelledVersion: String?
    /// The images for the platforms; one, if any, unless it is an index.
    package var platforms: [PlatformImage] = []
    /// What could not be read, and why.
    package var problem: String?

    /// An image of which nothing but its digest is known.
    package init(digest: Digest?, tags: [ListedTag], problem: String? = nil) {
        self.digest = digest
        self.tags = tags.sorted()
        self.problem = problem
    }

    /// The highest version that a tag names.
    package var version: Version? { tags.lazy.compactMap(\.version).max() }

    /// The size of all its platforms; nil where one of them is not known.
    package var size: Int64? {
        guard !platforms.isEmpty else { return nil }
        var total: Int64 = 0
        for platform in platforms {
            guard let size = platform.size else { return nil }
            total = total.addingReportingOverflow(size).partialValue
        }
        return total
    }

    /// Whether every tag ties it to another image.
    package var isReferrer: Bool {
        tags.allSatisfy { if case .referrer = $0.role { true } else { false } }
    }

    /// Puts tags of the same digest together.
    ///
    /// - Parameter tags: the tags; a digest is nil, and a problem said, where the tag could not be read.
    /// - Returns: the images; a tag without a digest stands alone.
    package static func grouped(
        _ tags: [(tag: ListedTag, digest: Digest?, problem: String?)]
    ) -> [ListedImage] {
        var groups: [Digest: [ListedTag]] = [:]
        var digests: [Digest] = []
        var unread: [ListedImage] = []
        for (tag, digest, problem) in tags {
            if let digest {
                if groups[digest] == nil { digests.append(digest) }
                groups[digest, default: []].append(tag)
            } else {
                unread.append(ListedImage(digest: nil, tags: [tag], problem: problem))
            }
        }
        return digests.map { ListedImage(digest: $0, tags: groups[$0] ?? []) } + unread
    }
}
