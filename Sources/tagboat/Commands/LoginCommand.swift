import ArgumentParser
import OCI
import Registry
import SystemPackage

/// `tagboat login`: check credentials with a registry and keep them.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Check credentials with a registry and keep them where docker and podman find them too.",
        discussion: """
            What is not given is asked for on the terminal. Nothing is written unless the registry accepts the \
            credentials. A credential helper keeps them where the file names one for the registry.
            """
    )

    @Argument(help: "The registry: HOST or HOST:PORT.") var registry: String
    @Option(
        name: [.customShort("u"), .customLong("username")],
        help: ArgumentHelp("The user.", valueName: "user")
    )
    var user: String?
    @Flag(help: "Read the password from standard input.") var passwordStdin = false
    @Option(help: ArgumentHelp("A registry to reach without TLS; may be repeated.", valueName: "host"))
    var plainHttp: [String] = []
    @Option(help: ArgumentHelp("How long everything may take: 90s, 10m, 1h (default: 10m).", valueName: "time"))
    var timeout: String?
    @OptionGroup var login: LoginOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        var flags = FlagConfiguration()
        flags.setPlainHTTP(plainHttp, flag: "--plain-http")
        flags.set("timeout", timeout, flag: "--timeout")
        let context = try CommandContext(shared, flags: [flags, login.configuration()])
        let host = try RegistryArgument.host(registry)
        let store = try context.credentialStore()
        let credential = try credential(for: host)
        let check = try await LoginCheck.run(
            credential,
            for: host,
            settings: try context.connectionSettings(),
            logger: context.logger
        )
        if !check.wasAsked {
            context.inform("warning: \(host) asks nobody for credentials; these were not checked")
        }
        let place = try await store.save(check.credential, for: host)
        let user = credential.user ?? ""
        switch place {
        case .file(let path): context.inform("logged in to \(host) as \(user); \(path) keeps it, unencrypted")
        case .helper(let helper): context.inform("logged in to \(host) as \(user); \(helper.program) keeps it")
        }
        warnOfEarlierSource(host, store, context)
    }

    /// Another file may be asked before the one that was written.
    private func warnOfEarlierSource(_ host: RegistryHost, _ store: CredentialStore, _ context: CommandContext) {
        // What is wrong with other files is told when they are used.
        guard let first = try? context.credentialFiles.findings(for: host).first, first.source != store.path.string
        else { return }
        context.inform(
            """
            warning: \(first.source) has other credentials for \(host), and is asked first
            hint: take them away with `tagboat logout \(host) --authfile \(first.source)`
            """
        )
    }

    private func credential(for host: RegistryHost) throws -> Credential {
        guard passwordStdin || Terminal.isPresent else {
            throw ConfigurationError(
                "there is no terminal to ask for the password on",
                hint: "give it on standard input, with --username USER --password-stdin"
            )
        }
        if passwordStdin, user == nil {
            throw ConfigurationError("--password-stdin needs --username", hint: "name the user with -u USER")
        }
        let name = user ?? Terminal.ask("User for \(host): ") ?? ""
        guard !name.isEmpty else { throw ConfigurationError("no user was named", hint: "name one with -u USER") }
        guard !name.contains(":"), !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw ConfigurationError(
                "a user's name holds neither colons nor control characters",
                hint: "the password is given on its own, not as USER:PASSWORD"
            )
        }
        let password = passwordStdin ? try PasswordInput.read() : Terminal.askSecretly("Password of \(name): ")
        guard let password, !password.isEmpty else {
            throw ConfigurationError("no password was given", hint: "nothing was changed; run again")
        }
        return .password(user: name, Secret(password))
    }
}
