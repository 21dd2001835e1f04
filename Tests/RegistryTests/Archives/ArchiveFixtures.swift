import OCI
import SystemPackage
import TestSupport

@testable import Registry

/// An image in a layout, with what tests want to know of it.
struct SampleImage {
    let layout: OCILayout
    let written: ImageFixture.Written

    init(in folder: FilePath, labels: [String: String] = ["n": "1"]) throws {
        layout = OCILayout(folder)
        written = try ImageFixture.write(to: folder, name: "app", labels: labels)
    }

    var manifest: StoredManifest {
        get throws { try layout.manifest(named: "app") }
    }
}

/// Copies whatever a manifest needs, the images of an index included, and tags it.
func copy(_ manifest: StoredManifest, from source: any ImageStore, to target: any ImageStore, as tags: [String])
    async throws
{
    func copyContent(below manifest: StoredManifest) async throws {
        for child in try manifest.decoded().children {
            let child = try await source.manifest(for: .digest(child.digest))
            try await copyContent(below: child)
            try await target.put(child, as: nil)
        }
        for blob in try manifest.decoded().blobs where try await !target.hasBlob(blob) {
            try await target.put(blob: blob) { try await source.blob(blob) }
        }
    }
    try await copyContent(below: manifest)
    for tag in tags { try await target.put(manifest, as: try OCI.Tag(tag)) }
    try await target.commit()
}

/// Reads everything of an image, and thereby verifies it.
func readWhole(_ manifest: StoredManifest, from store: any ImageStore) async throws {
    for blob in try manifest.decoded().blobs { for try await _ in try await store.blob(blob) {} }
}

extension ArchiveStore {
    /// A docker archive's repository.
    static func docker(_ path: FilePath, _ repository: String = "acme/ui") throws -> ArchiveStore {
        ArchiveStore(path, form: .docker(try RepositoryName(parsing: repository)))
    }
}
