import OCI
import Tagging

/// docker without BuildKit ("docker build" with `DOCKER_BUILDKIT=0`).
struct ClassicBuild {
    let request: BuildRequest

    func commands() throws(BuildRefusal) -> [BuilderCommand] {
        try refuseWhatOnlyBuildKitKnows()
        let build = BuilderCommand("docker", buildArguments, environment: ["DOCKER_BUILDKIT": "0"])
        // It takes layers only from images that the engine has.
        let pulls = request.cacheSources.map {
            BuilderCommand("docker", ["pull", Self.reference($0)], isOptional: true)
        }
        guard case .files(let folder, let name) = request.result else { return pulls + [build] }
        return pulls + [build] + BuildRequest.enginesExport(of: name, to: folder)
    }

    private var buildArguments: [String] {
        ["build"] + request.commonOptions
            + BuildRequest.options("--tag", request.enginesTags) { $0 }
            + request.labelOptions + request.argumentOptions
            + BuildRequest.options("--cache-from", request.cacheSources, Self.reference)
            + request.extra + [request.context]
    }

    private static func reference(_ source: CacheSource) -> String {
        switch source {
        case .release(let reference): reference.description
        case .written(let text): text
        }
    }

    private func refuseWhatOnlyBuildKitKnows() throws(BuildRefusal) {
        let what: String
        if !request.secrets.isEmpty {
            what = "secrets"
        } else if !request.sshAgents.isEmpty {
            what = "agents of ssh"
        } else if request.platforms.count > 1 {
            what = "several platforms at once"
        } else if case .engine = request.result, !request.annotations.isEmpty {
            what = "annotations, and an engine keeps none"
        } else {
            return try request.requireAnnotations(at: [.manifest, .index], of: "docker without BuildKit")
        }
        throw BuildRefusal(
            "docker without BuildKit knows no \(what)",
            hint: "install docker's buildx, or choose another driver with --driver"
        )
    }
}
