import OCI
import Registry
import Release
import SystemPackage
import Tagging
import TestSupport
import Testing

@Suite(.dockerRegistry(.open)) struct ConvergenceTests {
    /// Which image each tag of a store holds, by the name of its version.
    private func holders(_ store: any ImageStore, _ tags: [String]) async throws -> [String: String] {
        var holders: [String: String] = [:]
        let versions = try await store.tags().filter { $0.name.split(separator: ".").count >= 3 }
        for tag in tags {
            let digest = try await store.digest(of: OCI.Tag(tag))
            for version in versions where try await store.digest(of: version) == digest { holders[tag] = version.name }
        }
        return holders
    }

    @Test func aHigherReleaseThatAppearsBetweenPlanAndApplyWins() async throws {
        try await Workshop.with { workshop in
            try await withRepository("raced/ui") { store in
                let low = try await workshop.project("2.1.115")
                let lowImage = try workshop.image(low)
                let planned = try await PlannedRun(low, lowImage, on: [store])
                #expect(planned.plan.targets[0].steps.map(\.writes) == Array(repeating: true, count: 6))

                try await workshop.commit("next", at: 2)
                let high = try await workshop.project("2.1.116")
                let winner = try await PlannedRun(high, workshop.image(high), on: [store]).apply()
                #expect(winner.targets[0].firstFailure == nil)

                let outcome = try await planned.apply()
                #expect(outcome.targets[0].firstFailure == nil)
                #expect(outcome.state("2.1.115") == "done")
                #expect(outcome.state("2.1") == "withheld: 2.1.115 does not move 2.1: 2.1.116 is higher")
                let expected = [
                    "2.1.115": "2.1.115", "2.1.116": "2.1.116", "2.1": "2.1.116", "2": "2.1.116", "latest": "2.1.116",
                ]
                #expect(try await holders(store, Array(expected.keys)) == expected)
            }
        }
    }

    @Test func aRunThatWasOvertakenAfterItWroteIsRepaired() async throws {
        try await Workshop.with { workshop in
            try await withRepository("overtaken/ui") { store in
                let high = try await workshop.project("2.1.116")
                _ = try await PlannedRun(high, workshop.image(high), on: [store]).apply()
                // Another tool, or a run that died before it read again, left the tag on a lower release.
                try await workshop.commit("older", at: 1)
                let low = try await workshop.project("2.1.115")
                let image = try workshop.image(low)
                _ = try await PlannedRun(low, image, on: [store]).apply()
                try await store.put(image.manifest, as: .latest)
                let again = try await PlannedRun(low, image, on: [store])
                #expect(again.plan.kind == .repeat)
                let outcome = try await again.apply()
                // It was this run that moved it.
                #expect(outcome.state("latest") == "done")
                #expect(try await holders(store, ["latest"]) == ["latest": "2.1.116"])
            }
        }
    }

    @Test func manyRunsAtOnceEndInTheSamePlace() async throws {
        try await Workshop.with { workshop in
            try await withRepository("crowd/ui") { store in
                let versions = ["1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.0.1", "2.1.0", "0.9.0"]
                var runs: [PlannedRun] = []
                for version in versions {
                    try await workshop.commit(version, at: 1)
                    let project = try await workshop.project(version)
                    // All of them plan against an empty repository, so every plan but one is wrong.
                    runs.append(try await PlannedRun(project, workshop.image(project), on: [store]))
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for run in runs {
                        group.addTask {
                            let outcome = try await run.apply()
                            #expect(outcome.targets[0].firstFailure == nil)
                        }
                    }
                    try await group.waitForAll()
                }
                let expected = [
                    "1.0": "1.0.1", "1.1": "1.1.0", "1": "1.1.0", "2.0": "2.0.1", "2.1": "2.1.0", "2": "2.1.0",
                    "latest": "2.1.0", "0.9": "0.9.0",
                ]
                #expect(try await holders(store, Array(expected.keys)) == expected)
                let audit = try await TagAudit.read(store, naming: .standard())
                #expect(audit.drift.isEmpty)
            }
        }
    }

    @Test func whoLosesARaceForAVersionIsASnapshotNextTime() async throws {
        try await Workshop.with { workshop in
            try await withRepository("lost/ui") { store in
                let first = try await workshop.project("1.0.0")
                let planned = try await PlannedRun(first, workshop.image(first), on: [store])
                try await workshop.commit("other", at: 2)
                let second = try await workshop.project("1.0.0")
                let image = try workshop.image(second, variation: "-other")
                let outcome = try await planned.apply()
                #expect(outcome.targets[0].firstFailure == nil)
                // The other run had planned before, too, and writes over it.
                try await ImageCopy(from: image.store, to: store) { _ in }.copyContent(below: image.manifest)
                try await store.put(image.manifest, as: OCI.Tag("1.0.0"))
                let repeated = try await PlannedRun(first, workshop.image(first), on: [store])
                #expect(repeated.plan.kind.name == "snapshot")
            }
        }
    }

    @Test func aRunWhoseVersionIsTakenWhileItWritesFails() async throws {
        try await Workshop.with { workshop in
            let layout = OCILayout(workshop.folder.appending("target"))
            let first = try await workshop.project("1.0.0")
            let image = try workshop.image(first)
            try await workshop.commit("other", at: 2)
            let other = try workshop.image(try await workshop.project("1.0.0"), variation: "-other")
            let thief = ThievingStore(store: layout, thief: other.manifest)
            let outcome = try await PlannedRun(first, image, on: [thief]).apply()
            #expect(outcome.targets[0].firstFailure is LostRace)
            #expect(outcome.targets[0].hasWritten)
        }
    }

    @Test func oneTagThatFailsLeavesTheRestAndARepeatFinishes() async throws {
        try await Workshop.with { workshop in
            let layout = OCILayout(workshop.folder.appending("target"))
            let project = try await workshop.project("1.0.0")
            let image = try workshop.image(project)
            let guarded = ProtectingStore(store: layout, protected: .latest)
            let outcome = try await PlannedRun(project, image, on: [guarded]).apply()
            #expect(outcome.state("latest") == "failed")
            #expect(outcome.state("1.0") == "done" && outcome.state("1") == "done")
            #expect(outcome.targets[0].hasWritten && outcome.targets[0].firstFailure != nil)
            let again = try await PlannedRun(project, image, on: [layout])
            #expect(again.plan.kind == .repeat)
            #expect(try await again.apply().state("latest") == "done")
            #expect(try await TagAudit.read(layout, naming: .standard()).drift.isEmpty)
        }
    }

    @Test func movingTagsWaitForTheVersion() async throws {
        try await Workshop.with { workshop in
            let layout = OCILayout(workshop.folder.appending("target"))
            let project = try await workshop.project("1.0.0")
            let guarded = ProtectingStore(store: layout, protected: try OCI.Tag("1.0.0"))
            let outcome = try await PlannedRun(project, workshop.image(project), on: [guarded]).apply()
            #expect(outcome.state("1.0.0") == "failed")
            #expect(outcome.state("1.0") == "not attempted" && outcome.state("latest") == "not attempted")
            #expect(try await layout.digest(of: .latest) == nil)
        }
    }

    @Test func anIndexIsCopiedWithAllItHolds() async throws {
        try await Workshop.with { workshop in
            try await withRepository("multi/ui") { store in
                let project = try await workshop.project("1.0.0")
                let written = try ImageFixture.writeIndex(
                    to: workshop.build.directory,
                    name: "multi",
                    labels: ["org.opencontainers.image.revision": project.commit.hash]
                )
                let image = SourceImage(store: workshop.build, manifest: try workshop.build.manifest(named: "multi"))
                let run = try await PlannedRun(
                    project,
                    image,
                    on: [store, OCILayout(workshop.folder.appending("copy"))]
                )
                let outcome = try await run.apply()
                #expect(outcome.targets[0].firstFailure == nil)
                let registry = try DockerRegistry.required()
                let pulled = try await registry.skopeo().rawManifest(of: registry.image("multi/ui:1.0.0"))
                #expect(pulled == String(decoding: written.manifestBytes, as: UTF8.self))
                try await registry.skopeo().copy(registry.image("multi/ui:1.0.0"), to: "oci:\(workshop.folder)/back:x")
                // The commit of an index is read from its first platform.
                let again = try await PlannedRun(project, image, on: [store])
                #expect(again.plan.kind == .repeat)
            }
        }
    }
}

