import ArgumentParser
import Release
import Versioning

/// The options of `release`, besides those of `push` and `build`.
struct ReleaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Raise the version first: auto, major, minor or patch (default: none).",
            valueName: "part"
        )
    )
    var bump: String?

    @Option(
        help: ArgumentHelp("With --bump, make a prerelease of this channel: rc.1, then rc.2.", valueName: "channel")
    )
    var pre: String?

    @Option(help: ArgumentHelp("The branch to push, where HEAD is on none.", valueName: "branch"))
    var branch: String?

    @Flag(inversion: .prefixedNo, help: "Make the release's git tag, once its image is released.")
    var gitTag: Bool?

    @Flag(inversion: .prefixedNo, help: "Push that tag, and with --bump the release commit; implies --git-tag.")
    var gitPush: Bool?

    @Option(
        help: ArgumentHelp("When to notify: release, change, always or never (default: release).", valueName: "when")
    )
    var notify: String?

    @Option(help: ArgumentHelp("Write what was released to this file, as Markdown.", valueName: "file"))
    var summary: String?

    @Option(help: ArgumentHelp("Write the image's digest to this file.", valueName: "file"))
    var outputDigest: String?

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Tell what would be done, and change nothing.")
    var isDryRun = false

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("release.bump", bump, flag: "--bump")
        flags.set("release.git-tag", gitTag.map { "\($0)" }, flag: gitTag == true ? "--git-tag" : "--no-git-tag")
        flags.set("release.git-push", gitPush.map { "\($0)" }, flag: gitPush == true ? "--git-push" : "--no-git-push")
        flags.set("notify.when", notify, flag: "--notify")
        return flags
    }
}
