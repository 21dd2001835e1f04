import ArgumentParser
import Registry
import Release
import Tagging

/// `tagboat plan`: what `push` would do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Show what push would do to each tag, and why; change nothing."
    )

    @OptionGroup var push: PushOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: push.configuration())
        try await PushRun(context: context, options: push).plan()
    }
}

/// `tagboat push`: release an image under its tags.
struct PushCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Put the image under its tags on every repository; tags never go backwards.",
        discussion: """
            The image is copied where it is absent. Running it again is always safe: a run that was interrupted is \
            finished, one that was done changes nothing.
            """
    )

    @OptionGroup var push: PushOptions
    @Flag(name: .shortAndLong, help: "Print the plan and change nothing, as `tagboat plan`.") var dryRun = false
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: push.configuration())
        let run = PushRun(context: context, options: push)
        if dryRun {
            try await run.plan()
        } else {
            try await run.push()
        }
    }
}
