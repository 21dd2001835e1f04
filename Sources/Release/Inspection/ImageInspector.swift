package import OCI
package import Registry

/// Reads images to look at them.
package struct ImageInspector: Sendable {
    private let store: any ImageStore
    /// How many requests run at once at most.
    private let width: Int

    package init(_ store: any ImageStore, width: Int = 8) {
        self.store = store
        self.width = width
    }

    // MARK: One platform

    /// The image for a platform: the one in the index, or the image itself where it is for that platform.
    ///
    /// - Throws: `PlatformError`, `RegistryError`, `ManifestError`.
    package func manifest(for platform: Platform, of root: StoredManifest) async throws -> StoredManifest {
        switch try root.decoded() {
        case .index(let index):
            return try await store.manifest(for: .digest(index.image(for: platform).digest))
        case .image(let image):
            let own = try await configuration(of: image)?.platform
            guard let own, own.satisfies(platform) else {
                throw PlatformError(wanted: platform, isAmbiguous: false, available: own.map { [$0] } ?? [])
            }
            return root
        }
    }

    /// The exact bytes of an image's configuration, whatever its type; nil for an index, which has none.
    ///
    /// - Throws: `RegistryError`, `ManifestError`.
    package func configurationBytes(of manifest: StoredManifest) async throws -> [UInt8]? {
        guard case .image(let image) = try manifest.decoded() else { return nil }
        return try await store.smallBlob(image.config)
    }

    private func configuration(of image: ImageManifest) async throws -> ImageConfiguration? {
        guard image.typeOfArtifact == nil, image.config.mediaType.isImageConfiguration else { return nil }
        return try ImageConfiguration(parsing: try await store.smallBlob(image.config))
    }

    // MARK: Everything

    /// Reads all there is to see.
    ///
    /// - Parameters:
    ///   - root: the manifest.
    ///   - artifactType: the type of referrers to look for; nil for all.
    /// - Returns: what was found, and what could not be read.
    /// - Throws: `RegistryError`, `ManifestError`.
    package func inspection(of root: StoredManifest, referrersOf artifactType: String?) async throws -> ImageInspection
    {
        let manifest = try root.decoded()
        var images: [ImageInspection.Image] = []
        var gaps: [ImageInspection.Gap] = []
        for part in try await parts(of: root, manifest) {
            switch part {
            case .success(let image): images.append(image)
            case .failure(let gap): gaps.append(gap.gap)
            }
        }
        var referrers: [ImageInspection.Referrer] = []
        var problem: String?
        switch try await ReadProblem.catching({ try await self.referrers(of: root.digest, artifactType) }) {
        case .success(let found): referrers = found
        case .failure(let failure): problem = failure.description
        }
        return ImageInspection(
            stored: root,
            manifest: manifest,
            images: images,
            gaps: gaps,
            referrers: referrers,
            referrersProblem: problem
        )
    }

    private struct GapError: Error {
        let gap: ImageInspection.Gap
    }

    private func parts(
        of root: StoredManifest,
        _ manifest: Manifest
    ) async throws -> [Result<ImageInspection.Image, GapError>] {
        switch manifest {
        case .image(let image):
            return [.success(try await self.image(root, image, platform: nil))]
        case .index(let index):
            return try await index.images.concurrentMap(width: width) { child in
                let result = try await ReadProblem.catching {
                    let stored = try await store.manifest(for: .digest(child.digest))
                    guard case .image(let image) = try stored.decoded() else {
                        throw ManifestError.malformed("it is an index within an index")
                    }
                    return try await self.image(stored, image, platform: child.platform)
                }
                return result.mapError { GapError(gap: .init(descriptor: child, problem: $0.description)) }
            }
        }
    }

    private func image(
        _ stored: StoredManifest,
        _ image: ImageManifest,
        platform: Platform?
    ) async throws -> ImageInspection.Image {
        let configuration = try await configuration(of: image)
        return ImageInspection.Image(
            platform: platform ?? configuration?.platform,
            stored: stored,
            manifest: image,
            configuration: configuration
        )
    }

    private func referrers(of digest: Digest, _ artifactType: String?) async throws -> [ImageInspection.Referrer] {
        let store = store
        async let listed = store.referrers(of: digest, artifactType: artifactType)
        let kinds = ReferrerTag.Kind.allCases.filter { $0 != .referrers }
        let tagged = try await kinds.concurrentMap(width: kinds.count) { kind in
            (kind, try await store.taggedReferrer(kind, of: digest)?.referrer())
        }
        let bySubject = try await listed.map { ImageInspection.Referrer(descriptor: $0, tag: nil) }
        let known = Set(bySubject.map(\.descriptor.digest))
        return bySubject
            + tagged.compactMap { kind, descriptor in
                guard let descriptor, !known.contains(descriptor.digest),
                    artifactType == nil || descriptor.artifactType == artifactType
                else { return nil }
                return ImageInspection.Referrer(descriptor: descriptor, tag: kind)
            }
    }
}
