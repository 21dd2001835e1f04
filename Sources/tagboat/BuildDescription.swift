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
    /// What expressions in labels and build arguments may use.
    let labelContext: RuleContext
    /// A short name for people; nil where neither an image nor a remote has one.
    let title: String?

    /// What the base image's label depends on.
    struct Base {
        /// The stage to build; nil for the last one.
        var target: String?
        /// Values of build arguments.
        var arguments: [String: String] = [:]
        /// Whether those values may hold expressions.
        var hasExpressions = false
        /// Whether the registry is asked for the digest.
        var isResolved = true
    }

    /// Works it out for a command that has no more to do with the project.
    ///
    /// - Parameters:
    ///   - context: the configuration and the checkout.
    ///   - options: which labels.
    ///   - levels: which levels annotations are wanted at.
    /// - Throws: `ConfigurationError`, `GitError`, `ProjectError`, `TaggingError`, `LabelError`, `RegistryError`.
    init(_ context: CommandContext, options: LabelOptions, levels: [Annotation.Level]) async throws {
        let policy = try context.configuration.policy()
        let base = Base(
            target: options.target,
            arguments: try options.buildArguments(context.environment),
            isResolved: !options.isUnresolved
        )
        try await self.init(context, of: try await context.project(), policy: policy, base: base, levels: levels)
    }

    /// Works it out.
    ///
    /// - Parameters:
    ///   - context: the configuration.
    ///   - project: the checkout.
    ///   - policy: what the run may be.
    ///   - base: what the base image's label depends on.
    ///   - levels: which levels annotations are wanted at.
    /// - Throws: `ConfigurationError`, `GitError`, `TaggingError`, `LabelError`, `RegistryError`.
    init(
        _ context: CommandContext,
        of project: Project,
        policy: ReleasePolicy,
        base: Base,
        levels: [Annotation.Level]
    ) async throws {
        let configuration = context.configuration
        let ruleContext = try await context.ruleContext(
            project,
            others: base.hasExpressions ? Array(base.arguments.values) : []
        )
        tags = try await OfflineTags(project, policy: policy, context: ruleContext)
        var labelContext = ruleContext
        labelContext.facts["version"] = tags.version.text
        self.labelContext = labelContext
        let remote = project.remote.flatMap(SourceLocation.init(remote:))
        var subject = LabelSet.Subject(
            version: tags.version,
            tag: tags.versionTag,
            commit: project.commit,
            remote: remote,
            title: Self.title(configuration.images.first) ?? remote?.name
        )
        if let dockerfile = configuration.dockerfile {
            let arguments =
                base.hasExpressions ? try base.arguments.mapValues(labelContext.expandKnown) : base.arguments
            subject.base = try await BaseImageReader(context: context, arguments: arguments)
                .baseImage(of: dockerfile, target: base.target, resolves: base.isResolved)
        }
        title = subject.title
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
