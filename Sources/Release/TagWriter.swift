import OCI
import Registry
import Tagging

/// Writes tags to a repository: those that never move first, so that no moving tag is ever ahead of its version.
struct TagWriter: Sendable {
    let store: any ImageStore
    /// The manifests that are at hand; others are read from the repository.
    let manifests: [Digest: StoredManifest]

    init(_ store: any ImageStore, manifests: [StoredManifest]) {
        self.store = store
        self.manifests = Dictionary(manifests.map { ($0.digest, $0) }) { first, _ in first }
    }

    /// Writes what is due; a wave in which something fails is the last one.
    func write(_ steps: inout [StepOutcome]) async {
        for wave in [TagClass.immutable, .moving] {
            await write(&steps, of: wave)
            if steps.contains(where: { $0.state.failure != nil }) { return }
        }
    }

    /// Writes the tags of one wave, those of one image together; each one's failure is its own.
    private func write(_ steps: inout [StepOutcome], of wave: TagClass) async {
        let due = steps.indices.filter { steps[$0].step.tagClass == wave && steps[$0].step.writes }
        let images = Dictionary(grouping: due.map { steps[$0].step }, by: \.to).sorted { $0.key < $1.key }
        let failures = try? await images.concurrentMap(width: 8) { digest, steps in
            await put(digest, as: steps.map(\.tag))
        }
        for index in due {
            let tag = steps[index].step.tag
            guard let failures else {
                steps[index].state = .notAttempted
                continue
            }
            steps[index].state = failures.lazy.compactMap { $0[tag] }.first.map { .failed($0) } ?? .done
        }
    }

    private func put(_ digest: Digest, as tags: [Tag]) async -> [Tag: any Error] {
        guard let manifest = manifests[digest] else { return await store.retag(digest, as: tags) }
        return await store.put(manifest, as: tags)
    }
}
