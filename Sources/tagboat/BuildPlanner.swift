import Changes
import FoundationEssentials
import OCI
import Registry
import Release
import SystemPackage
import Tagging
import Versioning

/// Works out what a builder is to be told.
struct BuildPlanner {
    let context: CommandContext
    let options: BuildOptions

    private var settings: BuildConfiguration { context.configuration.build }

    /// Works it out.
    ///
    /// - Parameter project: the checkout.
    /// - Returns: the plan.
    /// - Throws: `DirtyRefusal` for a release of uncommitted changes; `BuildRefusal`, `ConfigurationError`,
    ///   `GitError`, `TaggingError`, `LabelError`, `TagRuleError`, `RegistryError`.
    func plan(_ project: Project) async throws -> BuildPlan {
        let tree = try DirtyWorkTree(
            project,
            policy: try context.configuration.policy(),
            isAllowed: options.allowDirty,
            context: context
        )
        let (project, policy) = (tree.project, tree.policy)
        let written = try options.buildArg.map { text throws(BuildRefusal) in try BuildArgument(parsing: text) }
        let builder = try await builder()
        let needsEngine = [.buildx, .bake].contains(builder) ? try await BuilderProbe.needsEngine() : false
        let place = try outputPlace(builder, needsEngine: needsEngine)
        let description = try await BuildDescription(
            context,
            of: project,
            policy: policy,
            base: BuildDescription.Base(
                target: settings.target,
                arguments: values(of: written, project),
                hasExpressions: true
            ),
            levels: levels(isInEngine: place == .engine)
        )
        if let note = description.tags.note { context.inform(note) }
        let repositories = repositories(description)
        let output = try output(place, tag: description.tags.versionTag, repository: repositories.first ?? "app")
        let key = key(of: output)
        let workspace = BuildWorkspace(BuildWorkspace.root(context.environment).appending(key))
        let result: BuildRequest.Result =
            place == .engine
            ? .engine
            : .files(folder: workspace.staging.string, name: "localhost/tagboat-build:\(key)")
        var request = BuildRequest(
            context: shortened(settings.context),
            file: settings.file.map(shortened),
            target: settings.target,
            platforms: settings.platforms,
            tags: repositories.flatMap { repository in description.tags.tags.map { "\(repository):\($0.tag)" } },
            labels: description.labels.labels,
            annotations: description.annotations,
            arguments: try arguments(written, description, project),
            cacheSources: try await cacheSources(builder, project, policy),
            secrets: settings.secrets,
            sshAgents: settings.sshAgents,
            timestamp: settings.isReproducible ? project.commit.date.secondsSinceEpoch : nil,
            bake: settings.bake.map { bake in
                BuildRequest.Bake(target: bake.target, files: bake.files.map(shortened))
            } ?? BuildRequest.Bake(),
            extra: settings.options,
            result: result
        )
        request.needsEngine = needsEngine
        if case .daemon(let reference)? = output,
            !request.tags.contains(where: { (try? ImageReference(parsing: $0)) == reference })
        {
            request.tags.append(reference.description)
        }
        return BuildPlan(
            builder: builder,
            request: request,
            workspace: workspace,
            output: output ?? .layout(workspace.image, name: description.tags.versionTag.name),
            isOwnOutput: output == nil,
            file: settings.addedVersionFile.map {
                AddedFile(
                    path: $0,
                    content: Array((description.tags.version.text + "\n").utf8),
                    date: project.commit.date
                )
            },
            description: description,
            project: project
        )
    }

    // MARK: What builds, and where to

    private func builder() async throws -> Builder {
        let installed = settings.driver.isOpen ? try await BuilderProbe.installed() : InstalledBuilders()
        return try settings.driver.builder(among: installed, needsBake: settings.bake != nil)
    }

    private enum Place: Equatable {
        /// An engine, which the builder itself puts the image into.
        case engine
        case named(ImageLocation)
        case own
    }

    private func outputPlace(_ builder: Builder, needsEngine: Bool) throws -> Place {
        let isPlain = settings.addedVersionFile == nil
        guard let output = settings.output else {
            return isPlain && (builder == .classic || needsEngine) ? .engine : .own
        }
        if case .registry(let reference) = output, reference.tag != nil || reference.digest != nil {
            throw ConfigurationError(
                "--output \(reference) names a tag or a digest, and a build gives no tags on a registry",
                hint: "name the repository alone, and give the tags with `tagboat push`"
            )
        }
        if case .daemon = output, isPlain, builder.hasEngine { return .engine }
        return .named(output)
    }

