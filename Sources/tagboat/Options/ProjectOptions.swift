import ArgumentParser
import SystemPackage

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
        help: ArgumentHelp("The length of the short commit hash (default: 7).", valueName: "n")
    )
    var shortHashLength: Int?

    func partial() throws(ConfigurationError) -> PartialConfiguration {
        var partial = PartialConfiguration()
        if let releaseVersion { partial.version = try ConfigurationValue.version(releaseVersion) }
        partial.versionFile = versionFile.map { FilePath($0) }
        partial.shortHashLength = shortHashLength
        return partial
    }
}
