import Logging
import OCI
import Registry
import Release
import SystemPackage

/// The stores of one run.
///
/// Registries are connected to only where one is named.
struct Stores {
    /// Reads the image that is named as the source; nil where none is.
    let readSource: (@Sendable () async throws -> SourceImage)?
    /// Each reads one of several images, in the order in which they are named.
    let readSources: [@Sendable () async throws -> SourceImage]
    /// The repository that is read as a whole; nil where none is.
    let origin: (any ImageStore)?
    let targets: [any ImageStore]
    /// What the run has cost so far; nil where nobody asked for it.
    let traffic: Traffic?

    /// Opens stores for the length of an operation.
    ///
    /// - Parameters:
    ///   - source: the image to read; nil where only the targets matter.
    ///   - sources: further images to read.
    ///   - origin: a repository to read as a whole, in place of one image.
    ///   - targets: the repositories.
    ///   - access: what will be done with the targets.
    ///   - context: settings and credentials.
    ///   - patience: how long it all may take, where that is less than the configuration's time.
    ///   - operation: what to do with the stores; connections are closed behind it.
    /// - Returns: what the operation returns.
    /// - Throws: what the operation throws; `RegistryError` where the source cannot be read.
    static func with<Result>(
        source: ImageLocation?,
        sources: [ImageLocation] = [],
        origin: ImageLocation? = nil,
        targets: [ImageLocation],
        access: RepositoryAccess,
        context: CommandContext,
        patience: Duration? = nil,
        operation: (Stores) async throws -> Result
    ) async throws -> Result {
        let connections = try Connections(context, patience: patience)
        let traffic = context.isVerbose ? Traffic(client: connections.client) : nil
        do {
            let result = try await RoundTrips.branch(from: 0) {
                var opened: [any ImageStore] = []
                for target in targets { opened.append(try await connections.open(target, access: access)) }
                let readSource = try await source.asyncMap {
                    try await connections.reader(of: $0, for: opened, context)
                }
                var readSources: [@Sendable () async throws -> SourceImage] = []
                for source in sources {
                    readSources.append(try await connections.reader(of: source, for: [], context))
                }
                let origin = try await origin.asyncMap { try await connections.open($0, access: .pull) }
                return try await operation(
                    Stores(
                        readSource: readSource,
                        readSources: readSources,
                        origin: origin,
                        targets: opened,
                        traffic: traffic
                    )
                )
            }.value
            await end(connections, traffic, context)
            return result
        } catch {
            await end(connections, traffic, context)
            throw error
        }
    }

    private static func end(_ connections: Connections, _ traffic: Traffic?, _ context: CommandContext) async {
        if let traffic { context.inform(traffic.summary) }
        await connections.close()
    }
}

/// What the stores of a run share; nothing is connected to before it is asked.
private struct Connections {
    let client: RegistryClient
    let engine: Engine

    init(_ context: CommandContext, patience: Duration?) throws(ConfigurationError) {
        client = try context.registryClient(timeout: patience)
        engine = try context.engine()
    }

    func close() async {
        await client.close()
        await engine.close()
    }

    /// Opens a repository.
    func open(_ location: ImageLocation, access: RepositoryAccess) async throws -> any ImageStore {
        switch location {
        case .registry(let reference): try await client.repository(reference.repository, access: access)
        case .layout(let directory, _): OCILayout(directory)
        case .ociArchive(let file, _): ArchiveStore(file, form: .oci)
        case .dockerArchive(let file, let reference): ArchiveStore(file, form: .docker(reference?.repository))
        case .daemon(let reference): engine.repository(reference.repository)
        }
    }

    /// What reads an image; where the image is on a registry, its repository is announced at once.
    func reader(
        of location: ImageLocation,
        for targets: [any ImageStore],
        _ context: CommandContext
    ) async throws -> @Sendable () async throws -> SourceImage {
        if case .registry(let reference) = location {
            _ = try await client.repository(reference.repository, access: .pull)
        }
        let isQuiet = context.isQuiet
        return {
            let image = try await read(location)
            for target in targets { try await target.recognise(image.manifest, from: image.store) }
            if !isQuiet, let remark = await image.store.remark { Output.message("note: \(remark)") }
            return image
        }
    }

    /// Reads the image to release.
    private func read(_ location: ImageLocation) async throws -> SourceImage {
        switch location {
        case .registry(let reference):
            let store = try await client.repository(reference.repository, access: .pull)
            return SourceImage(store: store, manifest: try await store.manifest(for: reference.selector))
        case .layout(let directory, let name):
            let store = OCILayout(directory)
            return SourceImage(store: store, manifest: try store.manifest(named: name))
        case .ociArchive(let file, let name):
            let store = ArchiveStore(file, form: .oci)
            return SourceImage(store: store, manifest: try await store.manifest(named: name))
        case .dockerArchive(let file, let reference):
            let store = ArchiveStore(file, form: .docker(reference?.repository))
            return SourceImage(store: store, manifest: try await store.manifest(of: reference))
        case .daemon(let reference):
            let store = engine.repository(reference.repository)
            return SourceImage(store: store, manifest: try await store.manifest(of: reference))
        }
    }
}
