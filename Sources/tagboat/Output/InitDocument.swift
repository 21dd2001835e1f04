import Versioning
import OCI
import Release

/// What `tagboat init` prints as JSON: docs/json.md, schema `tagboat.init/1`.
struct InitDocument: Encodable {
    private let plan: SetupPlan
    private let facts: ProjectFacts
    private let image: RepositoryName?
    private let notes: SetupNotes

    init(_ plan: SetupPlan, facts: ProjectFacts, image: RepositoryName?, notes: SetupNotes) {
        self.plan = plan
        self.facts = facts
        self.image = image
        self.notes = notes
    }

    private struct File: Encodable {
        let step: SetupPlan.Step

        enum CodingKeys: CodingKey { case path, verdict, reason, hint, text }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(step.path, forKey: .path)
            try container.encode(step.text, forKey: .text)
            try container.encode(step.hint, forKey: .hint)
            switch step.verdict {
            case .created: try container.encode("created", forKey: .verdict)
            case .unchanged: try container.encode("unchanged", forKey: .verdict)
            case .left: try container.encode("left", forKey: .verdict)
            }
            if case .left(let reason) = step.verdict {
                try container.encode(reason, forKey: .reason)
            } else {
                try container.encodeNil(forKey: .reason)
            }
        }
    }

    enum CodingKeys: CodingKey {
        case schema, image, version, tagPrefix, branch, dockerfiles, manifests, pipelines, files, notes
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode("tagboat.init/1", forKey: .schema)
        try container.encode(image?.description, forKey: .image)
        try container.encode(facts.version.version?.text, forKey: .version)
        try container.encode(facts.version.tagPrefix, forKey: .tagPrefix)
        try container.encode(facts.branch, forKey: .branch)
        try container.encode(facts.dockerfiles, forKey: .dockerfiles)
        try container.encode(facts.version.manifests.map(\.path), forKey: .manifests)
        try container.encode(notes.pipelines.map(\.system.rawValue), forKey: .pipelines)
        try container.encode(plan.steps.map(File.init), forKey: .files)
        try container.encode(notes.lines, forKey: .notes)
    }
}
