import ArgumentParser
import OCI
import Registry
import SystemPackage

/// `tagboat logout`: forget credentials.
struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "Forget the credentials of a registry, in the file and in its credential helper."
    )

    @Argument(help: "The registry: HOST or HOST:PORT.") var registry: String?
    @Flag(help: "Forget the credentials of every registry that the file names.") var all = false
    @OptionGroup var login: LoginOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard all == (registry == nil) else { throw ValidationError("name either a registry or --all") }
    }

    func run() async throws {
        let context = try CommandContext(shared, flags: [login.configuration()])
        let store = try context.credentialStore()
        guard let registry else {
            let keys = try await store.removeAll()
            for key in keys { context.inform("logged out of \(key)") }
            if keys.isEmpty { context.inform("\(store.path) holds no credentials") }
            return
        }
        let host = try RegistryArgument.host(registry)
        let places = try await store.remove(host)
        for place in places { context.inform("logged out of \(host); \(place) keeps it no longer") }
        if places.isEmpty { context.inform("not logged in to \(host): \(store.path) has no credentials for it") }
        // The promise of a logout is that nothing is left.
        for left in context.leftovers(for: host, besides: store) {
            context.inform("warning: \(left) still has credentials for \(host)")
        }
    }
}

extension CommandContext {
    /// Other files with credentials for a registry.
    fileprivate func leftovers(for host: RegistryHost, besides store: CredentialStore) -> [String] {
        // With a file that is named there are no others; what is wrong with others is told when they are used.
        guard configuration.credentialFile == nil, let found = try? credentialFiles.findings(for: host) else {
            return []
        }
        return found.compactMap { found in
            if case .credential = found.finding, found.source != store.path.string { found.source } else { nil }
        }
    }
}
