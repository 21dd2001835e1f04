import OCI
import Tagging

/// `docker buildx build` (docs.docker.com, "docker buildx build" and "OCI and Docker exporters").
struct BuildxBuild {
    let request: BuildRequest

    func commands() throws(BuildRefusal) -> [BuilderCommand] {
        let arguments =
            ["buildx", "build"] + request.commonOptions
            + BuildRequest.options("--tag", request.needsEngine ? request.enginesTags : request.tags) { $0 }
            + request.labelOptions
            + BuildRequest.options("--annotation", request.annotations, \.text)
            + request.argumentOptions
            + BuildRequest.options("--cache-from", request.cacheSources, Self.cacheText)
            + request.secretOptions + request.sshOptions
            + output + request.extra + [request.context]
        return [BuilderCommand("docker", arguments)] + Self.exports(request)
    }

    /// What follows where only the engine can be built into.
    static func exports(_ request: BuildRequest) -> [BuilderCommand] {
        guard request.needsEngine, case .files(let folder, let name) = request.result else { return [] }
        return BuildRequest.enginesExport(of: name, to: folder)
    }

    private var output: [String] {
        switch request.result {
        case .engine: ["--load"]
        case .files where request.needsEngine: ["--load"]
        case .files(let folder, _): ["--output", Self.layoutOutput(in: folder, request)]
        }
    }

    static func cacheText(_ source: CacheSource) -> String {
        switch source {
        case .release(let reference): "type=registry,ref=\(reference)"
        case .written(let text): text
        }
    }

    /// The exporter that writes a layout in a folder instead of a tar archive.
    static func layoutOutput(in folder: String, _ request: BuildRequest) -> String {
        let fields = ["type=oci", field("dest=\(folder)/\(Builder.layoutFolder)"), "tar=false"]
        return (fields + (request.timestamp == nil ? [] : ["rewrite-timestamp=true"])).joined(separator: ",")
    }

    /// The options of an exporter are a line of CSV (RFC 4180).
    private static func field(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
