import OCI
import Registry
import Release
import SystemPackage
import Tagging
import Versioning

/// One run of a build: what `tagboat build` and `tagboat release` do.
struct BuildRun {
    let context: CommandContext
    let options: BuildOptions

    /// Works out what would be built, and how.
    func plan(_ project: Project) async throws -> BuildPlan {
        try await BuildPlanner(context: context, options: options).plan(project)
    }

    /// Builds the image and brings it to its place.
    ///
    /// - Parameter project: the checkout.
    /// - Returns: where the image is.
    /// - Throws: `BuilderFailure` where the builder fails; what the plan throws; `RegistryError`, `FileFailure`.
    func build(_ project: Project) async throws -> BuiltImage {
        try await build(try await plan(project))
    }

    /// Builds what was planned.
    func build(_ plan: BuildPlan) async throws -> BuiltImage {
        let build = ImageBuild(plan.builder, plan.request, adding: plan.file)
        return try await plan.workspace.use {
            try await build.run { command in
                if context.isVerbose {
                    context.inform("run: \(command.program) \(command.arguments.joined(separator: " "))")
                }
            }
            guard case .files = plan.request.result else { return try await builtInEngine(plan) }
            let image = try await build.image()
            if plan.isOwnOutput { plan.workspace.clearImage() }
            try await deliver(image, to: plan.output)
            guard case .daemon = plan.output else { return built(plan, plan.output, image.manifest.digest) }
            return try await builtInEngine(plan)
        }
    }

    /// An engine has its own idea of an image's digest.
    private func builtInEngine(_ plan: BuildPlan) async throws -> BuiltImage {
        let digest = try await Stores.with(source: plan.output, targets: [], access: .pull, context: context) {
            stores in
            guard let image = try await stores.readSource?() else {
                throw ConfigurationError("the image \(plan.output.text) cannot be read")
            }
            return image.manifest.digest
        }
        return built(plan, plan.output, digest)
    }

    private func deliver(_ image: SourceImage, to output: ImageLocation) async throws {
        try await Stores.with(source: nil, targets: [output.repository], access: .push, context: context) { stores in
            guard let target = stores.targets.first else { return }
            try await target.recognise(image.manifest, from: image.store)
            let jobs = context.configuration.jobs
            // Into a folder it is a matter of moments; over a network people want to see it.
            let isFar = if case .registry = output { true } else { false }
            let progress = TransferProgress(
                isTerminal: Output.messagesGoToTerminal,
                isQuiet: context.isQuiet || !isFar
            )
            let copy = ImageCopy(from: image.store, to: target, jobs: jobs) { progress.report($0) }
            try await copy.copyContent(below: image.manifest)
            try await target.put(image.manifest, as: output.tag)
            try await target.commit()
        }
    }

    private func built(_ plan: BuildPlan, _ location: ImageLocation, _ digest: OCI.Digest) -> BuiltImage {
        var location = location
        // On a registry it has no tag, and can be named by its digest alone.
        if case .registry(let reference) = location {
            location = .registry(ImageReference(repository: reference.repository, digest: digest))
        }
        let tags = plan.description.tags
        return BuiltImage(
            location: location,
            digest: digest,
            builder: plan.builder,
            version: tags.version.text,
            isRelease: tags.snapshotReason == nil,
            isDirty: plan.project.isDirty,
            commit: plan.project.commit.hash,
            tags: tags.tags.map(\.tag.name)
        )
    }
}
