import ArgumentParser

/// The options that say how an image is built.
struct BuildOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The folder whose files the build may use (default: .).", valueName: "context"))
    var buildContext: String?

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Further options, which go to the builder as they are.", valueName: "builder-options")
    )
    var builderOptions: [String] = []

    @Option(
        help: ArgumentHelp(
            "What builds: auto, docker, docker-classic, buildx, bake, podman or buildah (default: auto).",
            valueName: "driver"
        )
    )
    var driver: String?

    @Option(name: [.short, .long], help: ArgumentHelp("The Dockerfile.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("The stage of the Dockerfile to build.", valueName: "stage"))
    var target: String?

    @Option(help: ArgumentHelp("A platform to build for, such as linux/arm64; may be repeated.", valueName: "platform"))
    var platform: [String] = []

    @Option(
        help: ArgumentHelp(
            "A build argument, in which {{version}} and the like stand for values; may be repeated.",
            valueName: "name=value"
        )
    )
    var buildArg: [String] = []

    @Option(
        help: ArgumentHelp(
            "Where layers may be found: release (the last one on this line), none, or what the builder takes.",
            valueName: "source"
        )
    )
    var cacheFrom: [String] = []

    @Option(
        help: ArgumentHelp(
            "A secret for the build: id=NAME,src=FILE or id=NAME,env=VARIABLE; may be repeated.",
            valueName: "reference"
        )
    )
    var secret: [String] = []

    @Option(help: ArgumentHelp("An ssh agent or key for the build; may be repeated.", valueName: "default|id=path"))
    var ssh: [String] = []

    @Option(
        help: ArgumentHelp("The levels that labels stand at as annotations, or none.", valueName: "levels")
    )
    var annotations: String?

    @Option(help: ArgumentHelp("Add a file with the version to the image.", valueName: "path"))
    var addVersionFile: String?

    @Option(help: ArgumentHelp("The target of docker buildx bake.", valueName: "target"))
    var bakeTarget: String?

    @Flag(inversion: .prefixedNo, help: "Date everything in the image as the commit (default: yes).")
    var reproducible: Bool?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            """
            Where the image goes: oci:DIR[:NAME], oci-archive:FILE[:NAME], docker-archive:FILE:NAME, \
            docker-daemon:NAME, or by digest to a repository.
            """,
            valueName: "place"
        )
    )
    var output: String?

    @Flag(help: "Let a build with uncommitted changes be a release.") var allowDirty = false

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("build.context", buildContext, flag: "the context")
        flags.set("build.options", builderOptions, flag: "--")
        flags.set("build.driver", driver, flag: "--driver")
        flags.set("build.file", file, flag: "--file")
        flags.set("build.target", target, flag: "--target")
        flags.set("build.platforms", platform.flatMap { $0.split(separator: ",").map(String.init) }, flag: "--platform")
        flags.set("build.cache-from", cacheFrom, flag: "--cache-from")
        flags.set("build.secrets", secret, flag: "--secret")
        flags.set("build.ssh", ssh, flag: "--ssh")
        flags.set(
            "build.annotations",
            (annotations ?? "").split(separator: ",").map(String.init),
            flag: "--annotations"
        )
        flags.set("build.add-version-file", addVersionFile, flag: "--add-version-file")
        flags.set("build.bake-target", bakeTarget, flag: "--bake-target")
        flags.set("build.reproducible", reproducible.map { $0 ? "true" : "false" }, flag: "--reproducible")
        flags.set("build.output", output, flag: "--output")
        return flags
    }
}
