import FoundationEssentials
import OCI
import SystemPackage

/// Images that wait in a temporary folder until they are committed; the folder goes with this object.
final class StagedImages {
    let layout: OCILayout
    /// What each name is to stand for.
    private(set) var names: [String: Descriptor] = [:]

    private let folder: FilePath

    /// Makes an empty folder.
    ///
    /// - Parameter path: where; something is added to its last part that no other folder has.
    /// - Throws: `FileFailure`.
    init(beside path: FilePath) throws {
        let name = ".\(path.lastComponent?.string ?? "images").\(UInt64.random(in: .min ... .max))"
        let parent = path.removingLastComponent()
        folder = parent.isEmpty ? FilePath(name) : parent.appending(name)
        layout = OCILayout(folder)
        do {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: false)
        } catch {
            throw FileFailure(path, "cannot be written, as no folder can be made beside it", error)
        }
    }

    var files: any LayoutFiles { FolderFiles(directory: folder) }

    func set(_ manifest: StoredManifest, named name: String) {
        names[name] = manifest.descriptor
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder.string)
    }
}
