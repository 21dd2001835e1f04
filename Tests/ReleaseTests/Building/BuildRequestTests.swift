import Release
import Testing

/// The parts of a request that people write, and the choice of a builder.
@Suite struct BuildRequestTests {
    struct Secret: Sendable {
        let text: String
        /// What the builder gets; nil where it is refused.
        let written: String?
    }

    @Test(arguments: [
        Secret(text: "id=npm,src=.npmrc", written: "id=npm,src=.npmrc"),
        Secret(text: "id=npm,source=.npmrc", written: "id=npm,src=.npmrc"),
        Secret(text: "env=TOKEN,id=npm", written: "id=npm,env=TOKEN"),
        Secret(text: "type=env,id=npm,src=TOKEN", written: "id=npm,env=TOKEN"),
        Secret(text: "type=file,id=npm,src=a=b", written: "id=npm,src=a=b"),
        // A value, or what may be one, is no reference.
        Secret(text: "hunter2", written: nil),
        Secret(text: "id=npm", written: nil),
        Secret(text: "id=npm,value=hunter2", written: nil),
        Secret(text: "id=npm,hunter2", written: nil),
        Secret(text: "id=npm,src=a,env=hunter2", written: nil),
        Secret(text: "id=,env=hunter2", written: nil),
        Secret(text: "id=npm,env=", written: nil),
        Secret(text: "type=hunter2,id=npm,src=a", written: nil),
        Secret(text: "", written: nil),
    ])
    func secretsAreReferences(_ secret: Secret) throws {
        guard let written = secret.written else {
            let refusal = try #require(throws: BuildRefusal.self) { try SecretReference(parsing: secret.text) }
            #expect(!"\(refusal)\(refusal.hint)".contains("hunter2"))
            return
        }
        #expect(try SecretReference(parsing: secret.text).text == written)
    }

    @Test func argumentsHaveNames() throws {
        #expect(try BuildArgument(parsing: "A=b=c") == BuildArgument("A", "b=c"))
        #expect(try BuildArgument(parsing: "A=") == BuildArgument("A", ""))
        #expect(try BuildArgument(parsing: "A") == BuildArgument("A", nil))
        #expect(throws: BuildRefusal.self) { try BuildArgument(parsing: "=b") }
        #expect(throws: BuildRefusal.self) { try BuildArgument(parsing: "") }
        #expect(throws: BuildRefusal.self) { try BuildArgument(parsing: "A B=c") }
    }

    struct Choice: Sendable {
        var wanted = BuilderChoice.auto
        var engine = false
        var buildx = false
        var podman = false
        var buildah = false
        var bake = false
        let builder: Builder?
    }

    @Test(arguments: [
        Choice(engine: true, buildx: true, podman: true, buildah: true, builder: .buildx),
        Choice(engine: true, podman: true, buildah: true, builder: .classic),
        // The docker program alone builds nothing.
        Choice(buildx: true, podman: true, buildah: true, builder: .buildah),
        Choice(podman: true, builder: .podman),
        Choice(buildx: true, builder: nil),
        Choice(podman: true, bake: true, builder: .bake),
        Choice(wanted: .docker, podman: true, builder: .classic),
        Choice(wanted: .docker, buildx: true, builder: .buildx),
        Choice(wanted: .docker, buildx: true, bake: true, builder: .bake),
        Choice(wanted: .dockerClassic, engine: true, buildx: true, builder: .classic),
        Choice(wanted: .podman, engine: true, buildx: true, builder: .podman),
        Choice(wanted: .buildah, builder: .buildah),
        Choice(wanted: .buildx, builder: .buildx),
        Choice(wanted: .bake, builder: .bake),
    ])
    func aBuilderIsChosen(_ choice: Choice) throws {
        let installed = InstalledBuilders(
            hasDockerEngine: choice.engine,
            hasBuildx: choice.buildx,
            hasPodman: choice.podman,
            hasBuildah: choice.buildah
        )
        let chosen = try? choice.wanted.builder(among: installed, needsBake: choice.bake)
        #expect(chosen == choice.builder)
    }
}
