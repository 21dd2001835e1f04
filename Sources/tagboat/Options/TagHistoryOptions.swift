import ArgumentParser
import Tagging

/// The options that say what of a repository's history is told, and how.
struct TagHistoryOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, markdown, svg, html

        /// Whether it is a picture of the whole, which no single moment has.
        var isPicture: Bool { self == .svg || self == .html }
    }

    @Argument(
        help: ArgumentHelp(
            "The repository: on a registry, oci:DIR or an archive; by default the one under `images:`.",
            valueName: "image"
        )
    )
    var image: String?

    @Option(
        help: ArgumentHelp(
            "Tell what each tag meant then: 2026-11-17, or a moment as RFC 3339 has it.",
            valueName: "date"
        )
    )
    var at: String?

    @Option(
        name: .customLong("line"),
        help: ArgumentHelp("A moving tag to tell of, such as latest or 2.*; may be repeated.", valueName: "tag")
    )
    var lines: [String] = []

    @Option(
        name: .customLong("filter"),
        help: ArgumentHelp(
            "What releases must be like, as for `tagboat list`; may be repeated.",
            valueName: "condition"
        )
    )
    var filters: [String] = []

    @Option(help: ArgumentHelp("Begin with the releases of a date, or with a version.", valueName: "start"))
    var since: String?

    @Option(help: ArgumentHelp("Show the last N releases.", valueName: "n"))
    var limit: Int?

    @Option(
        name: .customLong("variant"),
        help: ArgumentHelp("A variant to tell of; may be repeated (default: all).", valueName: "name")
    )
    var variants: [String] = []

    @Option(help: "How to print it: text, json, markdown, svg or html.") var format: Format = .text

    @Option(help: "What the picture's width stands for: releases, each as wide as the other, or time.")
    var axis: PictureAxis = .releases

    @Option(help: ArgumentHelp("What picture and page are called (default: the repository).", valueName: "text"))
    var title: String?

    @Flag(help: "Print every column of the table, however many there are.") var wide = false

    @Option(name: .shortAndLong, help: ArgumentHelp("Write to a file, whole or not at all.", valueName: "file"))
    var output: String?

    @Option(help: ArgumentHelp("How many requests run at once.", valueName: "n")) var jobs = 16

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
        guard (1...64).contains(jobs) else { throw ValidationError("--jobs must be from 1 to 64") }
        if at != nil {
            if format.isPicture { throw ValidationError("--at is told as text, json or markdown") }
            if since != nil || limit != nil || !filters.isEmpty {
                throw ValidationError("--at tells of one moment; --since, --limit and --filter are not for it")
            }
        }
    }
}

/// What the width of a history's picture stands for.
enum PictureAxis: String, CaseIterable, ExpressibleByArgument {
    case releases, time
}
