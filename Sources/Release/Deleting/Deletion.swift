package import OCI
package import Registry

/// Takes a tag, or an image with all its tags, out of a repository.
package struct Deletion: Sendable {
    /// What is to go.
    package enum Subject: Hashable, Sendable {
        /// The tag alone; its image stays.
        case tag(Tag)
        /// The image with every tag that it has.
        case image(ManifestSelector)
    }

    /// What a registry that cannot delete a tag by itself is asked to do instead.
    package enum Fallback: Sendable {
        case none
        /// To put a placeholder under the tag and to delete that.
        case placeholder
    }

    /// What will go and what stays, before anything is done.
    package struct Plan: Hashable, Sendable {
        package let repository: String
        package let subject: Subject
        /// The digest of the image that the tag holds, or that goes.
        package let digest: Digest
        /// The tags that go.
        package let tags: [Tag]
        /// The tags that the image keeps.
        package let kept: [Tag]
        /// Why it must not be done; nil where it may.
        package let refusal: String?
        /// The images below an index that goes which nothing else keeps.
        package let orphans: [Digest]
    }

    private let store: any ImageStore

    package init(in store: any ImageStore) {
        self.store = store
    }

    /// Finds out what a deletion means.
    ///
    /// - Parameters:
    ///   - subject: what is to go.
    ///   - includesShared: whether an image may go that several tags hold.
    ///   - includesOrphans: whether images go that only the deleted index listed.
    /// - Returns: the plan.
    /// - Throws: `RegistryError`; of kind `notFound` where there is nothing of that name.
    package func plan(_ subject: Subject, includesShared: Bool, includesOrphans: Bool) async throws -> Plan {
        let tags = try await store.digests(of: try await store.tags())
        switch subject {
        case .tag(let tag):
            guard let digest = tags[tag] else { throw notFound(.tag(tag)) }
            return Plan(
                repository: store.name,
                subject: subject,
                digest: digest,
                tags: [tag],
                kept: tags.filter { $0.value == digest && $0.key != tag }.keys.sorted(),
                refusal: nil,
                orphans: []
            )
        case .image(let selector):
            // What indexes list matters to images alone: an index is read for each that tags hold.
            let contents = try await RepositoryContents.read(store, tags: tags)
            let digest = try await digest(selector, contents)
            let tags = contents.tags(of: digest)
            let parents = contents.tagsOfIndexes(listing: digest)
            let orphans = includesOrphans ? orphans(of: digest, without: Set(tags), contents) : []
            return Plan(
                repository: store.name,
                subject: subject,
                digest: digest,
                tags: tags,
                kept: [],
                refusal: refusal(digest, tags: tags, parents: parents, includesShared: includesShared),
                orphans: orphans
            )
        }
    }

    private func digest(_ selector: ManifestSelector, _ contents: RepositoryContents) async throws -> Digest {
        switch selector {
        case .tag(let tag):
            guard let digest = contents.tags[tag] else { throw notFound(selector) }
            return digest
        case .digest(let digest):
            guard try await store.hasManifest(digest) else { throw notFound(selector) }
            return digest
        }
    }

    private func refusal(_ digest: Digest, tags: [Tag], parents: [Tag], includesShared: Bool) -> String? {
        func list(_ tags: [Tag]) -> String {
            let names = tags.prefix(5).map(\.name).joined(separator: ", ")
            return tags.count > 5 ? "\(names) and \(tags.count - 5) more" : names
        }
        if !parents.isEmpty {
            return "\(digest.abbreviated) is part of an index that stays, of \(list(parents))"
        }
        if tags.count > 1, !includesShared {
            return "\(digest.abbreviated) is held by \(tags.count) tags: \(list(tags))"
        }
        return nil
    }

    private func orphans(of digest: Digest, without tags: Set<Tag>, _ contents: RepositoryContents) -> [Digest] {
        let kept = contents.tags.filter { !tags.contains($0.key) }.values
        let needed = kept.reduce(into: Set(kept)) { $0.formUnion(contents.below[$1] ?? []) }
        return (contents.below[digest] ?? []).subtracting(needed).sorted()
    }

    private func notFound(_ selector: ManifestSelector) -> RegistryError {
        RegistryError(.notFound, "\(store.name) has no image \(selector)", hint: "see what it has with `tagboat list`")
    }

    // MARK: Doing it

    /// Carries a plan out.
    ///
    /// - Parameters:
    ///   - plan: a plan without a refusal.
    ///   - fallback: what to do where the registry cannot delete a tag by itself.
    /// - Throws: `RegistryError`.
    package func carryOut(_ plan: Plan, fallback: Fallback) async throws {
        precondition(plan.refusal == nil, "a refused deletion must not be carried out")
        switch plan.subject {
        case .tag(let tag):
            try await delete(tag, plan: plan, fallback: fallback)
        case .image:
            try await deleteImage(plan)
            // An index goes before what it lists.
            for orphan in plan.orphans { try await store.delete(.digest(orphan)) }
        }
    }

    private func delete(_ tag: Tag, plan: Plan, fallback: Fallback) async throws {
        do {
            try await store.delete(.tag(tag))
        } catch let error as RegistryError where error.kind == .unsupported {
            switch fallback {
            case .placeholder:
                try await replaceByPlaceholder(tag)
            case .none:
                let others = plan.kept.map(\.name).joined(separator: ", ")
                throw RegistryError(
                    .unsupported,
                    error.description,
                    hint: others.isEmpty
                        ? "no other tag holds the image: delete it with --digest"
                        : "--placeholder takes the tag alone; --digest deletes the image, also as \(others)",
                    status: error.status,
                    codes: error.codes
                )
            }
        }
    }

    private func deleteImage(_ plan: Plan) async throws {
        do {
            try await store.delete(.digest(plan.digest))
        } catch let error as RegistryError
            where [.denied, .invalidResponse, .unsupported].contains(error.kind) && !plan.tags.isEmpty
        {
            // Google's registries want the tags gone first.
            guard (try? await deleteTags(plan.tags)) != nil else { throw error }
            try await store.delete(.digest(plan.digest))
        }
    }

    private func deleteTags(_ tags: [Tag]) async throws {
        for tag in tags { try await store.delete(.tag(tag)) }
    }

    /// Moves the tag to an image of its own, which then can go without another tag going with it.
    private func replaceByPlaceholder(_ tag: Tag) async throws {
        let content = Array("{}".utf8)
        let config = Descriptor(
            mediaType: MediaType(rawValue: "application/vnd.oci.empty.v1+json"),
            digest: Digest(of: content),
            size: Int64(content.count)
        )
        try await store.put(blob: config) { BlobContent(of: config, bytes: content) }
        // The tag's name makes it an image that no other tag can hold.
        let manifest = """
            {"schemaVersion":2,"mediaType":"\(MediaType.ociManifest)",\
            "config":{"mediaType":"\(config.mediaType)","digest":"\(config.digest)","size":\(config.size)},\
            "layers":[],"annotations":{"dev.tagboat.placeholder":"\(tag)"}}
            """
        let bytes = Array(manifest.utf8)
        let placeholder = StoredManifest(bytes: bytes, mediaType: .ociManifest, digest: Digest(of: bytes))
        try await store.put(placeholder, as: tag)
        try await store.delete(.digest(placeholder.digest))
    }
}
