import OCI
import Release

/// What a pipeline is written for.
struct PipelineSetup {
    let system: PipelineSystem
    /// The repository that it releases to; nil where that is not known yet.
    let image: RepositoryName?
    let facts: ProjectFacts

    /// Stands in the files where a repository is to be named.
    static let placeholder = "registry.example.com"

    var registry: String { image?.registry.description ?? Self.placeholder }

    /// Whether the CI system gives each run credentials for this registry.
    var isOwnRegistry: Bool {
        switch system {
        case .github: return registry == "ghcr.io"
        case .gitlab: return facts.image.map { $0.name.registry.description == registry } ?? false
        default: return false
        }
    }

    /// The commit of actions/checkout, and the release that it is.
    static let checkout = "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"

    /// The template of the lines that install tagboat.
    private var installation: String {
        switch system {
        case .github, .jenkins, .circleci, .azure, .buildkite: "pipeline.install"
        case .gitlab, .bitbucket, .woodpecker, .tekton: "pipeline.install-debian"
        }
    }

    /// The Debian packages that its container needs: Bitbucket brings docker along, others build with buildah.
    private var packages: String {
        system == .bitbucket ? "ca-certificates curl git" : "buildah ca-certificates curl git"
    }

    /// Writes the pipeline.
    ///
    /// - Parameter templates: the templates.
    /// - Returns: the pipeline's file.
    /// - Throws: `ConfigurationError` where a template is not right, or the folder has a name that cannot be written.
    func text(_ templates: Templates) throws(ConfigurationError) -> String {
        try checkFolder()
        var values = values
        for (name, template) in [("install", installation), ("check", "pipeline.check"), ("release", "pipeline.release")] {
            let text = try templates.render(template, TemplateFields(self.values))
            values.append((name, lines(text)))
        }
        return try templates.render("pipeline." + system.rawValue, TemplateFields(values))
    }

    private var values: [(name: String, value: Any)] {
        let prefix = facts.version.tagPrefix
        let isPlain = prefix.isEmpty || ProjectFacts.isPlain(prefix)
        let expression = prefix.replacing(".", with: "[.]").replacing("/", with: "[/]")
        return [
            ("tagboat", ProductVersion.text),
            ("downloads", ProductHome.downloads),
            ("checkout", Self.checkout),
            ("registry", registry),
            ("isOwnRegistry", isOwnRegistry),
            ("branch", facts.branch),
            ("tagPattern", isPlain ? prefix + "*" : "*"),
            ("tagExpression", isPlain ? expression + "[0-9]" : ".*[0-9]"),
            ("inFolder", !facts.place.isEmpty),
            ("folder", system == .jenkins ? GroovyText.quote(facts.place) : YAMLWord.quote(facts.place)),
            ("exportFolder", YAMLWord.quote("export TAGBOAT_FOLDER=" + ShellWord.quote(facts.place))),
            ("packages", packages),
        ]
    }

    private func lines(_ text: String) -> [[String: Any]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
        return lines.map { ["line": system.escaped(String($0))] }
    }

    /// Refuses a folder whose name would be filled in by one CI system or another.
    private func checkFolder() throws(ConfigurationError) {
        let special = facts.place.unicodeScalars.first { scalar in
            "$`\\<>{}%".unicodeScalars.contains(scalar) || PrintableText.isForbidden(scalar)
        }
        guard let special else { return }
        throw ConfigurationError(
            "the folder \(PrintableText.escaped(facts.place)) cannot be named in a pipeline: "
                + "CI systems take \"\(PrintableText.escaped(String(special)))\" for their own",
            hint: "rename the folder, or write no pipeline with --ci none"
        )
    }

    /// What the pipeline needs that only people can give it; nil for nothing.
    var demand: String? {
        if isOwnRegistry { return nil }
        let names = "REGISTRY_USER and REGISTRY_PASSWORD"
        return switch system {
        case .github: "set the repository's secrets \(names) for \(registry)"
        case .gitlab: "set the project's CI/CD variables \(names) for \(registry), masked and protected"
        case .jenkins: "add a credential `registry` with user and password for \(registry)"
        case .circleci: "set the project's environment variables \(names) for \(registry)"
        case .azure: "set the pipeline's variables \(names) for \(registry), the password as a secret"
        case .bitbucket: "set the repository variables \(names) for \(registry), the password secured"
        case .woodpecker:
            "set the secrets registry_user and registry_password for \(registry), for the events push and tag, "
                + "and let the repository be trusted to run privileged"
        case .tekton: "make a secret `registry` with `username` and `password` for \(registry)"
        case .buildkite: "set the cluster's secrets \(names) for \(registry)"
        }
    }
}

/// A text as a Jenkinsfile writes it.
enum GroovyText {
    /// The text in single quotes, in which nothing is filled in.
    static func quote(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
