import OCI
import Tagging

/// `docker buildx bake`: one target of the project's own file, with what tagboat knows laid over it.
struct BakeBuild {
    let request: BuildRequest

    func commands() throws(BuildRefusal) -> [BuilderCommand] {
        let target = request.bake.target
        // The dots of `target.labels.KEY=VALUE` are counted from the left, so that only a key may hold some.
        guard !target.isEmpty, !target.contains(where: { $0 == "." || $0 == "=" || $0.isWhitespace }) else {
            throw BuildRefusal(
                "bake knows no target \"\(target)\"",
                hint: "name the target without dots and white space, as `docker buildx bake --print` shows it"
            )
        }
        let arguments =
            ["buildx", "bake"]
            + BuildRequest.options("--file", request.bake.files) { $0 }
            + settings.flatMap { ["--set", "\(target).\($0)"] }
            + output + request.extra + [target]
        return [BuilderCommand("docker", arguments)] + BuildxBuild.exports(request)
    }

    /// What is laid over the target; a setting that is not made stays as the file has it.
    private var settings: [String] {
        var settings: [String] = []
        if request.context != "." { settings.append("context=\(request.context)") }
        if let file = request.file { settings.append("dockerfile=\(file)") }
        if let stage = request.target { settings.append("target=\(stage)") }
        settings += request.platforms.map { "platform=\($0)" }
        settings += (request.needsEngine ? request.enginesTags : request.tags).map { "tags=\($0)" }
        settings += request.labels.map { "labels.\($0.key)=\($0.value)" }
        settings += request.annotations.map { "annotations=\($0.text)" }
        settings += request.allArguments.map { "args.\($0.text)" }
        settings += request.cacheSources.map { "cache-from=\(BuildxBuild.cacheText($0))" }
        settings += request.secrets.map { "secrets=\($0.text)" }
        settings += request.sshAgents.map { "ssh=\($0)" }
        return settings
    }

    /// The folder lies outside of the project, which bake wants to be told.
    private var output: [String] {
        switch request.result {
        case .engine:
            ["--load"]
        case .files where request.needsEngine:
            ["--load"]
        case .files(let folder, _):
            [
                "--set", "\(request.bake.target).output=\(BuildxBuild.layoutOutput(in: folder, request))",
                "--allow", "fs.write=\(folder)",
            ]
        }
    }
}
