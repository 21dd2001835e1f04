import Yams

/// The commands in the description of a pipeline, in the order in which the CI system would run them.
enum PipelineSteps {
    /// The keys whose values are commands, in the CI systems that the recipes are about.
    private static let commandKeys: Set = ["run", "script", "before_script", "command", "commands", "bash"]
    /// The keys whose values are variables.
    private static let variableKeys: Set = ["env", "variables", "environment"]

    /// Gives the commands of a file.
    ///
    /// - Throws: the failure to read it as YAML, or `PageError` where it has no commands.
    static func commands(of text: String, file: String) throws -> [String] {
        let found = file.hasSuffix("Jenkinsfile") ? jenkins(text) : yaml(try compose(yaml: text))
        guard !found.isEmpty else { throw PageError(description: "\(file) has no commands") }
        return found
    }

    private static func yaml(_ node: Node?) -> [String] {
        switch node {
        case .mapping(let mapping):
            return mapping.flatMap { key, value -> [String] in
                let key = key.string ?? ""
                if commandKeys.contains(key), let commands = texts(value) { return commands.map(substituted) }
                if variableKeys.contains(key), case .mapping(let variables) = value {
                    return variables.compactMap { name, value in
                        guard let name = name.string, let value = value.string else { return nil }
                        return substituted("export \(name)=\"\(value)\"")
                    }
                }
                return yaml(value)
            }
        case .sequence(let sequence): return sequence.flatMap { yaml($0) }
        case .scalar, .alias, nil: return []
        }
    }

    /// A text or a list of texts; nil for anything else, in which commands may lie deeper.
    private static func texts(_ node: Node) -> [String]? {
        switch node {
        case .scalar: return node.string.map { [$0] }
        case .sequence(let sequence):
            let texts = sequence.compactMap(\.scalar?.string)
            return texts.count == sequence.count ? texts : nil
        case .mapping, .alias: return nil
        }
    }

    /// The steps `sh '…'` and `sh '''…'''`, and variables as in `NAME = '…'`.
    private static func jenkins(_ text: String) -> [String] {
        let steps = text.matches(
            of: /\bsh '''(?<long>(?:[^']|'(?!''))*)'''|\bsh '(?<short>[^']*)'|(?<name>[A-Z_]+) = '(?<value>[^']*)'/
        )
        return steps.compactMap { step -> String? in
            if let name = step.output.name, let value = step.output.value { return "export \(name)='\(value)'" }
            // In a string of Groovy a backslash is written twice.
            let text = step.output.long ?? step.output.short
            return text.map { String($0).replacing("\\\\", with: "\\") }
        }
    }

    /// `${{ secrets.TOKEN }}` and `$(Build.BuildId)` as variables of a shell: `${secrets_TOKEN}`, `${Build_BuildId}`.
    private static func substituted(_ text: String) -> String {
        var text = text
        for match in text.matches(of: /\$\{\{ *(?<name>[A-Za-z_.\-]+) *\}\}/).reversed() {
            text.replaceSubrange(match.range, with: variable(match.output.name))
        }
        for match in text.matches(of: /\$\((?<name>[A-Za-z]+\.[A-Za-z.]+)\)/).reversed() {
            text.replaceSubrange(match.range, with: variable(match.output.name))
        }
        return text
    }

    private static func variable(_ name: Substring) -> String {
        "${" + String(name.map { $0 == "." || $0 == "-" ? "_" : $0 }) + "}"
    }
}
