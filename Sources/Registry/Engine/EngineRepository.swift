import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
package import OCI
import SystemPackage

/// A repository in a container engine.
///
/// An engine knows an image by its ID, which is the digest of its configuration, or with docker's containerd store that
/// of its manifest. `digest(of:)` gives this ID, or the digest of the image that is being released where it is the same
/// one. Reading an image saves it into a temporary file; what is put is loaded in one archive at `commit()`.
package actor EngineRepository: ImageStore {
    package nonisolated let name: String
    private let repository: RepositoryName
    private let engine: Engine
    private var staged: StagedImages?
    /// Tags for images that the engine has, by their IDs.
    private var retags: [Tag: Digest] = [:]
    /// Which image each ID stands for.
    private var identities: [Digest: Digest] = [:]
    /// The IDs under which the engine has images, by the images' digests.
    private var present: [Digest: Digest] = [:]
    /// Manifests and blobs of images that the engine has.
    private var recognised: [Digest: StoredManifest] = [:]
    private var recognisedBlobs: Set<Digest> = []
    /// What was saved, by the name or ID that was asked for.
    private var saved: [String: Task<ArchiveLayout, any Error>] = [:]
    private var hasMadeManifest = false

    init(_ repository: RepositoryName, engine: Engine) {
        self.repository = repository
        self.engine = engine
        name = "docker-daemon:\(repository)"
    }

    package nonisolated var isTransactional: Bool { true }

    package var remark: String? {
        hasMadeManifest
            ? "the engine holds no manifests; the digest is that of a manifest made from the image's configuration and layers"
            : nil
    }

    // MARK: Tags

    package func tags() async throws -> Set<Tag> {
        // The engine's own filter by reference differs between engines, and a tag that it overlooks would move wrongly.
        let action = "the images of \(name) could not be listed"
        let body = try await engine.answer(.GET, "images/json", action: action) ?? Data()
        let images = try decode([Summary].self, from: body, action: action)
        let names = images.flatMap { $0.repoTags ?? [] }.compactMap(DockerName.init)
        let waiting = (staged?.names.keys).map(Array.init) ?? []
        return Set((names + waiting.compactMap(DockerName.init)).filter { $0.repository == repository }.map(\.tag))
            .union(retags.keys)
    }

    package func digest(of tag: Tag) async throws -> Digest? {
        if let digest = staged?.names[fullName(tag)]?.digest { return digest }
        let waiting = retags[tag]
        let id: Digest? = if let waiting { waiting } else { try await inspect(fullName(tag))?.id }
        return id.map { identities[$0] ?? $0 }
    }

    private struct Summary: Decodable {
        let repoTags: [String]?

        enum CodingKeys: String, CodingKey {
            case repoTags = "RepoTags"
        }
    }

    private func fullName(_ tag: Tag) -> String { DockerName(repository, tag).full }

    // MARK: What the engine knows

    package func configuration(of digest: Digest) async throws -> ImageConfiguration? {
        try await inspect((present[digest] ?? digest).description)?.configuration
    }

    package func recognise(_ manifest: StoredManifest, from source: any ImageStore) async throws {
        var manifests: [StoredManifest] = []
        try await collect(manifest, from: source, into: &manifests)
        try identify(manifest, manifests)
        for (id, digest) in identities.sorted(by: { $0.key < $1.key }) where digest == manifest.digest {
            // An engine may find an image by something else than its ID, and then it may be another one.
            guard try await inspect(id.description)?.id == id else { continue }
            present[manifest.digest] = id
            for manifest in manifests {
                recognised[manifest.digest] = manifest
                recognisedBlobs.formUnion(try manifest.decoded().blobs.map(\.digest))
            }
            return
        }
    }

    private func collect(
        _ manifest: StoredManifest,
        from source: any ImageStore,
        into manifests: inout [StoredManifest]
    ) async throws {
        manifests.append(manifest)
        for child in try manifest.decoded().children {
            try await collect(source.manifest(for: .digest(child.digest)), from: source, into: &manifests)
        }
    }

    /// Notes under which IDs an engine may have an image: its own digest, or that of a configuration in it.
    private func identify(_ image: StoredManifest, _ manifests: [StoredManifest]) throws {
        identities[image.digest] = image.digest
        for manifest in manifests {
            guard case .image(let content) = try manifest.decoded() else { continue }
            // Engines load platforms, and an attestation is none.
            guard content.config.mediaType.isImageConfiguration else { continue }
            identities[content.config.digest] = image.digest
        }
    }

    private func inspect(_ name: String) async throws -> EngineImage? {
        let action = "the image \(name) could not be looked up in the engine"
        guard let body = try await engine.answer(.GET, "images/\(name)/json", action: action) else { return nil }
        return try decode(EngineImage.self, from: body, action: action)
    }

    private func decode<Value: Decodable>(_ type: Value.Type, from body: Data, action: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: body)
        } catch {
            throw RegistryError(
                .invalidResponse,
                "\(action): the answer is not that of an engine (\(jsonProblem(error)))",
                hint: "check DOCKER_HOST"
            )
        }
    }

    // MARK: Reading

    /// The image of a reference, saved into a temporary file.
    ///
    /// - Throws: `RegistryError` of kind `notFound` where the engine has no such image.
    package func manifest(of reference: ImageReference) async throws -> StoredManifest {
        if let digest = reference.digest { return try await manifest(for: .digest(digest)) }
        return try await manifest(for: .tag(reference.tag ?? .latest))
    }

    package func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        switch selector {
        case .tag(let tag):
            let name = fullName(tag)
            if let descriptor = staged?.names[name], let staged {
                return try LayoutReader(files: staged.files).manifest(descriptor)
            }
            let layout = try await save(name)
            let isNamed = layout.index.entry(named: name) != nil
            return try layout.reader.manifest(named: isNamed ? name : nil, in: layout.index)
        case .digest(let digest):
            if let known = recognised[digest] { return known }
            if let staged, let manifest = try? LayoutReader(files: staged.files).manifest(digest, in: nil) {
                return manifest
            }
            for layout in try await savedLayouts() {
                if let manifest = try? layout.reader.manifest(digest, in: layout.index) { return manifest }
            }
            let layout = try await save((present[digest] ?? digest).description)
            return try layout.reader.manifest(named: nil, in: layout.index)
        }
    }

    package func hasBlob(_ blob: Descriptor) async throws -> Bool {
        if recognisedBlobs.contains(blob.digest) { return true }
        return try staged.map { try LayoutReader(files: $0.files).hasBlob(blob) } ?? false
    }

    package func blob(_ descriptor: Descriptor) async throws -> BlobContent {
        let parts = [staged?.files].compactMap(\.self) + (try await savedLayouts()).map { $0.files as any LayoutFiles }
        return try LayoutReader(files: LayoutUnion(name: name, form: name, parts: parts)).blob(descriptor)
    }

    private func savedLayouts() async throws -> [ArchiveLayout] {
        var layouts: [ArchiveLayout] = []
        for (_, task) in saved.sorted(by: { $0.key < $1.key }) {
            if let layout = try? await task.value { layouts.append(layout) }
        }
        return layouts
    }

    /// `GET /images/{name}/get` into a temporary file that is gone when this object is.
    private func save(_ image: String) async throws -> ArchiveLayout {
        let task = saved[image] ?? Task { try await self.saveAnew(image) }
        saved[image] = task
        let layout = try await task.value
        if layout.isMade { hasMadeManifest = true }
        return layout
    }

    private func saveAnew(_ image: String) async throws -> ArchiveLayout {
        guard try await inspect(image) != nil else { throw await notFound(image) }
        let action = "the image \(image) could not be saved from the engine"
        let response = try await engine.send(.GET, "images/\(image)/get")
        guard response.status == .ok else { throw try await engine.failure(response, action: action) }
        let spool = try SpoolFile()
        do {
            for try await chunk in response.body { try spool.append(chunk.readableBytesView) }
        } catch {
            throw await engine.failure(error)
        }
        return try await DockerArchive.layout(of: try ArchiveFile(spool.finish(), name: name))
    }

    private func notFound(_ image: String) async -> RegistryError {
        let images = try? await engine.answer(.GET, "images/json", action: "").map {
            try decode([Summary].self, from: $0, action: "")
        }
        let last = repository.path.split(separator: "/").last.map(String.init) ?? ""
        let similar = Set((images ?? []).flatMap { $0.repoTags ?? [] }.filter { $0.contains(last) }).sorted()
        return RegistryError(
            .notFound,
            "\(await engine.name) has no image \(image)",
            hint: similar.isEmpty
                ? "`docker images` or `podman images` lists what it has"
                : "it has \(similar.prefix(5).joined(separator: ", "))"
        )
    }

    // MARK: Writing

    package func put(_ manifest: StoredManifest, as tag: Tag?) async throws {
        if let tag, let id = present[manifest.digest] {
            retags[tag] = id
            return
        }
        let staging = try staging()
        try await staging.layout.put(manifest, as: nil)
        guard let tag else { return }
        var manifests: [StoredManifest] = []
        try await collect(manifest, from: staging.layout, into: &manifests)
        try identify(manifest, manifests)
        retags[tag] = nil
        staging.set(manifest, named: fullName(tag))
    }

    package nonisolated var recognisesImages: Bool { true }

    package func retag(_ digest: Digest, as tags: [Tag]) async -> [Tag: any Error] {
        var failures: [Tag: any Error] = [:]
        for tag in tags {
            do {
                try retag(digest, as: tag)
            } catch {
                failures[tag] = error
            }
        }
        return failures
    }

    private func retag(_ digest: Digest, as tag: Tag) throws {
        if let manifest = staged?.names.values.first(where: { $0.digest == digest }), let staged {
            staged.set(try LayoutReader(files: staged.files).manifest(manifest), named: fullName(tag))
        } else {
            retags[tag] = present[digest] ?? digest
        }
    }

    package func put(
        blob descriptor: Descriptor,
        content: @escaping @Sendable () async throws -> BlobContent
    ) async throws {
        try await staging().layout.put(blob: descriptor, content: content)
    }

    private func staging() throws -> StagedImages {
        if let staged { return staged }
        let new = try StagedImages(beside: SpoolFile.folder.appending("tagboat"))
        staged = new
        return new
    }

    package func commit() async throws {
        if let staged, !staged.names.isEmpty {
            try await load(staged)
            self.staged = nil
        }
        for (tag, id) in retags.sorted(by: { $0.key < $1.key }) {
            let done = try await engine.answer(
                .POST,
                "images/\(id)/tag",
                query: [("repo", repository.fullName), ("tag", tag.name)],
                action: "\(name):\(tag) could not be written"
            )
            guard done != nil else {
                throw RegistryError(.notFound, "the image \(id.abbreviated) is gone from the engine", hint: "run again")
            }
            retags[tag] = nil
        }
    }

    /// `POST /images/load`, with the archive made as it is sent.
    private func load(_ staged: StagedImages) async throws {
        var index = LayoutIndex()
        for (name, descriptor) in staged.names.sorted(by: { $0.key < $1.key }) { index.set(descriptor, named: name) }
        let content = try ArchiveContent(
            index,
            required: Set(staged.names.values.map(\.digest)),
            files: staged.files
        )
        let action = "the images could not be loaded into the engine"
        let archive = try content.dockerArchive(for: try await platform())
        let response = try await engine.send(.POST, "images/load", query: [("quiet", "1")], body: archive)
        guard response.status == .ok else { throw try await engine.failure(response, action: action) }
        var report = LoadReport()
        do {
            for try await chunk in response.body { report.append(chunk.readableBytesView) }
        } catch {
            throw await engine.failure(error)
        }
        report.finish()
        if let problem = report.problem {
            throw RegistryError(
                .serverFailure,
                "\(action): \(problem)",
                hint: "the engine at \(await engine.name) refused the archive; its log says more"
            )
        }
        for (name, descriptor) in staged.names.sorted(by: { $0.key < $1.key }) {
            guard let id = try await inspect(name)?.id else {
                throw RegistryError(
                    .invalidResponse,
                    "the engine loaded the images, but has none of the name \(name)",
                    hint: "look at what it has with `docker images` or `podman images`"
                )
            }
            guard identities[id] == descriptor.digest else {
                throw RegistryError(
                    .invalidResponse,
                    "the engine loaded \(name) as another image than the one that was sent",
                    hint: "do not use this tag; look at it with `docker inspect`"
                )
            }
            present[descriptor.digest] = id
        }
    }

    private func platform() async throws -> Platform? {
        let action = "the engine's version could not be read"
        guard let body = try await engine.answer(.GET, "version", action: action) else { return nil }
        let version = try decode(EngineVersion.self, from: body, action: action)
        guard let os = version.os, let architecture = version.architecture else { return nil }
        return Platform(os: os, architecture: architecture)
    }
}
