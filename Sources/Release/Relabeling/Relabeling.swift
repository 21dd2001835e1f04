package import OCI
package import Registry
package import Tagging

/// Gives an image that is pushed already other labels and annotations, on every platform, and moves its tags along.
package struct Relabeling: Sendable {
    /// The new image, which no store has yet.
    package struct Draft: Sendable {
        package let old: Digest
        /// The manifest or index that takes the old one's place.
        package let root: StoredManifest
        /// The manifests below it that changed.
        let manifests: [StoredManifest]
        /// The configurations that changed, and what else is new.
        let blobs: [(descriptor: Descriptor, bytes: [UInt8])]
        /// What signatures and the like will no longer match.
        package let referrers: [Descriptor]
        /// What will happen to each tag that holds the old image.
        package let plan: TargetPlan

        package var changesNothing: Bool { root.digest == old }
    }

    private let store: any ImageStore

    package init(in store: any ImageStore) {
        self.store = store
    }

    /// Makes the new image in memory and finds the tags that hold the old one.
    ///
    /// - Parameters:
    ///   - edit: the change.
    ///   - image: the image to change.
    /// - Returns: the draft.
    /// - Throws: `RegistryError`, `ManifestError`.
    package func draft(_ edit: ImageEdit, of image: StoredManifest) async throws -> Draft {
        let result = try await Edition(edit: edit, store: store).edited(image)
        var tags: [Tag] = []
        var referrers: [Descriptor] = []
        if result.root.digest != image.digest {
            let holders = try await store.digests(of: try await store.tags())
            tags = holders.filter { $0.value == image.digest }.keys.sorted()
            referrers = try await findReferrers(of: image.digest)
        }
        let steps = tags.map { tag in
            TagStep(
                tag: tag,
                rule: "label",
                tagClass: .moving,
                from: image.digest,
                to: result.root.digest,
                version: nil,
                verdict: .move(reason: nil)
            )
        }
        return Draft(
            old: image.digest,
            root: result.root,
            manifests: result.manifests,
            blobs: result.blobs,
            referrers: referrers,
            plan: TargetPlan(name: store.name, steps: steps)
        )
    }

    private func findReferrers(of digest: Digest) async throws -> [Descriptor] {
        var found = try await store.referrers(of: digest)
        for kind in ReferrerTag.Kind.allCases where kind != .referrers {
            if let tagged = try await store.taggedReferrer(kind, of: digest) { found.append(try tagged.referrer()) }
        }
        return found
    }

    /// Stores a draft, and leaves the tags where they are.
    func store(_ draft: Draft) async throws {
        for blob in draft.blobs where try await !store.hasBlob(blob.descriptor) {
            try await store.put(blob: blob.descriptor) { BlobContent(of: blob.descriptor, bytes: blob.bytes) }
        }
        for manifest in draft.manifests { try await store.put(manifest, as: nil) }
        try await store.put(draft.root, as: nil)
    }

    /// Stores a draft and moves the tags.
    ///
    /// A tag that went elsewhere meanwhile is left alone.
    ///
    /// - Returns: what became of each tag; a failure of the whole is told in it.
    package func apply(_ draft: Draft) async -> TargetOutcome {
        var outcome = TargetOutcome(name: store.name, steps: draft.plan.steps.map(StepOutcome.init(planned:)))
        do {
            try await store(draft)
            let held = try await store.digests(of: Set(outcome.steps.map(\.step.tag)))
            for index in outcome.steps.indices where held[outcome.steps[index].step.tag] != draft.old {
                let tag = outcome.steps[index].step.tag
                let isDone = held[tag] == draft.root.digest
                outcome.steps[index].state =
                    isDone ? .unchanged : .withheld(reason: "\(tag) was moved by somebody else meanwhile")
            }
            var due = outcome.steps.filter { if case .notAttempted = $0.state { true } else { false } }
            await TagWriter(store, manifests: [draft.root]).write(&due)
            for result in due {
                guard let index = outcome.steps.firstIndex(where: { $0.step.tag == result.step.tag }) else { continue }
                outcome.steps[index] = result
            }
            try await store.commit()
        } catch {
            outcome.failure = error
        }
        return outcome
    }
}

/// An image's manifests and configurations with an edit applied.
private struct Edition {
    let edit: ImageEdit
    let store: any ImageStore

    struct Result {
        let root: StoredManifest
        var manifests: [StoredManifest] = []
        var blobs: [(descriptor: Descriptor, bytes: [UInt8])] = []
    }

    func edited(_ manifest: StoredManifest) async throws -> Result {
        var replacements: [Digest: Descriptor] = [:]
        var layer: Descriptor?
        var manifests: [StoredManifest] = []
        var blobs: [(descriptor: Descriptor, bytes: [UInt8])] = []
        switch try manifest.decoded() {
        case .image(let image) where image.config.mediaType.isImageConfiguration:
            let old = try await store.smallBlob(image.config)
            let new = try edit.applied(toConfiguration: old)
            if new != old {
                var descriptor = image.config
                descriptor.digest = Digest(of: new, algorithm: image.config.digest.algorithm)
                descriptor.size = Int64(new.count)
                replacements[image.config.digest] = descriptor
                blobs.append((descriptor, new))
            }
            if let file = edit.file {
                let descriptor = file.descriptor(in: manifest.mediaType)
                layer = descriptor
                blobs.append((descriptor, file.layer.bytes))
            }
        case .image:
            // An attestation or another artifact has no labels, and its annotations are its own.
            return Result(root: manifest)
        case .index(let index):
            for child in index.manifests where !child.isAttestation {
                let result = try await edited(try await store.manifest(for: .digest(child.digest)))
                guard result.root.digest != child.digest else { continue }
                replacements[child.digest] = result.root.descriptor
                manifests += result.manifests + [result.root]
                blobs += result.blobs
            }
        }
        let bytes = try edit.applied(toManifest: manifest.bytes, replacing: replacements, adding: layer)
        let digest = Digest(of: bytes, algorithm: manifest.digest.algorithm)
        let root = StoredManifest(bytes: bytes, mediaType: manifest.mediaType, digest: digest)
        return Result(root: root, manifests: manifests, blobs: blobs)
    }
}
