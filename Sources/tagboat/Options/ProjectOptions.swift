import ArgumentParser

/// The options that say what is released.
struct ProjectOptions: ParsableArguments {
    @Option(
        name: .customLong("version"),
        help: ArgumentHelp("The version, in place of the VERSION file's.", valueName: "version")
    )
    var releaseVersion: String?

    @Option(help: ArgumentHelp("The VERSION file (default: VERSION).", valueName: "file"))
    var versionFile: String?

    @Option(
        help: ArgumentHelp(
            "Where the version comes from: auto, file, tags or both (default: auto).",
            valueName: "source"
        )
    )
    var versionSource: String?

    @Option(
        help: ArgumentHelp("The length of the short commit hash (default: 7).", valueName: "n")
    )
    var shortHashLength: Int?

    @OptionGroup var component: ComponentOptions

    @OptionGroup var history: HistoryOptions

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        history.add(to: &flags)
        component.add(to: &flags)
        flags.set("version", releaseVersion, flag: "--version")
        flags.set("version.file", versionFile, flag: "--version-file")
        flags.set("version.source", versionSource, flag: "--version-source")
        flags.set("short-hash-length", shortHashLength.map(String.init), flag: "--short-hash-length")
        return flags
    }
}
