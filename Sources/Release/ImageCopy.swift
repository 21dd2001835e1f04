package import OCI
package import Registry

/// Brings an image's content from one store to another, without giving it a tag.
package struct ImageCopy: Sendable {
    /// What happens to one blob, for a progress display.
    package enum Progress: Sendable {
        case started(blob: Descriptor, target: String)
        case sent(bytes: Int, blob: Descriptor, target: String)
        case finished(blob: Descriptor, target: String)
    }

    let source: any ImageStore
    let target: any ImageStore
    let jobs: Int
    let progress: @Sendable (Progress) -> Void

    /// How many blobs are on their way at once where nothing else is said.
    package static let defaultJobs = 4

    /// A copy that has not begun.
    ///
    /// - Parameters:
    ///   - source: who has the image.
    ///   - target: who gets it.
    ///   - jobs: how many blobs are on their way at once.
    ///   - progress: told of each blob's way.
    package init(
        from source: any ImageStore,
        to target: any ImageStore,
        jobs: Int = Self.defaultJobs,
        progress: @escaping @Sendable (Progress) -> Void
    ) {
        self.source = source
        self.target = target
        self.jobs = jobs
        self.progress = progress
    }

    /// Copies everything that a manifest needs below it: blobs, and the manifests of an index, of any depth.
    ///
    /// The manifest itself is left to the caller, who knows its tags.
    package func copyContent(below manifest: StoredManifest) async throws {
        try await copyContent(below: [manifest])
    }

    /// Copies everything that several manifests need, what they share once.
    func copyContent(below manifests: [StoredManifest]) async throws {
        if source.name == target.name { return }
        let views = try manifests.map { try $0.decoded() }
        let children = try await absentManifests(among: views.flatMap(\.children))
        if !children.isEmpty { try await copyContent(below: children) }
        // What each level needs is complete before anything names it.
        let blobs = views.flatMap(\.blobs).filter { !$0.mediaType.isForeignLayer }
        _ = try await blobs.unique.concurrentMap(width: jobs) { try await copyBlob($0) }
        try await put(children)
    }

    /// Stores manifests by their digests, without tags.
    func put(_ manifests: [StoredManifest]) async throws {
        if source.name == target.name { return }
        _ = try await manifests.concurrentMap(width: jobs) { try await target.put($0, as: nil) }
    }

    private func absentManifests(among children: [Descriptor]) async throws -> [StoredManifest] {
        try await children.unique
            .concurrentMap(width: jobs) { child -> StoredManifest? in
                if try await target.hasManifest(child.digest) { return nil }
                return try await source.manifest(for: .digest(child.digest))
            }
            .compactMap { $0 }
    }

    private func copyBlob(_ blob: Descriptor) async throws {
        if try await target.hasBlob(blob) { return }
        let (source, target, progress) = (source, target, progress)
        progress(.started(blob: blob, target: target.name))
        try await target.put(blob: blob, from: source) {
            try await source.blob(blob).reporting { bytes in
                progress(.sent(bytes: bytes, blob: blob, target: target.name))
            }
        }
        progress(.finished(blob: blob, target: target.name))
    }
}

extension [Descriptor] {
    /// Each digest once: images repeat the empty layer.
    var unique: [Descriptor] {
        var seen: Set<Digest> = []
        return filter { seen.insert($0.digest).inserted }
    }
}
