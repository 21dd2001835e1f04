import ArgumentParser
import OCI
import Release

/// The options of `init`.
struct InitOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(
        name: .customLong("image"),
        help: ArgumentHelp("The repository that holds the releases, such as ghcr.io/acme/ui.", valueName: "repository")
    )
    var imageName: String?

    @Option(
        name: .customLong("ci"),
        help: ArgumentHelp(
            """
            A CI system to write a pipeline for: \(PipelineSystem.allCases.map(\.rawValue).joined(separator: ", ")), \
            or none; may be repeated (default: what the project uses).
            """,
            valueName: "name"
        )
    )
    var ci: [String] = []

    @Flag(name: [.customShort("y"), .customLong("yes")], help: "Ask nothing, and take what was found.")
    var isYes = false

    @Flag(name: .customLong("dry-run"), help: "Show what would be written, and write nothing.")
    var isDryRun = false

    @Option(help: ArgumentHelp("A folder whose templates take the place of tagboat's own.", valueName: "dir"))
    var templates: String?

    @Option(help: "How to print it: text (a diff) or json.")
    var format: Format = .text

    func validate() throws {
        _ = try image
        _ = try pipelines
    }

    /// The repository that is named; nil for none.
    var image: RepositoryName? {
        get throws {
            guard let imageName else { return nil }
            do {
                return try RepositoryName(parsing: imageName)
            } catch {
                throw ValidationError("--image: \(PrintableText.line(error.description))")
            }
        }
    }

    /// The systems that are named, each once; nil where nothing is said.
    var pipelines: [PipelineSystem]? {
        get throws {
            guard !ci.isEmpty else { return nil }
            let words = ci.flatMap { $0.lowercased().split(separator: ",").map(String.init) }
            if words == ["none"] { return [] }
            for word in words where PipelineSystem(rawValue: word) == nil {
                let known = PipelineSystem.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    word == "none"
                        ? "--ci none goes with no other" : "--ci: \(PrintableText.line(word)) is none of \(known)"
                )
            }
            return PipelineSystem.allCases.filter { words.contains($0.rawValue) }
        }
    }

    func configuration() -> FlagConfiguration {
        var flags = FlagConfiguration()
        flags.set("templates", templates, flag: "--templates")
        return flags
    }
}
