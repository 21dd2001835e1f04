import OCI
import Release

/// What is asked on a terminal, each with a default.
struct SetupQuestions {
    /// Asks for the repository.
    ///
    /// - Parameter suggestion: the default; nil for none, and then the answer may be empty too.
    /// - Returns: the repository.
    /// - Throws: `ConfigurationError` where the input ends.
    static func image(_ suggestion: RepositoryName?) throws(ConfigurationError) -> RepositoryName? {
        let shown = suggestion.map { " [\($0)]" } ?? " (such as ghcr.io/acme/ui, or nothing)"
        while true {
            let answer = try ask("Repository that holds the releases\(shown): ")
            if answer.isEmpty { return suggestion }
            do {
                return try RepositoryName(parsing: answer)
            } catch {
                Output.message("\(PrintableText.line(error.description)); try again")
            }
        }
    }

    /// Asks for the CI systems.
    ///
    /// - Parameter suggestion: the default.
    /// - Returns: the systems, each once.
    /// - Throws: `ConfigurationError` where the input ends.
    static func pipelines(_ suggestion: [PipelineSystem]) throws(ConfigurationError) -> [PipelineSystem] {
        let names = PipelineSystem.allCases.map(\.rawValue) + ["none"]
        let shown = suggestion.isEmpty ? "none" : suggestion.map(\.rawValue).joined(separator: " ")
        Output.message("Pipelines can be written for \(names.joined(separator: ", "))")
        while true {
            let answer = try ask("CI systems [\(shown)]: ")
            if answer.isEmpty { return suggestion }
            let words = answer.lowercased().split { $0 == "," || $0.isWhitespace }.map(String.init)
            if words == ["none"] { return [] }
            let systems = words.compactMap(PipelineSystem.init(rawValue:))
            if systems.count == words.count { return PipelineSystem.allCases.filter(systems.contains) }
            let unknown = words.first { PipelineSystem(rawValue: $0) == nil } ?? ""
            Output.message("\"\(PrintableText.line(unknown))\" is none of them; try again")
        }
    }

    /// Asks whether to go on.
    ///
    /// - Throws: `ConfigurationError` where the input ends.
    static func isConfirmed(_ question: String) throws(ConfigurationError) -> Bool {
        while true {
            switch try ask("\(question) [Y/n] ").lowercased() {
            case "", "y", "yes": return true
            case "n", "no": return false
            default: Output.message("answer y or n")
            }
        }
    }

    private static func ask(_ question: String) throws(ConfigurationError) -> String {
        guard let line = Terminal.ask(question) else {
            throw ConfigurationError("the questions were not answered", hint: "nothing was written; run again, or say --yes")
        }
        return String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
