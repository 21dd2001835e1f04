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
    let progress: @Sendable (Progress) -> Void

    package init(
        from source: any ImageStore,
        to target: any ImageStore,
        progress: @escaping @Sendable (Progress) -> Void
    ) {
        self.source = source
        self.target = target
        self.progress = progress
    }

    /// Copies everything that a manifest needs below it, and the manifests below an index.
    ///
    /// The manifest itself is left to the caller, who knows its tags.
    package func copyContent(below manifest: StoredManifest) async throws {
        if source.name == target.name { return }
        let view = try manifest.decoded()
        for child in view.children {
            try await copyChild(child)
        }
        let blobs = view.blobs.filter { !$0.mediaType.isForeignLayer }
        _ = try await blobs.unique.concurrentMap(width: 4) { try await copyBlob($0) }
    }

    private func copyChild(_ child: Descriptor) async throws {
        if try await targetHasManifest(child.digest) { return }
        let manifest = try await source.manifest(for: .digest(child.digest))
        try await copyContent(below: manifest)
        try await target.put(manifest, as: nil)
    }

    private func targetHasManifest(_ digest: Digest) async throws -> Bool {
        do {
            _ = try await target.manifest(for: .digest(digest))
            return true
        } catch let error as RegistryError where error.kind == .notFound {
            return false
        }
    }

    private func copyBlob(_ blob: Descriptor) async throws {
        if try await target.hasBlob(blob) { return }
        let (source, target, progress) = (source, target, progress)
        progress(.started(blob: blob, target: target.name))
        try await retryingTransfer {
            try await target.put(blob: blob) {
                try await source.blob(blob).reporting { bytes in
                    progress(.sent(bytes: bytes, blob: blob, target: target.name))
                }
            }
        }
        progress(.finished(blob: blob, target: target.name))
    }
}

extension [Descriptor] {
    /// Each digest once: images repeat the empty layer.
    fileprivate var unique: [Descriptor] {
        var seen: Set<Digest> = []
        return filter { seen.insert($0.digest).inserted }
    }
}
