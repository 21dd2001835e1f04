import Git
import Logging
import OCI
import Registry
import Release
import SystemPackage
import Tagging
import TestSupport
import Versioning

/// A git repository, a layout with images, and what releases one of them.
struct Workshop: Sendable {
    let folder: FilePath

    var build: OCILayout { OCILayout(folder.appending("build")) }

    /// Makes a repository in a temporary folder.
    static func with(_ body: (Workshop) async throws -> Void) async throws {
        try await withTemporaryDirectory { folder in
            let workshop = Workshop(folder: folder)
            _ = try folder.makeDirectory("app")
            try await workshop.git("init", "--quiet", "--initial-branch=main")
            try await workshop.commit("first")
            try await body(workshop)
        }
    }

    @discardableResult
    func git(_ arguments: String..., at day: Int = 1) async throws -> String {
        let date = "2026-07-0\(day)T09:30:00Z"
        return try await run(
            "git",
            arguments,
            in: folder.appending("app"),
            environment: [
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com",
                "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.com",
                "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
            ]
        ).requireSuccess().standardOutput
    }

    func commit(_ message: String, at day: Int = 1) async throws {
        try await git("commit", "--quiet", "--allow-empty", "--message", message, at: day)
    }

    /// The project at HEAD, as a version.
    func project(_ version: String) async throws -> Project {
        try await Project(
            in: folder.appending("app"),
            git: try GitRepository(discoveringFrom: folder.appending("app").string),
            options: .init(version: version)
        )
    }

    /// An image made from a project's commit; `variation` makes another one of it.
    func image(_ project: Project, variation: String = "") throws -> SourceImage {
        let name = "\(project.version)\(variation)"
        try ImageFixture.write(
            to: build.directory,
            name: name,
            labels: [
                "org.opencontainers.image.revision": project.commit.hash,
                "org.opencontainers.image.created": project.commit.date.rfc3339,
                "name": name,
            ]
        )
        return SourceImage(store: build, manifest: try build.manifest(named: name))
    }
}

extension TagNaming {
    /// The default rules, for a build of which nothing is known.
    static func standard() throws -> TagNaming {
        try TagNaming(
            policy: TagPolicy(),
            context: RuleContext(
                build: BuildContext(system: "test"),
                date: Timestamp(secondsSinceEpoch: 0),
                commitDate: Timestamp(secondsSinceEpoch: 0)
            )
        )
    }
}

/// A run that has read its facts and made its plan, and has not applied it yet.
struct PlannedRun: Sendable {
    let plan: ReleasePlan
    let application: PlanApplication
    let stores: [any ImageStore]

    init(_ project: Project, _ image: SourceImage, on stores: [any ImageStore], policy: ReleasePolicy = .init())
        async throws
    {
        let reader = FactsReader(project: project, policy: policy)
        let facts = try await reader.facts(reading: { image }, targets: stores).facts
        plan = try ReleasePlan(facts: facts, policy: policy)
        application = PlanApplication(plan, facts: facts, source: image, reader: reader)
        self.stores = stores
    }

    func apply() async throws -> ReleaseOutcome { try await application.run(on: stores) }
}

extension ReleaseOutcome {
    /// The state of a tag on the first repository.
    func state(_ tag: String) -> String? {
        targets[0].steps.first { $0.step.tag.name == tag }.map { result in
            if case .withheld(let reason) = result.state { "withheld: \(reason)" } else { result.state.name }
        }
    }
}

/// A store that refuses to write one tag, as a registry does whose rules protect it.
///
/// Everything else is the real store.
struct ProtectingStore: ImageStore {
    let store: any ImageStore
    let protected: OCI.Tag

    var name: String { store.name }
    func tags() async throws -> Set<OCI.Tag> { try await store.tags() }
    func digest(of tag: OCI.Tag) async throws -> Digest? { try await store.digest(of: tag) }
    func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        try await store.manifest(for: selector)
    }
    func put(_ manifest: StoredManifest, as tag: OCI.Tag?) async throws {
        if tag == protected { throw RegistryError(.denied, "\(name):\(protected) is protected") }
        try await store.put(manifest, as: tag)
    }
    func delete(_ selector: ManifestSelector) async throws { try await store.delete(selector) }
    func hasBlob(_ blob: Descriptor) async throws -> Bool { try await store.hasBlob(blob) }
    func blob(_ descriptor: Descriptor) async throws -> BlobContent { try await store.blob(descriptor) }
    func put(blob descriptor: Descriptor, content: @escaping @Sendable () async throws -> BlobContent) async throws {
        try await store.put(blob: descriptor, content: content)
    }
}

/// Runs a body with a repository on the suite's registry.
func withRepository(_ name: String, _ body: (RegistryRepository) async throws -> Void) async throws {
    let client = RegistryClient(
        settings: ConnectionSettings(timeout: .seconds(120)),
        credentials: CredentialFiles([]),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let reference = try RepositoryName(parsing: "\(try DockerRegistry.required().address)/\(name)")
    do {
        try await body(try await client.repository(reference, access: .push))
        await client.close()
    } catch {
        await client.close()
        throw error
    }
}
