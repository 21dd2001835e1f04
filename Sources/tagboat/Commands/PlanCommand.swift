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
        try await push.showPlan(context)
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
        if dryRun { return try await push.showPlan(context) }
        let result = try await PushRun(context: context, rebuild: push.rebuild).push(try push.source(context))
        guard let outcome = result.outcome else { return try push.show(result, context) }
        switch push.format {
        case .text: Output.standard.write(PlanText(style: context.style).render(outcome))
        case .json: Output.standard.write(try JSONText.render(PlanDocument(outcome, traffic: result.traffic)))
        }
        try TargetOutcome.check(outcome.targets)
    }
}

extension PushOptions {
    /// The image to release.
    fileprivate func source(_ context: CommandContext) throws(ConfigurationError) -> ImageLocation {
        guard let source = context.configuration.from else { throw .noSource }
        return source
    }

    fileprivate func showPlan(_ context: CommandContext) async throws {
        try show(try await PushRun(context: context, rebuild: rebuild).plan(try source(context)), context)
    }

    /// Prints a plan that was not applied; one that must not be is an error.
    fileprivate func show(_ result: PushRun.Result, _ context: CommandContext) throws {
        switch format {
        case .text: Output.standard.write(PlanText(style: context.style).render(result.plan))
        case .json: Output.standard.write(try JSONText.render(PlanDocument(result.plan, traffic: result.traffic)))
        }
        if let refusal = Refusal(result.plan) { throw refusal }
    }
}
