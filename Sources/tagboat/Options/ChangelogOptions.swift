import ArgumentParser

/// How changelog and release notes are written.
struct NotesOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The changelog (default: CHANGELOG.md).", valueName: "file"))
    var file: String?

    @Flag(name: .customLong("all"), help: "Tell of every commit, also of types without a title.")
    var isComplete = false

    @Flag(name: .customLong("authors"), help: "Name the author of each change.")
    var showsAuthors = false

    @Flag(
        name: .customLong("prereleases"),
        help: "Keep prereleases apart; else a stable release tells what they brought."
    )
    var keepsPrereleases = false

    @Option(help: ArgumentHelp("A folder whose templates take the place of tagboat's own.", valueName: "dir"))
    var templates: String?

    @OptionGroup var component: ComponentOptions
    @OptionGroup var history: HistoryOptions

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        component.add(to: &flags)
        history.add(to: &flags)
        flags.set("changelog.file", file, flag: "--file")
        flags.set("templates", templates, flag: "--templates")
        if showsAuthors { flags.set("changelog.authors", "true", flag: "--authors") }
        if keepsPrereleases { flags.set("changelog.prereleases", "true", flag: "--prereleases") }
        return flags
    }
}

/// What part of the changelog, and what to do with it.
struct ChangelogOptions: ParsableArguments {
    @Flag(name: .customLong("unreleased"), help: "What came after the last release.")
    var isUnreleased = false

    @Option(
        name: .customLong("version"),
        help: ArgumentHelp("One version, released or about to be.", valueName: "version")
    )
    var releaseVersion: String?

    @Option(help: ArgumentHelp("Only what came after this version, git tag or commit.", valueName: "version"))
    var since: String?

    @Flag(name: .customLong("write"), help: "Put what is missing into the file.")
    var isWriting = false

    @Flag(name: .customLong("replace"), help: "With --write, replace sections that are there already.")
    var isReplacing = false

    @Flag(name: .customLong("dry-run"), help: "With --write, print the new file and leave the old one.")
    var isDryRun = false

    func validate() throws {
        if isUnreleased, releaseVersion != nil {
            throw ValidationError("--unreleased and --version exclude each other")
        }
        if since != nil, isUnreleased || releaseVersion != nil {
            throw ValidationError("--since is for the changelog of several versions")
        }
        if isReplacing || isDryRun, !isWriting {
            throw ValidationError("\(isReplacing ? "--replace" : "--dry-run") is for --write")
        }
        if isReplacing, isUnreleased {
            throw ValidationError("--replace is for versions: entries under Unreleased may be people's own")
        }
    }
}
