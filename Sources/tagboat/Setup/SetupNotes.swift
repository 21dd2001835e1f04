import Versioning
import OCI
import Release

/// What people should know about a set-up: what was not found, and what is left for them to do.
struct SetupNotes {
    let facts: ProjectFacts
    let image: RepositoryName?
    /// Whether the repository was guessed and nobody has confirmed it.
    let isGuess: Bool
    let hasRepository: Bool
    /// The pipelines that are written.
    let pipelines: [PipelineSetup]

    var lines: [String] {
        var lines: [String] = []
        if !hasRepository { lines.append("warning: there is no git repository here; make one with `git init`") }
        if facts.dockerfiles.isEmpty { lines.append("warning: no Dockerfile was found") }
        if image == nil {
            let place = pipelines.isEmpty ? "" : ", and in the pipeline in place of \(PipelineSetup.placeholder)"
            lines.append("warning: nothing tells the repository; name it under `images:` in tagboat.yaml" + place)
        } else if isGuess, let image {
            lines.append("warning: \(image) is a guess; correct it under `images:` in tagboat.yaml, or say --image")
        }
        switch facts.version.source {
        case .unreadable(let path, let problem):
            lines.append("warning: \(PrintableText.line(problem)); name its scheme under `version:`, or correct \(path)")
        case .tags(let highest):
            lines.append("the version comes from git tags, of which \(PrintableText.escaped(highest)) is the highest")
        case .file, .manifest, .nothing: break
        }
        for manifest in facts.version.others {
            let path = PrintableText.escaped(manifest.path)
            lines.append(
                "warning: \(path) says \(manifest.version), not \(facts.version.version?.text ?? "the same"): "
                    + "it is not among `version.files:`"
            )
        }
        for pipeline in pipelines {
            if let demand = pipeline.demand { lines.append("\(pipeline.system.title): \(demand)") }
        }
        return lines
    }
}
