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
    let targets: [any ImageStore]
    /// What the run has cost so far; nil where nobody asked for it.
    let traffic: Traffic?

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
        let client = context.registryClient()
        let traffic = context.isVerbose ? Traffic(client: client) : nil
        do {
            let result = try await RoundTrips.branch(from: 0) {
                var opened: [any ImageStore] = []
                for target in targets { opened.append(try await open(target, access: access, client: client)) }
                var readSource: (@Sendable () async throws -> SourceImage)?
                if let source {
                    let store = try await open(source, access: .pull, client: client)
                    readSource = { try await read(source, from: store) }
                }
                return try await operation(Stores(readSource: readSource, targets: opened, traffic: traffic))
            }.value
            await end(client, traffic, context)
            return result
        } catch {
            await end(client, traffic, context)
            throw error
        }
    }

    private static func end(_ client: RegistryClient, _ traffic: Traffic?, _ context: CommandContext) async {
        if let traffic { context.inform(traffic.summary) }
        await client.close()
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

extension CommandContext {
    /// A client with the configuration's settings; it connects to nothing until it is asked.
    fileprivate func registryClient() -> RegistryClient {
        let hosts = configuration.registries.mapValues { settings in
            ConnectionSettings.Host(
                plainHTTP: settings.plainHTTP,
                certificateAuthority: settings.certificateAuthority
            )
        }
        let certificates = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : FilePath($0) }
        return RegistryClient(
            settings: ConnectionSettings(
                timeout: configuration.timeout,
                hosts: hosts,
                systemCertificates: certificates,
                userAgent: "tagboat/\(ProductVersion.text)",
                requestsPerSecond: configuration.requestsPerSecond
            ),
            credentials: CredentialFiles(credentialSources),
            logger: logger
        )
    }

    /// Where credentials may be, in the order in which they count.
    var credentialSources: [CredentialFiles.Source] {
        CredentialFiles.standardSources(explicit: configuration.credentialFile, environment: environment)
    }
}