/// A store in which another run takes the version's tag as soon as a moving tag is written.
struct ThievingStore: ImageStore {
    let store: any ImageStore
    let thief: StoredManifest

    var name: String { store.name }
    func tags() async throws -> Set<OCI.Tag> { try await store.tags() }
    func digest(of tag: OCI.Tag) async throws -> Digest? { try await store.digest(of: tag) }
    func manifest(for selector: ManifestSelector) async throws -> StoredManifest {
        try await store.manifest(for: selector)
    }
    func put(_ manifest: StoredManifest, as tag: OCI.Tag?) async throws {
        try await store.put(manifest, as: tag)
        if tag == .latest {
            let build = FilePath(String(store.name.dropFirst("oci:".count))).removingLastComponent().appending("build")
            let source = OCILayout(build)
            try await ImageCopy(from: source, to: store) { _ in }.copyContent(below: thief)
            try await store.put(thief, as: try OCI.Tag("1.0.0"))
        }
    }
    func delete(_ selector: ManifestSelector) async throws { try await store.delete(selector) }
    func hasBlob(_ blob: Descriptor) async throws -> Bool { try await store.hasBlob(blob) }
    func blob(_ descriptor: Descriptor) async throws -> BlobContent { try await store.blob(descriptor) }
    func put(blob descriptor: Descriptor, content: @escaping @Sendable () async throws -> BlobContent) async throws {
        try await store.put(blob: descriptor, content: content)
    }
}
