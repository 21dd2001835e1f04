import NIOCore
package import OCI
package import SystemPackage

/// A file that holds images: an image layout as a tar archive, or what `docker save` writes.
///
/// The file is read in place. What is put waits in a folder beside it, and `commit()` writes the whole archive anew:
/// the images that it had, those that were put, and nothing that no name leads to. Equal images give equal bytes.
package actor ArchiveStore: ImageStore {
    /// What an archive is like.
    package enum Form: Hashable, Sendable {
        case oci
        /// Docker's archives hold images of several repositories; the named one's tags are this store's.
        case docker(RepositoryName?)
    }

    package nonisolated let name: String
    private let path: FilePath
    private let form: Form
    /// What is in the file, once somebody asked.
    private var opening: Task<ArchiveLayout?, any Error>?
    private var staged: StagedImages?

    package init(_ path: FilePath, form: Form) {
        // The one file, whatever link it was named by.
        self.path = path
        self.form = form
        switch form {
        case .oci: name = "oci-archive:\(path)"
        case .docker(let repository?): name = "docker-archive:\(path):\(repository)"
        case .docker(nil): name = "docker-archive:\(path)"
        }
    }

    package nonisolated var isTransactional: Bool { true }

    package var remark: String? {
        get async {
            guard let layout = try? await layout(), layout.isMade else { return nil }
            return "\(path) holds no manifests; the digest is that of a manifest made from its configuration and layers"
        }
    }

    // MARK: Tags

    package func tags() async throws -> Set<Tag> {
        let names = try await layout()?.index.entries.compactMap(\.name) ?? []
        return Set((names + Array((staged?.names ?? [:]).keys)).compactMap(tag))
    }

    package func digest(of tag: Tag) async throws -> Digest? {
        let name = try name(of: tag)
        if let digest = staged?.names[name]?.digest { return digest }
        return try await layout()?.index.entry(named: name)?.descriptor.digest
    }

    /// What an image with a tag is called within the archive.
    private func name(of tag: Tag) throws -> String {
        switch form {
        case .oci: return tag.name
        case .docker(let repository?): return DockerName(repository, tag).full
        case .docker(nil):
            throw RegistryError(
                .unsupported,
                "\(name) names no repository, which a docker archive keeps with every tag",
                hint: "name it, as in docker-archive:FILE:acme/ui"
            )
        }
    }

    private func tag(of name: String) -> Tag? {
        switch form {
        case .oci: try? Tag(name)
        case .docker(let repository): DockerName(name).flatMap { $0.repository == repository ? $0.tag : nil }
        }
    }

    // MARK: Images

    /// The manifest that a name stands for in an OCI archive; without a name, the only one there is.
    ///
    /// - Throws: `RegistryError` of kind `notFound` where the name is missing or the choice is not clear.
    package func manifest(named name: String?) async throws -> StoredManifest {
        guard let layout = try await layout() else { throw missing }
        return try layout.reader.manifest(named: name, in: layout.index)
    }

    /// The image of a reference in a docker archive; without a reference, the only one there is.
    ///
    /// - Throws: `RegistryError` of kind `notFound` where the name is missing or the choice is not clear.
    package func manifest(of reference: ImageReference?) async throws -> StoredManifest {
        if let digest = reference?.digest { return try await manifest(for: .digest(digest)) }
        return try await manifest(named: reference.map { DockerName($0.repository, $0.tag ?? .latest).full })
    }

    package func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        let layout = try await layout()
        switch selector {
        case .digest(let digest):
            return try reader(layout).manifest(digest, in: layout?.index)
        case .tag(let tag):
            let name = try name(of: tag)
            if let descriptor = staged?.names[name] { return try reader(layout).manifest(descriptor) }
            guard let layout else { throw missing }
            return try layout.reader.manifest(named: name, in: layout.index)
        }
    }

    package func put(_ manifest: StoredManifest, as tag: Tag?) async throws {
        let name = try tag.map(name)
        let staging = try staging()
        try await staging.layout.put(manifest, as: nil)
        if let name { staging.set(manifest, named: name) }
    }

    package func hasBlob(_ blob: Descriptor) async throws -> Bool {
        try reader(try await layout()).hasBlob(blob)
    }

    package func blob(_ descriptor: Descriptor) async throws -> BlobContent {
        try reader(try await layout()).blob(descriptor)
    }

    package func put(
        blob descriptor: Descriptor,
        content: @escaping @Sendable () async throws -> BlobContent
    ) async throws {
        try await staging().layout.put(blob: descriptor, content: content)
    }

    // MARK: The file

    package func commit() async throws {
        guard let staged, !staged.names.isEmpty else { return }
        let before = try await layout()
        let file = AtomicFile.resolved(path)
        let parent = file.removingLastComponent()
        let lockName = ".\(file.lastComponent?.string ?? "").lock"
        let lock = try await FileLock.acquirePassing(parent.isEmpty ? FilePath(lockName) : parent.appending(lockName))
        // Another run may have replaced the file meanwhile; its images stay.
        opening = nil
        let current = try await layout()
        var index = current?.index ?? LayoutIndex()
        for (name, descriptor) in staged.names.sorted(by: { $0.key < $1.key }) { index.set(descriptor, named: name) }
        let content = try ArchiveContent(
            index,
            required: Set(staged.names.values.map(\.digest)),
            files: union([current, before])
        )
        let stream =
            switch form {
            case .oci: try content.layout()
            case .docker: try content.dockerArchive(for: nil)
            }
        let output = try AtomicFile(path)
        for try await chunk in stream { try output.append(chunk.readableBytesView) }
        try output.commit()
        lock.release()
        self.staged = nil
        opening = nil
    }

    private func staging() throws -> StagedImages {
        if let staged { return staged }
        let new = try StagedImages(beside: AtomicFile.resolved(path))
        staged = new
        return new
    }

    private func reader(_ layout: ArchiveLayout?) -> LayoutReader { LayoutReader(files: union([layout])) }

    private func union(_ layouts: [ArchiveLayout?]) -> LayoutUnion {
        let archives = layouts.compactMap { $0.map { $0.files as any LayoutFiles } }
        let form = form == .oci ? "oci-archive:FILE:NAME" : DockerArchive.form
        return LayoutUnion(name: name, form: form, parts: [staged?.files].compactMap(\.self) + archives)
    }

    private func layout() async throws -> ArchiveLayout? {
        let (path, name, form) = (path, name, form)
        let task =
            opening
            ?? Task {
                guard let archive = try ArchiveFile.open(path, name: name) else { return nil }
                return switch form {
                case .oci: try ArchiveLayout(oci: archive)
                case .docker: try await DockerArchive.layout(of: archive)
                }
            }
        opening = task
        return try await task.value
    }

    private var missing: RegistryError {
        RegistryError(.notFound, "there is no file \(path)", hint: "check the file's name")
    }
}
