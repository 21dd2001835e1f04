import Release
import Testing
import Yams

/// A job of a pipeline as its runner would carry it out: shell scripts, one after the other, and their variables.
struct PipelineJob {
    enum Kind: String, CaseIterable {
        case check, release
    }

    /// What the runner starts; the script is the last argument.
    var shell: [String]
    var scripts: [String]
    /// What the pipeline itself sets; `secrets` stand in for what the CI system keeps.
    var environment: [String: String]

    /// Reads a job out of a pipeline.
    ///
    /// - Parameters:
    ///   - kind: the job.
    ///   - system: whose pipeline it is.
    ///   - text: the pipeline's file.
    ///   - secrets: what the CI system keeps, by the name of the variable; a job that asks for others gets nothing.
    /// - Throws: where the pipeline has another shape.
    init(_ kind: Kind, of system: PipelineSystem, in text: String, secrets: [String: String]) throws {
        let documents = system == .jenkins ? [] : try Array(compose_all(yaml: text))
        let top = documents.first ?? Node("")
        shell = ["sh", "-e", "-c"]
        scripts = []
        environment = [:]
        switch system {
        case .github:
            shell = ["bash", "-e", "-c"]
            let job = try top.at("jobs", kind.rawValue)
            environment = try top.at("env").texts
            for step in try job.at("steps").array() {
                guard let script = step["run"]?.string else { continue }
                scripts.append(script)
                for (name, value) in step["env"]?.texts ?? [:] { environment[name] = Self.expression(value, secrets) }
            }
        case .gitlab:
            let shared = try top.at(".tagboat")
            environment = try shared.at("variables").texts
            let before = try shared.at("before_script").array().compactMap(\.string)
            scripts = [(before + (try top.at("tagboat \(kind)", "script").array().compactMap(\.string))).joined(separator: "\n")]
            environment.merge(secrets) { own, _ in own }
        case .circleci:
            shell = ["bash", "-eo", "pipefail", "-c"]
            environment = try top.at("executors", "tagboat", "environment").texts
            let install = try top.at("commands", "install-tagboat", "steps").array()
            let steps = try top.at("jobs", "tagboat-\(kind)", "steps").array()
            scripts = (install + steps).compactMap { $0["run"]?["command"]?.string }
            environment.merge(secrets) { own, _ in own }
        case .azure:
            shell = ["bash", "-c"]
            environment = try top.at("variables").texts
            let job = try top.at("jobs").array().first { $0["job"]?.string == kind.rawValue } ?? Node("")
            for step in try job.at("steps").array() {
                guard let script = step["bash"]?.string else { continue }
                scripts.append(script)
                for (name, value) in step["env"]?.texts ?? [:] {
                    environment[name] = value == "$(\(name))" ? secrets[name] ?? value : value
                }
            }
        case .bitbucket:
            let steps = try top.at("definitions", "steps").array().compactMap { $0["step"] }
            let step = steps.first { $0["name"]?.string?.lowercased() == kind.rawValue } ?? Node("")
            scripts = [try step.at("script").array().compactMap(\.string).joined(separator: "\n")]
            environment.merge(secrets) { own, _ in own }
        case .woodpecker:
            let step = try top.at("steps").array().first { $0["name"]?.string == kind.rawValue } ?? Node("")
            for (name, value) in try step.at("environment").mapping ?? [:] {
                if name.string == "<<" {
                    environment.merge(value.texts) { own, _ in own }
                } else if let secret = value["from_secret"]?.string {
                    environment[name.string ?? ""] = secrets[secret.uppercased()]
                } else {
                    environment[name.string ?? ""] = value.string
                }
            }
            let commands = try step.at("commands").array().compactMap(\.string).joined(separator: "\n")
            // Woodpecker fills in ${NAME}, before the shell sees it.
            #expect(!commands.replacing("$${", with: "").contains("${"))
            scripts = [commands.replacing("$${", with: "${")]
        case .tekton:
            let step = try #require(try documents[0].at("spec", "steps").array().first)
            for variable in try step.at("env").array() {
                guard let name = variable["name"]?.string else { continue }
                environment[name] = variable["value"]?.string ?? (variable["valueFrom"] == nil ? nil : secrets[name])
            }
            environment["RUN"] = try documents.dropFirst().compactMap { run in
                try run.at("spec", "pipelineSpec", "tasks").array().first { $0["name"]?.string == kind.rawValue }?
                    .at("params").array().first { $0["name"]?.string == "run" }?["value"]?.string
            }.first
            scripts = [try step.at("script").string ?? ""]
        case .buildkite:
            shell = ["bash", "-e", "-c"]
            environment = try top.at("env").texts
            let step = try top.at("steps").array().first { $0["key"]?.string == "tagboat-\(kind)" } ?? Node("")
            let command = try step.at("command").string ?? ""
            #expect(!command.replacing("$$", with: "").contains("$"))
            scripts = [command.replacing("$$", with: "$")]
        case .jenkins:
            let stage = text.split(separator: "stage('\(kind.rawValue.capitalized)')").last.map(String.init) ?? ""
            scripts = [try #require(stage.split(separator: "'''").dropFirst().first).replacing("\\\\", with: "\\")]
            for match in text.matches(of: /(TAGBOAT_[A-Z_]+) = '(.*)'\n/) {
                environment[String(match.1)] = match.2.replacing("\\'", with: "'").replacing("\\\\", with: "\\")
            }
            if stage.prefix(while: { $0 != "#" }).contains("withCredentials") {
                environment.merge(secrets) { own, _ in own }
            }
        }
        try #require(scripts.contains { $0.contains("tagboat") })
    }

    /// What GitHub makes of an expression.
    private static func expression(_ text: String, _ secrets: [String: String]) -> String {
        switch text {
        case "${{ github.actor }}", "${{ secrets.REGISTRY_USER }}": secrets["REGISTRY_USER"] ?? ""
        case "${{ github.token }}", "${{ secrets.REGISTRY_PASSWORD }}": secrets["REGISTRY_PASSWORD"] ?? ""
        default: text
        }
    }
}

extension Node {
    /// What stands under keys, one below the other.
    func at(_ keys: String...) throws -> Node {
        try keys.reduce(self) { node, key in try #require(node[key], "there is no \(key)") }
    }

    /// The texts of a mapping, without whatever else is in it.
    var texts: [String: String] {
        (mapping ?? [:]).reduce(into: [:]) { texts, entry in
            if let name = entry.key.string, let value = entry.value.string { texts[name] = value }
        }
    }
}
