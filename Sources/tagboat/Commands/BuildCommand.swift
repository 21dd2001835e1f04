import ArgumentParser
import Registry
import Release

/// `tagboat build`: build the image of this checkout.
struct BuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build the image of this checkout with docker, podman or buildah; print where it is.",
        discussion: """
            The builder gets tags, labels, annotations and build arguments. The last line of standard output is what \
            --from takes: tagboat push --from "$(tagboat build)". What stands behind -- goes to the builder as it is: \
            tagboat build --driver buildah -- --isolation chroot
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @OptionGroup var build: BuildOptions
    @OptionGroup var project: ProjectOptions
    @OptionGroup var registry: RegistryOptions
    @OptionGroup var tags: TagOptions
    @OptionGroup var mode: ModeOptions
    @Option(help: ArgumentHelp("Write the image's digest to this file.", valueName: "file"))
    var outputDigest: String?
    @Flag(name: .shortAndLong, help: "Print the builder's command lines and build nothing.") var dryRun = false
    @Option(help: "How to print it: text or json.") var format: Format = .text
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let flags = [
            build.configuration(), project.configuration(), registry.configuration(), tags.configuration(),
            mode.configuration(),
        ]
        let context = try CommandContext(shared, flags: flags)
        let run = BuildRun(context: context, options: build)
        let plan = try await run.plan(try await context.project())
        if dryRun { return try print(plan) }
        let image = try await run.build(plan)
        if let outputDigest { try AtomicFile.write("\(image.digest)\n", to: outputDigest) }
        let kind = image.isRelease ? "" : ", a snapshot"
        context.inform("built \(image.version)\(kind) with \(image.builder.name): \(image.digest)")
        switch format {
        case .text: Output.standard.write(image.location.text + "\n")
        case .json: Output.standard.write(try JSONText.render(BuildDocument(plan, image)))
        }
    }

    private func print(_ plan: BuildPlan) throws {
        switch format {
        case .text: Output.standard.write(try plan.commandLines().map { $0 + "\n" }.joined())
        case .json: Output.standard.write(try JSONText.render(BuildDocument(plan, nil)))
        }
    }
}