    /// Where the image goes, with a name; nil for tagboat's own folder.
    private func output(_ place: Place, tag: OCI.Tag, repository: String) throws -> ImageLocation? {
        switch (place, settings.output) {
        case (.own, _): return nil
        case (.engine, nil): return .daemon(try ImageReference(parsing: "\(repository):\(tag)"))
        case (_, .layout(let folder, nil)?): return .layout(folder, name: tag.name)
        case (_, .ociArchive(let file, nil)?): return .ociArchive(file, name: tag.name)
        case (_, .dockerArchive(let file, let reference?)?):
            return .dockerArchive(
                file,
                reference: ImageReference(repository: reference.repository, tag: reference.tag ?? tag)
            )
        case (_, .dockerArchive(let file, nil)?):
            return .dockerArchive(file, reference: try ImageReference(parsing: "\(repository):\(tag)"))
        case (_, .daemon(let reference)?):
            return .daemon(ImageReference(repository: reference.repository, tag: reference.tag ?? tag))
        case (_, let output): return output
        }
    }

    /// A name that only this build of this checkout has.
    private func key(of output: ImageLocation?) -> String {
        let parts = [
            context.folder.string, settings.context, settings.file ?? "", settings.target ?? "",
            context.configuration.component?.name ?? "", settings.bake?.target ?? "",
            (try? context.configuration.policy().variant.name) ?? "",
            settings.platforms.map(\.description).joined(separator: ","), output?.text ?? "",
        ]
        return String(OCI.Digest(of: Array(parts.joined(separator: "\0").utf8)).hex.prefix(12))
    }

    /// A path below the current folder as people would write it.
    private func shortened(_ path: String) -> String {
        var relative = FilePath(path)
        guard relative.isAbsolute, relative.removePrefix(context.folder) else { return path }
        return relative.isEmpty ? "." : relative.string
    }

    // MARK: What the builder is told

    private func levels(isInEngine: Bool) -> [Annotation.Level] {
        if let levels = settings.annotationLevels { return levels }
        // An engine keeps none.
        if isInEngine { return [] }
        return settings.platforms.count > 1 ? [.manifest, .index] : [.manifest]
    }

    /// What the image is called on this machine: as on the registries, else by the project's name.
    private func repositories(_ description: BuildDescription) -> [String] {
        let named = context.configuration.images.compactMap { image -> String? in
            switch image {
            case .registry(let reference), .daemon(let reference): reference.repository.description
            case .dockerArchive(_, let reference): reference?.repository.description
            case .layout, .ociArchive: nil
            }
        }
        if !named.isEmpty { return named }
        let title = description.title?.lowercased() ?? context.folder.lastComponent?.string.lowercased() ?? ""
        let isName = (try? ImageReference(parsing: title)).map { $0.tag == nil && $0.digest == nil } ?? false
        return [isName && !title.contains("/") ? title : "app"]
    }

    /// The values by name, expressions still in them.
    private func values(of written: [BuildArgument], _ project: Project) -> [String: String] {
        var values = [
            "VERSION": "{{version}}", "GIT_COMMIT": project.commit.hash, "BUILD_DATE": project.commit.date.rfc3339,
        ]
        values.merge(settings.arguments) { _, own in own }
        for argument in written {
            // What the environment holds is no expression, whatever it looks like.
            let inherited = context.environment[argument.name].flatMap { $0.contains("{{") ? nil : $0 }
            values[argument.name] = argument.value ?? inherited
        }
        return values
    }

    /// tagboat's own arguments, the configuration's, and those of the command line; a later one wins.
    private func arguments(
        _ written: [BuildArgument],
        _ description: BuildDescription,
        _ project: Project
    ) throws -> [BuildArgument] {
        var arguments = [
            BuildArgument("VERSION", description.tags.version.text),
            BuildArgument("GIT_COMMIT", project.commit.hash),
            BuildArgument("BUILD_DATE", project.commit.date.rfc3339),
        ]
        let own = settings.arguments.sorted { $0.key < $1.key }.map { BuildArgument($0.key, $0.value) }
        for argument in own + written {
            let value = try argument.value.map(description.labelContext.expandKnown)
            arguments.removeAll { $0.name == argument.name }
            arguments.append(BuildArgument(argument.name, value))
        }
        return arguments
    }

    private func cacheSources(
        _ builder: Builder,
        _ project: Project,
        _ policy: ReleasePolicy
    ) async throws -> [CacheSource] {
        var sources: [CacheSource] = []
        for source in settings.cacheSources {
            guard source == BuildConfiguration.releaseCache else {
                sources.append(.written(source))
                continue
            }
            // These take no layers from elsewhere for several platforms.
            if settings.platforms.count > 1, [.podman, .buildah].contains(builder) { continue }
            let cache = ReleaseCache(context: context, project: project, policy: policy)
            if let release = try await cache.lastRelease() { sources.append(.release(release)) }
        }
        return sources
    }
}
