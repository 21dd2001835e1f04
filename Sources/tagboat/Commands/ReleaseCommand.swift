import ArgumentParser
import Tagging

/// `tagboat release`: from the checkout to the released image.
struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Release this checkout: build its image, push it under its tags, tag git, tell of it.",
        discussion: """
            Stages: bump (with --bump), build (without --from), plan, push, git tag (with --git-tag), notes, \
            notification. Run it again after a failure and it goes on from there: an image of this commit that a \
            repository has already is not built again, and what is released is not released twice.
            """
    )

    @OptionGroup var release: ReleaseOptions
    @OptionGroup var build: BuildOptions
    @OptionGroup var push: PushOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        try await ReleaseRun(options: self).run()
    }

    /// The configuration as the command says it; enters the folder of `-C`.
    ///
    /// - Returns: the configuration.
    /// - Throws: `ConfigurationError`.
    func context() throws -> CommandContext { try context(shared, FlagConfiguration()) }

    /// The configuration with what a stage has found out, in the folder that was entered before.
    ///
    /// - Parameters:
    ///   - component: the component to release; nil for the one that the command names.
    ///   - version: the version; nil for the one that the checkout names.
    ///   - mode: what the run is; nil for what the command says.
    /// - Returns: the configuration, with the environment and the folder.
    /// - Throws: `ConfigurationError`.
    func context(
        component: String?,
        version: String? = nil,
        mode: ReleaseMode? = nil
    ) throws -> CommandContext {
        var found = FlagConfiguration()
        found.set("component", component, flag: "--component")
        found.set("version", version, flag: "--bump")
        found.set("mode", mode?.rawValue, flag: mode == .snapshot ? "--snapshot" : "--release")
        var shared = shared
        shared.directory = nil
        return try context(shared, found)
    }

    private func context(_ shared: SharedOptions, _ found: FlagConfiguration) throws -> CommandContext {
        try CommandContext(
            shared,
            flags: [found] + push.configuration() + [build.configuration(), release.configuration()]
        )
    }
}
