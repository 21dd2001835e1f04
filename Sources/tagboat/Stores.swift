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
        let connections = Connections(context)
        do {
            var opened: [any ImageStore] = []
            for target in targets { opened.append(try await connections.open(target, access: access)) }
            var image: SourceImage?
            if let source {
                let found = try await connections.read(source)
                for store in opened { try await store.recognise(found.manifest, from: found.store) }
                if let remark = await found.store.remark { context.inform("note: \(remark)") }
                image = found
            }
            let result = try await operation(Stores(source: image, targets: opened))
            await connections.close()
            return result
        } catch {
            await connections.close()
            throw error
        }
    }
}

/// What the stores of a run share; nothing is connected to before it is asked.
private struct Connections {
    let client: RegistryClient
    let engine: Engine

    init(_ context: CommandContext) {
        client = context.registryClient()
        engine = context.engine()
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

    /// Reads the image to release.
    func read(_ location: ImageLocation) async throws -> SourceImage {
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

extension CommandContext {
    /// A client with the configuration's settings; it connects to nothing until it is asked.
    fileprivate func registryClient() -> RegistryClient {
        RegistryClient(
            settings: connectionSettings,
            credentials: CredentialFiles(
                CredentialFiles.standardSources(explicit: configuration.credentialFile, environment: environment)
            ),
            logger: logger
        )
    }

    /// The container engine that the environment names.
    fileprivate func engine() -> Engine {
        Engine(environment: environment, settings: connectionSettings, logger: logger)
    }

    private var connectionSettings: ConnectionSettings {
        let hosts = configuration.registries.mapValues { settings in
            ConnectionSettings.Host(
                plainHTTP: settings.plainHTTP,
                certificateAuthority: settings.certificateAuthority
            )
        }
        let certificates = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : FilePath($0) }
        return ConnectionSettings(
            timeout: configuration.timeout,
            hosts: hosts,
            systemCertificates: certificates,
            userAgent: "tagboat/\(ProductVersion.text)"
        )
    }
}
