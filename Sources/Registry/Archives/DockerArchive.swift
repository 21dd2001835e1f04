import FoundationEssentials
import OCI

/// Archives of `docker save`: today's form, which is an image layout too, and the one before, which has no manifests
/// (moby, image/spec/v1.2.md, "Combined Image JSON + Filesystem Changeset Format").
enum DockerArchive {
    /// An entry of `manifest.json`: the image as paths within the archive.
    struct Item: Codable, Hashable {
        let config: String
        let repoTags: [String]?
        let layers: [String]?

        enum CodingKeys: String, CodingKey {
            case config = "Config"
            case repoTags = "RepoTags"
            case layers = "Layers"
        }
    }

    /// The annotation by which containerd and docker keep an image's whole name.
    static let nameKey = "io.containerd.image.name"
    static let form = "docker-archive:FILE:NAME"

    /// Reads an archive of either form.
    ///
    /// - Throws: `RegistryError` where it is of neither.
    static func layout(of archive: ArchiveFile) async throws -> ArchiveLayout {
        let files = ArchiveFiles(archive, form: form)
        let items = try items(of: files)
        // Both files are asked for, as the entry of an image may well be called index.json by accident.
        if let index = try ArchiveLayout.layoutIndex(of: files), try files.size(of: "oci-layout") != nil {
            return ArchiveLayout(files: files, index: try named(index, by: items ?? [], files: files), isMade: false)
        }
        guard let items else {
            let isOld = try files.size(of: "repositories") != nil
            throw RegistryError(
                isOld ? .unsupported : .notFound,
                "\(archive.name) is not an archive of docker: it has no manifest.json",
                hint: isOld
                    ? "docker before 1.10 wrote it; load it into docker and save it again"
                    : "write one with `docker save` or `skopeo copy SOURCE docker-archive:FILE:NAME`"
            )
        }
        return try await LegacyImages(archive).layout(of: items)
    }

    private static func items(of files: ArchiveFiles) throws -> [Item]? {
        guard let bytes = try files.bytes(of: "manifest.json", limit: SizeLimit.tagPage) else { return nil }
        do {
            return try JSONDecoder().decode([Item].self, from: Data(bytes))
        } catch {
            throw RegistryError(
                .invalidResponse,
                "manifest.json of \(files.name) is not a list of images: \(jsonProblem(error))",
                hint: "make the archive anew"
            )
        }
    }

    /// Gives the entries of an index their whole names: from its annotations, else from `manifest.json`.
    private static func named(_ index: LayoutIndex, by items: [Item], files: ArchiveFiles) throws -> LayoutIndex {
        let reader = LayoutReader(files: files)
        var entries: [LayoutIndex.Entry] = []
        for entry in index.entries {
            if let name = entry.descriptor.annotations?[nameKey].flatMap(DockerName.init) {
                entries.append(entry.named(name.full))
                continue
            }
            let configurations = try configurations(below: entry.descriptor, reader: reader)
            let names = items.filter { item in configurations.contains { LayoutReader.path(of: $0) == item.config } }
                .flatMap { $0.repoTags ?? [] }
                .compactMap(DockerName.init)
            entries += names.isEmpty ? [entry.named(nil)] : names.map { entry.named($0.full) }
        }
        return index.replacing(entries)
    }

    /// The digests of the configurations of an image, or of all images of an index that are there.
    private static func configurations(below descriptor: Descriptor, reader: LayoutReader) throws -> [Digest] {
        guard MediaType.manifests.contains(descriptor.mediaType), try reader.hasBlob(descriptor) else { return [] }
        switch try reader.manifest(descriptor).decoded() {
        case .image(let image): return [image.config.digest]
        case .index(let index): return try index.manifests.flatMap { try configurations(below: $0, reader: reader) }
        }
    }
}
