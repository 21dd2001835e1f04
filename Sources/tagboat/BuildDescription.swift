import OCI
import Registry
import Release
import Tagging
import Versioning

/// What an image built from this checkout will be called and labelled, before there is one.
struct BuildDescription {
    let tags: OfflineTags
    let labels: LabelSet
    /// The labels and the configuration's annotations, once for each level.
    let annotations: [Annotation]
    let fields: TemplateFields

    /// Works it out.
    ///
    /// - Parameters:
    ///   - context: the configuration and the checkout.
    ///   - options: which labels.
    ///   - levels: which levels annotations are wanted at.
    /// - Throws: `ConfigurationError`, `GitError`, `ProjectError`, `TaggingError`, `LabelError`, `RegistryError`.
    init(_ context: CommandContext, options: LabelOptions, levels: [Annotation.Level]) async throws {
        let configuration = context.configuration
        let policy = try configuration.policy()
        let project = try await context.project()
        let ruleContext = try await context.ruleContext(project)
        tags = try await OfflineTags(project, policy: policy, context: ruleContext)
        var labelContext = ruleContext
        labelContext.facts["version"] = tags.version.text
        let remote = project.remote.flatMap(SourceLocation.init(remote:))
        var subject = LabelSet.Subject(
            version: tags.version,
            tag: tags.versionTag,
            commit: project.commit,
            remote: remote,
            title: Self.title(configuration.images.first) ?? remote?.name
        )
        if let dockerfile = configuration.dockerfile {
            let reader = BaseImageReader(
                context: context,
                arguments: try options.buildArguments(context.environment)
            )
            subject.base = try await reader.baseImage(
                of: dockerfile,
                target: options.target,
                resolves: !options.isUnresolved
            )
        }
        labels = try LabelSet(
            subject,
            custom: configuration.labels,
            context: labelContext,
            isLegacy: configuration.hasLegacyLabels
        )
        let annotated = try LabelSet(
            subject,
            custom: configuration.labels.merging(configuration.annotations) { _, own in own },
            context: labelContext
        )
        annotations = levels.flatMap { level in annotated.labels.map { Annotation(level: level, label: $0) } }
        fields = TemplateFields(
            facts: [
                ("version", tags.version.text),
                ("versionTag", tags.versionTag.name),
                ("kind", tags.snapshotReason == nil ? "release" : "snapshot"),
                ("variant", policy.variant.name),
                ("commit", project.commit.hash),
                ("shortCommit", project.commit.shortHash),
                ("commitDate", project.commit.date.rfc3339),
                ("source", remote?.url ?? ""),
                ("title", subject.title ?? ""),
            ],
            tags: tags.tags,
            labels: labels,
            annotations: annotations,
            target: subject.title ?? "app"
        )
    }

    /// The last part of a repository's name.
    private static func title(_ image: ImageLocation?) -> String? {
        switch image {
        case .registry(let reference)?, .daemon(let reference)?, .dockerArchive(_, let reference?)?:
            reference.repository.path.split(separator: "/").last.map(String.init)
        case .layout?, .ociArchive?, .dockerArchive(_, nil)?, nil: nil
        }
    }
}
