import ArgumentParser
import Tagging

/// The options that say what of a repository is listed, and how.
struct ListOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, csv, names
    }

    @Argument(
        help: ArgumentHelp(
            "The repository: on a registry, or oci:DIR; by default the one under `images:`.",
            valueName: "image"
        )
    )
    var image: String?

    @Option(
        name: .customLong("filter"),
        help: ArgumentHelp(
            "What must hold, such as version>=2.1, tag=2.*, platform=linux/arm64, age<30d, moving; may be repeated.",
            valueName: "condition"
        )
    )
    var filters: [String] = []

    @Option(help: "What comes first: the highest version, the newest, the first name or the largest.")
    var sort: ListOrder.Key?

    @Flag(help: "Turn the order round.") var reverse = false

    @Option(help: ArgumentHelp("Print so many images at most; with --format names, so many tags.", valueName: "n"))
    var limit: Int?

    @Option(help: "How to print it: text, json, csv or names.") var format: Format = .text

    @Flag(help: "Print how old each image is.") var age = false

    @Option(help: ArgumentHelp("How many requests run at once.", valueName: "n")) var jobs = 8

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
        guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 64") }
    }
}

extension ListOrder.Key: ExpressibleByArgument {}
