import NIOHTTP1
import OCI

/// Taking away what was made, also by an earlier run that was interrupted.
extension Examination {
    /// Deletes everything of ours, in the order in which nothing is needed any more, and tells what remains.
    mutating func cleanUp() async {
        for address in uploads { _ = try? await ask(call(.DELETE, address)) }
        let leftovers = earlierTags.filter { $0.hasPrefix(ScratchContent.tagPrefix) && !tags.contains($0) }
        tags += leftovers
        // Their manifests must be known before the tags are gone.
        for tag in leftovers {
            let digest = try? await repository.digest(of: try Tag(tag))
            if let digest, !manifests.contains(digest) { manifests.append(digest) }
        }
        if diagnosis[.tagDeletion].verdict == .yes || diagnosis[.tagDeletion].verdict == .unknown {
            for tag in tags { _ = try? await ask(Call(.DELETE, "manifests/\(tag)")) }
        }
        var kept: [Digest] = []
        for digest in manifests where !(await isDeleted(Call(.DELETE, "manifests/\(digest)"), of: repository)) {
            kept.append(digest)
        }
        // A tag goes with its manifest, if not before.
        var keptTags: [String] = []
        for tag in tags where (try? await isMissing(tag)) != true { keptTags.append(tag) }
        var keptBlobs: [Digest] = []
        for digest in Set(blobs).sorted() where !(await isDeleted(Call(.DELETE, "blobs/\(digest)"), of: repository)) {
            keptBlobs.append(digest)
        }
        var keptMounts: [Digest] = []
        for digest in mounted where !(await isDeleted(Call(.DELETE, "blobs/\(digest)"), of: neighbour)) {
            keptMounts.append(digest)
        }
        diagnosis.remains =
            keptTags.sorted().map { "\(repository.name):\($0)" } + kept.map { "\(repository.name)@\($0)" }
            + keptBlobs.map { "blob \($0) in \(repository.name)" }
            + keptMounts.map { "blob \($0) in \(neighbour.name)" }
        let counts = [
            (keptTags.count, "tag"), (kept.count, "manifest"), (keptBlobs.count + keptMounts.count, "small blob"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
        guard !counts.isEmpty else { return note(.cleanUp, .yes, "all that was made is deleted") }
        let isEmpty = keptTags.isEmpty && kept.isEmpty
        note(.cleanUp, isEmpty ? .partly : .no, "\(counts.joined(separator: ", ")) could not be deleted")
    }

    /// Deletes something; what is not there counts as deleted.
    private mutating func isDeleted(_ call: Call, of repository: RegistryRepository) async -> Bool {
        guard let answer = try? await ask(call, of: repository) else { return false }
        // A bare 404 may as well mean that nothing can be deleted here.
        return answer.isSuccess || (answer.status == 404 && !answer.errors.isEmpty)
    }
}
