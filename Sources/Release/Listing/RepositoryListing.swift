import OCI
package import Registry
package import Tagging

/// Reads what the tags of a repository hold: each digest once, however many tags hold it.
package struct RepositoryListing: Sendable {
    private let store: any ImageStore
    /// How many requests run at once at most.
    private let width: Int
    private let extent: Extent

    /// How much of each index is read.
    package enum Extent: Sendable {
        /// Every image in it.
        case whole
        /// The first image alone, which tells when it was made.
        case firstPlatform
    }

    package init(of store: any ImageStore, width: Int, extent: Extent = .whole) {
        self.store = store
        self.width = width
        self.extent = extent
    }

    /// Reads the images that tags hold.
    ///
    /// What cannot be read is listed with what is known of it.
    ///
    /// - Parameter tags: the tags to read.
    /// - Returns: the images, in no order.
    /// - Throws: `RegistryError` where nothing more can be read at all.
    package func images(of tags: [ListedTag]) async throws -> [ListedImage] {
        let store = store
        let held = try await tags.concurrentMap(width: width) { tag in
            let result = try await ReadProblem.catching { try await store.digest(of: tag.tag) }
            switch result {
            case .success(let digest):
                return (tag: tag, digest: digest, problem: digest == nil ? "\(tag.tag) was gone when it was read" : nil)
            case .failure(let problem):
                return (tag: tag, digest: nil, problem: problem.description as String?)
            }
        }
        let images = ListedImage.grouped(held)
        let manifests = try await manifests(images.compactMap(\.digest))
        let details = try await details(images.compactMap(\.digest), manifests)
        return images.map { image in
            var image = image
            if let digest = image.digest { describe(&image, digest, manifests, details) }
            return image
        }
    }

    // MARK: Manifests

    private typealias Manifests = [Digest: Result<ManifestSummary, ReadProblem>]

    /// The manifests of some digests and of all below them, each read once.
    private func manifests(_ digests: [Digest]) async throws -> Manifests {
        var manifests: Manifests = [:]
        var wanted = digests
        let store = store
        // An index may list indexes, but no one goes on with that for long.
        for _ in 0..<4 where !wanted.isEmpty {
            let read = try await wanted.concurrentMap(width: width) { digest in
                (
                    digest,
                    try await ReadProblem.catching {
                        try ManifestSummary(try await store.manifest(for: .digest(digest)))
                    }
                )
            }
            wanted = []
            for (digest, result) in read { manifests[digest] = result }
            var seen: Set<Digest> = []
            for case (_, .success(let manifest)) in read {
                let children = extent == .whole ? manifest.children : Array(manifest.children.prefix(1))
                for child in children where manifests[child.digest] == nil {
                    if seen.insert(child.digest).inserted { wanted.append(child.digest) }
                }
            }
        }
        return manifests
    }

    /// The images that a manifest stands for: itself, or those in the index, however deep.
    private func leaves(
        of digest: Digest,
        platform: Platform? = nil,
        in manifests: Manifests,
        depth: Int = 0
    ) -> [ManifestSummary.Child] {
        guard case .success(let manifest)? = manifests[digest], case .index(let images, _) = manifest.content,
            depth < 4
        else { return [ManifestSummary.Child(digest: digest, platform: platform)] }
        return images.flatMap { leaves(of: $0.digest, platform: $0.platform, in: manifests, depth: depth + 1) }
    }

    // MARK: Configurations

    /// What a list needs of a configuration.
    private struct Details: Sendable {
        let created: Timestamp?
        let version: String?
        let platform: Platform?
    }

    /// The configurations that tell something which the manifests do not: when an image was made, and for which
    /// platform where no index says it.
    private func details(
        _ digests: [Digest],
        _ manifests: Manifests
    ) async throws -> [Digest: Result<Details, ReadProblem>] {
        var wanted: [(image: Digest, config: Descriptor)] = []
        var seen: Set<Digest> = []
        for digest in digests {
            for (index, leaf) in leaves(of: digest, in: manifests).enumerated() {
                guard index == 0 || leaf.platform == nil, case .success(let manifest)? = manifests[leaf.digest],
                    case .image(let config, _) = manifest.content, seen.insert(leaf.digest).inserted
                else { continue }
                wanted.append((leaf.digest, config))
            }
        }
        let store = store
        let read = try await wanted.concurrentMap(width: width) { image, config in
            (
                image,
                try await ReadProblem.catching {
                    let configuration = try ImageConfiguration(parsing: try await store.smallBlob(config))
                    return Details(
                        created: configuration.creation,
                        version: configuration.labels[LabelKey.version],
                        platform: configuration.platform
                    )
                }
            )
        }
        return Dictionary(read) { first, _ in first }
    }

    // MARK: Images

    private func describe(
        _ image: inout ListedImage,
        _ digest: Digest,
        _ manifests: Manifests,
        _ details: [Digest: Result<Details, ReadProblem>]
    ) {
        switch manifests[digest] {
        case .success(let manifest)?:
            image.mediaType = manifest.mediaType
            switch manifest.content {
            case .image: image.kind = .image
            case .artifact(let type, _): (image.kind, image.artifactType) = (.artifact, type)
            case .index(_, let type): (image.kind, image.artifactType) = (.index, type)
            }
        case .failure(let problem)?: image.problem = problem.description
        case nil: break
        }
        guard image.kind != nil else { return }
        for (index, leaf) in leaves(of: digest, in: manifests).enumerated() {
            var size: Int64?
            var platform = leaf.platform
            switch manifests[leaf.digest] {
            case .success(let manifest)?: size = manifest.size
            case .failure(let problem)?: image.problem = image.problem ?? problem.description
            case nil where index > 0 && extent == .firstPlatform: break
            case nil: image.problem = image.problem ?? "\(leaf.digest) is too deep in indexes to be read"
            }
            switch details[leaf.digest] {
            case .success(let known)?:
                if index == 0 { (image.created, image.labelledVersion) = (known.created, known.version) }
                platform = platform ?? known.platform
            case .failure(let problem)?: image.problem = image.problem ?? problem.description
            case nil: break
            }
            image.platforms.append(ListedImage.PlatformImage(platform: platform, digest: leaf.digest, size: size))
        }
    }
}
