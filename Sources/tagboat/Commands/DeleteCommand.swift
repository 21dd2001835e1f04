import ArgumentParser
import OCI
import Registry
import Release

/// `tagboat delete`: take tags or images out of a repository.
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete a tag, or an image with all its tags; never a part of an image that stays.",
        discussion: """
            By tag, the tag alone goes. By digest, or with --digest, the image goes with every tag that it has; where \
            several tags hold it, --digest must be said.

            Some registries cannot delete a tag by itself. --placeholder then moves the tag to an image made for \
            that, and deletes it.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(
        help: ArgumentHelp("The images, each by tag or digest, in a registry or oci:DIR.", valueName: "image")
    )
    var images: [String]

    @Flag(help: "Delete the image itself, with every tag that holds it.") var digest = false

    @Flag(help: "With an index, also delete its images that nothing else keeps.") var children = false

    @Flag(help: "Where a registry cannot delete a tag, move it to a placeholder and delete that.")
    var placeholder = false

    @Flag(name: .shortAndLong, help: "Print what would happen and change nothing.") var dryRun = false

    @Option(help: "How to print it: text or json.") var format: Format = .text

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [connection.configuration()])
        let subjects = try images.map(subject)
        try await Stores.with(
            source: nil,
            targets: subjects.map(\.repository),
            access: dryRun ? .pull : .delete,
            context: context
        ) { stores in
            var plans: [Deletion.Plan] = []
            for (store, subject) in zip(stores.targets, subjects) {
                plans.append(
                    try await Deletion(in: store)
                        .plan(subject.subject, includesShared: digest, includesOrphans: children)
                )
            }
            let report = DeletionReport(style: context.style)
            // All of it is known to be allowed before any of it is done.
            if let refused = plans.first(where: { $0.refusal != nil }) { throw DeletionRefusal(refused) }
            if !dryRun {
                for (store, plan) in zip(stores.targets, plans) {
                    try await Deletion(in: store).carryOut(plan, fallback: placeholder ? .placeholder : .none)
                }
            }
            switch format {
            case .text: Output.standard.write(report.text(plans, isDone: !dryRun))
            case .json: Output.standard.write(try report.json(plans, isDone: !dryRun, traffic: stores.traffic))
            }
        }
    }

    private func subject(_ text: String) throws -> (repository: ImageLocation, subject: Deletion.Subject) {
        let location: ImageLocation
        do {
            location = try ImageLocation(parsing: text)
        } catch {
            throw ConfigurationError(error.description, hint: "write an image such as ghcr.io/acme/ui:2.1")
        }
        if case .registry(let reference) = location, let digest = reference.digest {
            return (location.repository, .image(.digest(digest)))
        }
        guard let tag = location.tag else {
            throw ConfigurationError(
                "\(text) names no tag and no digest",
                hint: "nothing is assumed where something is deleted: name one"
            )
        }
        return (location.repository, digest ? .image(.tag(tag)) : .tag(tag))
    }
}

/// A deletion that would take more than was named.
struct DeletionRefusal: Error, CustomStringConvertible {
    let description: String
    let hint: String

    init(_ plan: Deletion.Plan) {
        description = "nothing was deleted: in \(plan.repository) \(plan.refusal ?? "")"
        hint =
            plan.tags.count > 1
            ? "to delete the image with all of these tags, run again with --digest"
            : "delete the index first, or leave the image: a platform of it would be missing"
    }
}
