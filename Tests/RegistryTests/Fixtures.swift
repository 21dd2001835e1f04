import Logging
import OCI
import SystemPackage
import TestSupport

@testable import Registry

/// Runs a body with a client that is closed behind it.
func withClient<Value>(
    settings: ConnectionSettings = ConnectionSettings(timeout: .seconds(300)),
    credentials: [CredentialFiles.Source] = [],
    _ body: (RegistryClient) async throws -> Value
) async throws -> Value {
    try await withClient(settings: settings, credentials: CredentialFiles(credentials), body)
}

/// Runs a body with a client that is closed behind it.
func withClient<Value>(
    settings: ConnectionSettings = ConnectionSettings(timeout: .seconds(300)),
    credentials: CredentialFiles,
    _ body: (RegistryClient) async throws -> Value
) async throws -> Value {
    let client = RegistryClient(
        settings: settings,
        credentials: credentials,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    do {
        let value = try await body(client)
        await client.close()
        return value
    } catch {
        await client.close()
        throw error
    }
}

extension RegistryClient {
    /// A repository by its name.
    func repository(_ name: String, access: RepositoryAccess = .push) async throws -> RegistryRepository {
        try await repository(RepositoryName(parsing: name), access: access)
    }
}

/// Brings an image of a layout, with one platform, to a store.
func push(_ manifest: StoredManifest, from layout: OCILayout, to store: any ImageStore, as tags: [String]) async throws
{
    for blob in try manifest.decoded().blobs where try await !store.hasBlob(blob) {
        try await store.put(blob: blob) { try await layout.blob(blob) }
    }
    for tag in tags { try await store.put(manifest, as: try Tag(tag)) }
}

/// Runs an operation that must fail with a `RegistryError`, and gives the error.
func failure<Value>(of operation: () async throws -> Value) async throws -> RegistryError? {
    do {
        _ = try await operation()
        return nil
    } catch let error as RegistryError {
        return error
    }
}
