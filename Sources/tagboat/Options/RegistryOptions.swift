import ArgumentParser

/// The options that say where tags go and how registries are reached.
struct RegistryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            A repository to tag, on a registry or oci:DIR, oci-archive:FILE, docker-archive:FILE:NAME or \
            docker-daemon:NAME; may be repeated.
            """,
            valueName: "repository"
        )
    )
    var image: [String] = []

    @Option(help: ArgumentHelp("A registry to reach without TLS; may be repeated.", valueName: "host"))
    var plainHttp: [String] = []

    @Option(help: ArgumentHelp("A credential file of docker or podman.", valueName: "file"))
    var authfile: String?

    @Option(help: ArgumentHelp("How long everything may take: 90s, 10m, 1h (default: 10m).", valueName: "time"))
    var timeout: String?

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("images", image, flag: "--image")
        flags.setPlainHTTP(plainHttp, flag: "--plain-http")
        flags.set("authfile", authfile, flag: "--authfile")
        flags.set("timeout", timeout, flag: "--timeout")
        return flags
    }
}
