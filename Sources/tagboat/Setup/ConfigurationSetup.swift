import Versioning
import OCI
import Release
import Tagging

/// What tagboat.yaml and VERSION are written from.
struct ConfigurationSetup {
    /// The repository to release to; nil where that is not known yet.
    let image: RepositoryName?
    let facts: ProjectFacts

    /// The VERSION file; nil where the version comes from elsewhere.
    var versionText: String? {
        guard facts.version.needsFile, let version = facts.version.version else { return nil }
        return version.text + "\n"
    }

    /// Writes tagboat.yaml.
    ///
    /// - Parameter templates: the templates.
    /// - Returns: the file.
    /// - Throws: `ConfigurationError` where the template is not right.
    func text(_ templates: Templates) throws(ConfigurationError) -> String {
        let placeholderName = ImageSuggestion.component(facts.name)
        let placeholder = "\(PipelineSetup.placeholder)/\(placeholderName.isEmpty ? "app" : placeholderName)"
        let manifests = facts.version.manifests
        // The default stands in no file.
        let dockerfile = facts.dockerfiles.first
        return try templates.render(
            "project.configuration",
            TemplateFields([
                ("documentation", ProductHome.documentation("configuration.md")),
                ("schema", ProductHome.schema),
                ("image", OptionalText(image.map { YAMLWord.quote($0.description) })),
                ("placeholder", placeholder),
                ("versionFile", OptionalText(versionFile.map(YAMLWord.quote))),
                ("versionFromTags", isFromTags),
                ("hasManifests", !manifests.isEmpty && !isFromTags),
                ("manifests", TemplateFields.items(manifests) { ["path": YAMLWord.quote($0.path)] }),
                ("tagPrefix", YAMLWord.quote(facts.version.tagPrefix)),
                ("dockerfile", OptionalText(dockerfile.map(YAMLWord.quote))),
                ("hasMoreDockerfiles", facts.dockerfiles.count > 1),
                (
                    "moreDockerfiles",
                    TemplateFields.items(Array(facts.dockerfiles.dropFirst())) { ["path": PrintableText.escaped($0)] }
                ),
            ])
        )
    }

    private var versionFile: String? {
        switch facts.version.source {
        case .file(let path), .unreadable(let path, _): path
        case .manifest, .nothing: "VERSION"
        case .tags: nil
        }
    }

    private var isFromTags: Bool {
        if case .tags = facts.version.source { true } else { false }
    }
}
