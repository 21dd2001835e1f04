import ArgumentParser
import Release
import Versioning

/// The options of `bump`.
struct BumpOptions: ParsableArguments {
    /// What to raise.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case auto, major, minor, patch

        var target: BumpRequest.Target {
            switch self {
            case .auto: .automatic
            case .major: .level(.major)
            case .minor: .level(.minor)
            case .patch: .level(.patch)
            }
        }
    }

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(help: "The part to raise: major, minor, patch, or auto for what the commits ask for.") var part: Part?
    @Option(help: ArgumentHelp("Take this version instead.", valueName: "version")) var set: String?
    @Option(
        help: ArgumentHelp("Make a prerelease of this channel: rc.1, then rc.2.", valueName: "channel")
    )
    var pre: String?
    @Option(help: ArgumentHelp("Add build metadata behind a plus sign.", valueName: "metadata")) var build: String?
    @Flag(help: "Let --set choose a version that is lower, or off the branch's line.") var force = false

    @Option(help: ArgumentHelp("The VERSION file (default: VERSION).", valueName: "file")) var versionFile: String?
    @Option(
        help: ArgumentHelp(
            "Where the version comes from: auto, file, tags or both (default: auto).",
            valueName: "source"
        )
    )
    var versionSource: String?
    @Option(help: ArgumentHelp("What stands before the version in the tag's name (default: v).", valueName: "prefix"))
    var tagPrefix: String?
    @OptionGroup var component: ComponentOptions
    @OptionGroup var history: HistoryOptions

    @Flag(inversion: .prefixedNo, help: "Write the new version's section into the changelog.")
    var changelog: Bool?
    @Flag(help: "Commit the files of the version, and nothing else.") var commit = false
    @Flag(help: "Make an annotated git tag too; implies --commit.") var tag = false
    @Flag(help: "Push branch and tags in one step; implies --tag.") var push = false
    @Flag(inversion: .prefixedNo, help: "Sign commit and tag, whatever git's configuration says.") var sign: Bool?
    @Option(help: ArgumentHelp("The remote to push to (default: origin).", valueName: "remote")) var remote: String?
    @Option(help: ArgumentHelp("The branch, where HEAD is on none.", valueName: "branch")) var branch: String?
    @Flag(name: .customLong("dry-run"), help: "Tell what would be done, and write nothing.") var isDryRun = false
    @Option(help: "How to print it: text or json.") var format: Format = .text

    func validate() throws {
        guard (part == nil) != (set == nil) else {
            throw ValidationError(
                part == nil
                    ? "say what to raise: auto, major, minor or patch"
                    : "--set takes the place of \(part?.rawValue ?? "")"
            )
        }
        if force, set == nil { throw ValidationError("--force goes with --set") }
        if set != nil, pre != nil { throw ValidationError("--set takes the whole version; leave --pre out") }
    }

    /// How far the run goes.
    var extent: BumpPlan.Extent { push ? .push : tag ? .tag : commit ? .commit : .files }

    func request() throws -> BumpRequest {
        let target = try set.map { text in
            let bare = text.hasPrefix("v") ? String(text.dropFirst()) : text
            return BumpRequest.Target.exactly(try SemanticVersion(parsing: bare))
        }
        return BumpRequest(
            target ?? part?.target ?? .automatic,
            channel: pre,
            buildMetadata: build,
            isForced: force
        )
    }

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("version.file", versionFile, flag: "--version-file")
        flags.set("version.source", versionSource, flag: "--version-source")
        flags.set("version.tag-prefix", tagPrefix, flag: "--tag-prefix")
        flags.set("git.remote", remote, flag: "--remote")
        flags.set("git.sign", sign.map { "\($0)" }, flag: sign == true ? "--sign" : "--no-sign")
        flags.set(
            "bump.changelog",
            changelog.map { "\($0)" },
            flag: changelog == true ? "--changelog" : "--no-changelog"
        )
        component.add(to: &flags)
        history.add(to: &flags)
        return flags
    }
}
