import OCI
import Registry
import Release
import SystemPackage

/// The stores of one run.
///
/// Registries are connected to only where one is named.
struct Stores {
    let source: SourceImage?
    let targets: [any ImageStore]

    /// Opens stores for the length of an operation.
    ///
    /// - Parameters:
    ///   - source: the image to read; nil where only the targets matter.
    ///   - targets: the repositories.
    ///   - access: what will be done with the targets.
    ///   - context: settings and credentials.
    ///   - operation: what to do with the stores; connections are closed behind it.
    /// - Returns: what the operation returns.
    /// - Throws: what the operation throws; `RegistryError` where the source cannot be read.
    static func with<Result>(
        source: ImageLocation?,
        targets: [ImageLocation],
        access: RepositoryAccess,
        context: CommandContext,
        operation: (Stores) async throws -> Result
    ) async throws -> Result {
        let client = try context.registryClient()
        do {
            var opened: [any ImageStore] = []
            for target in targets { opened.append(try await open(target, access: access, client: client)) }
            var image: SourceImage?
            if let source {
                image = try await read(source, from: try await open(source, access: .pull, client: client))
            }
            let result = try await operation(Stores(source: image, targets: opened))
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    private static func open(
        _ location: ImageLocation,
        access: RepositoryAccess,
        client: RegistryClient
    ) async throws -> any ImageStore {
        switch location {
        case .registry(let reference): try await client.repository(reference.repository, access: access)
        case .layout(let directory, _): OCILayout(directory)
        }
    }

    private static func read(_ location: ImageLocation, from store: any ImageStore) async throws -> SourceImage {
        switch location {
        case .registry(let reference):
            return SourceImage(store: store, manifest: try await store.manifest(for: reference.selector))
        case .layout(let directory, let name):
            return SourceImage(store: store, manifest: try OCILayout(directory).manifest(named: name))
        }
    }
}
