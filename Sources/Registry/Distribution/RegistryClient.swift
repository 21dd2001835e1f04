import AsyncHTTPClient
package import Logging
package import OCI

/// The connections of one run to all its registries. Close it when done.
package actor RegistryClient {
    private let transport: Transport
    private let credentials: CredentialFiles
    private var hosts: [RegistryHost: Host] = [:]

    /// What the run knows of one registry.
    private struct Host {
        let session: HostSession
        let features = HostFeatures()
    }

    package init(settings: ConnectionSettings, credentials: CredentialFiles, logger: Logger) {
        transport = Transport(settings: settings, logger: logger)
        self.credentials = credentials
    }

    /// A repository to work with.
    ///
    /// Ask for all of a run's repositories before the first request, so that one token serves for them all.
    ///
    /// - Throws: `RegistryError` of kind `invalidFile` for a credential file that the user named and that is broken.
    package func repository(
        _ name: RepositoryName,
        access: RepositoryAccess
    ) async throws(RegistryError) -> RegistryRepository {
        try credentials.checkNamedFile()
        var mirrors: [RegistryRepository] = []
        for mirror in transport.settings.hosts[name.registry]?.mirrors ?? [] where mirror != name.registry {
            mirrors.append(await repository(RepositoryName(registry: mirror, path: name.path), .pull, mirrors: []))
        }
        return await repository(name, access, mirrors: mirrors)
    }

    private func repository(
        _ name: RepositoryName,
        _ access: RepositoryAccess,
        mirrors: [RegistryRepository]
    ) async -> RegistryRepository {
        let host =
            hosts[name.registry]
            ?? Host(session: HostSession(host: name.registry, transport: transport, credentials: credentials))
        hosts[name.registry] = host
        await host.session.announce(name, access)
        return RegistryRepository(
            repository: name,
            session: host.session,
            transport: transport,
            features: host.features,
            mirrors: mirrors
        )
    }

    /// What was asked of registries so far.
    package nonisolated var statistics: RequestStatistics { transport.counter.current }

    /// Closes the connections.
    package func close() async {
        try? await transport.client.shutdown()
    }
}
