import OCI
import Tagging

/// `podman build` and `buildah build`, which are one program under two names (buildah-build(1)).
///
/// They build into their own storage, from where the image goes on into a layout under a name that no other build
/// uses: its tags may be those of another build at the same time.
struct ContainersBuild {
    let program: String
    let request: BuildRequest

    func commands() throws(BuildRefusal) -> [BuilderCommand] {
        guard case .files(let folder, let name) = request.result else {
            throw BuildRefusal(
                "\(program) builds into its own storage, not into an engine's",
                hint: "name a layout, as in --output oci:DIR"
            )
        }
        // tagboat adds those of the index itself, as not every release of these programs can.
        try request.requireAnnotations(at: [.manifest, .index], of: program)
        let layout = "oci:\(folder)/\(Builder.layoutFolder):\(Builder.layoutName)"
        if request.platforms.count > 1 {
            return [
                // A list that a run left behind would get the new images beside the old ones.
                command(["manifest", "rm", name], isOptional: true),
                command(buildArguments(["--manifest", name])),
                command(["manifest", "push", "--all", name, layout]),
                command(["manifest", "rm", name], isOptional: true),
            ]
        }
        return [
            command(buildArguments(BuildRequest.options("--tag", request.tags + [name]) { $0 })),
            command(["push", name, layout]),
            // Only the name goes: the image has its tags.
            command(["rmi", name], isOptional: true),
        ]
    }

    private func command(_ arguments: [String], isOptional: Bool = false) -> BuilderCommand {
        BuilderCommand(program, arguments, isOptional: isOptional)
    }

    private func buildArguments(_ names: [String]) -> [String] {
        let annotations = request.annotations.filter { $0.level == .manifest }
        return ["build"] + request.commonOptions + names + request.labelOptions
            + BuildRequest.options("--annotation", annotations) { "\($0.key)=\($0.value)" }
            + request.argumentOptions + cacheOptions + request.secretOptions + request.sshOptions
            + (request.timestamp.map { ["--timestamp", String($0)] } ?? [])
            + request.extra + [request.context]
    }

    /// Layers are looked for in a repository, under tags that name their content.
    private var cacheOptions: [String] {
        // podman 4.3 gives a platform the layers of another one where the base image is `scratch`.
        if request.platforms.count > 1 { return ["--layers=false"] }
        var sources: [String] = []
        for source in request.cacheSources {
            let text =
                switch source {
                case .release(let reference): reference.repository.description
                case .written(let text): text
                }
            if !sources.contains(text) { sources.append(text) }
        }
        guard !sources.isEmpty else { return [] }
        return ["--layers"] + BuildRequest.options("--cache-from", sources) { $0 }
    }
}
