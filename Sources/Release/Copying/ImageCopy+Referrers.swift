import OCI
import Registry

extension ImageCopy {
    /// Copies what refers to images, and to anything below them: signatures, attestations, bills of materials, and
    /// what refers to those in turn.
    func copyReferrers(of manifests: [StoredManifest]) async throws {
        if source.name == target.name { return }
        var subjects = manifests.map(\.digest)
        for manifest in manifests { subjects += try await digests(below: manifest) }
        var seen: Set<Digest> = []
        while !subjects.isEmpty {
            let due = subjects.filter { seen.insert($0).inserted }
            let found = try await due.concurrentMap(width: jobs) { subject in
                let referrers = try await source.referrers(of: subject)
                return try await referrers.concurrentMap(width: jobs) { referrer in
                    try await source.manifest(for: .digest(referrer.digest))
                }
            }
            try await copyContent(below: found.flatMap { $0 })
            let pairs = zip(due, found).map { (subject: $0, referrers: $1) }
            _ = try await pairs.concurrentMap(width: jobs) { subject, referrers in
                for referrer in referrers { try await target.put(referrer, referringTo: subject) }
            }
            try await copyTaggedReferrers(of: due)
            subjects = found.flatMap { $0.map(\.digest) }
        }
    }

    /// Copies what cosign keeps under tags of its own.
    private func copyTaggedReferrers(of subjects: [Digest]) async throws {
        let kinds = ReferrerTag.Kind.allCases.filter { $0 != .referrers }
        let pairs = subjects.flatMap { subject in kinds.map { (subject: subject, kind: $0) } }
        _ = try await pairs.concurrentMap(width: jobs) { subject, kind in
            guard let manifest = try await source.taggedReferrer(kind, of: subject) else { return }
            try await copyContent(below: [manifest])
            try await target.put(manifest, as: subject.referrerTag(kind))
        }
    }

    private func digests(below manifest: StoredManifest) async throws -> [Digest] {
        let children = try manifest.decoded().children
        var digests = children.map(\.digest)
        for child in children where child.mediaType.isIndex {
            digests += try await self.digests(below: try await source.manifest(for: .digest(child.digest)))
        }
        return digests
    }
}
