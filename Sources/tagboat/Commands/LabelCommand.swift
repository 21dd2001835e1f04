import ArgumentParser
import OCI
import Registry
import Release

/// `tagboat label`: change labels and annotations of an image that is pushed already.
struct LabelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "label",
        abstract: "Change labels and annotations of a pushed image, and move every tag that held it.",
        discussion: """
            The image gets a new digest, on every platform of an index; layers stay. Tags that held the old digest \
            are moved to the new one, and nothing is built again. KEY= with nothing behind it takes a label away.
            """
    )

    @Argument(help: ArgumentHelp("The image, by tag or digest, in a registry or oci:DIR.", valueName: "image"))
    var image: String

    @Argument(help: ArgumentHelp("The labels.", valueName: "key=value"))
    var labels: [String] = []

    @Option(
        name: .customLong("annotation"),
        help: ArgumentHelp("An annotation of manifests and index; may be repeated.", valueName: "key=value")
    )
    var annotations: [String] = []

    @Flag(name: .shortAndLong, help: "Print what would happen and change nothing.") var dryRun = false

    @Option(help: "How to print it: text or json.") var format: CopyOptions.Format = .text

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if labels.isEmpty, annotations.isEmpty { throw ValidationError("name at least one KEY=VALUE behind the image") }
    }

    func run() async throws {
        let context = try CommandContext(shared, flags: [connection.configuration()])
        let edit = ImageEdit(labels: try LabelChanges.parse(labels), annotations: try LabelChanges.parse(annotations))
        let location: ImageLocation
        do {
            location = try ImageLocation(parsing: image)
        } catch {
            throw ConfigurationError(error.description, hint: "write an image such as ghcr.io/acme/ui:2.1")
        }
        try await Stores.with(
            source: location,
            targets: [location.repository],
            access: dryRun ? .pull : .push,
            context: context
        ) { stores in
            guard let source = try await stores.readSource?(), let store = stores.targets.first else { return }
            let relabeling = Relabeling(in: store)
            let draft = try await relabeling.draft(edit, of: source.manifest)
            let report = TransferReport(
                context: context,
                heading: draft.changesNothing
                    ? "image \(draft.old) has these labels already" : "image \(draft.old) becomes \(draft.root.digest)",
                plans: [draft.plan],
                traffic: stores.traffic
            )
            warn(about: draft, context)
            if dryRun || draft.changesNothing { return try report.printPlan(as: format) }
            try report.print([await relabeling.apply(draft)], as: format)
        }
    }

    private func warn(about draft: Relabeling.Draft, _ context: CommandContext) {
        guard !draft.referrers.isEmpty else { return }
        let types = Set(draft.referrers.map { $0.artifactType ?? $0.mediaType.rawValue }).sorted()
        context.inform(
            """
            warning: \(draft.referrers.count) signatures or other referrers belong to the old digest and do not hold \
            for the new one: \(types.joined(separator: ", "))
            hint: sign the image again
            """
        )
    }
}
