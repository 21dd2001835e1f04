import NIOHTTP1
import OCI

/// Deleting (distribution-spec, "Content Management").
extension Examination {
    /// Deletes a tag whose manifest has another tag too.
    mutating func deleteTag() async throws {
        let (tag, other) = (content.tag("a"), content.tag("c"))
        guard tags.contains(tag), tags.contains(other) else {
            return note(.tagDeletion, .unknown, "needs two tags, which were refused")
        }
        let answer = try await ask(Call(.DELETE, "manifests/\(tag)"))
        guard answer.isSuccess else { return noteRefusal(.tagDeletion, answer) }
        guard try await isMissing(tag) else {
            return note(.tagDeletion, .no, "status \(answer.status), but the tag is still there", answer)
        }
        tags.removeAll { $0 == tag }
        if try await isMissing(other) {
            tags.removeAll { $0 == other }
            note(.tagDeletion, .partly, "it takes the image and its other tags with it", answer)
        } else {
            note(.tagDeletion, .yes, "status \(answer.status), the image stays", answer)
        }
    }

    /// Deletes a manifest: one without a tag, since not every registry deletes those that have some.
    mutating func deleteManifest() async throws {
        let referrer = Digest(of: content.referrer(to: mainManifest))
        guard let digest = manifests.first(where: { $0 == referrer }) ?? manifests.first else {
            return note(.manifestDeletion, .unknown, "needs a manifest, which was refused")
        }
        let answer = try await ask(Call(.DELETE, "manifests/\(digest)"))
        guard answer.isSuccess else { return noteRefusal(.manifestDeletion, answer) }
        guard try await isMissing(digest.description) else {
            return note(.manifestDeletion, .no, "status \(answer.status), but the manifest is still there", answer)
        }
        manifests.removeAll { $0 == digest }
        note(.manifestDeletion, .yes, "status \(answer.status)", answer)
    }

    /// Deletes a blob, best one that no manifest needs.
    mutating func deleteBlob() async throws {
        let needed = [Digest(of: content.configuration), Digest(of: content.layer)]
        guard let digest = blobs.first(where: { !needed.contains($0) }) ?? blobs.first else {
            return note(.blobDeletion, .unknown, "needs a blob, which was refused")
        }
        let answer = try await ask(Call(.DELETE, "blobs/\(digest)"))
        guard answer.isSuccess else { return noteRefusal(.blobDeletion, answer) }
        let head = try await ask(Call(.HEAD, "blobs/\(digest)"))
        guard head.status != 200 else {
            return note(.blobDeletion, .no, "status \(answer.status), but the blob is still there", answer)
        }
        blobs.removeAll { $0 == digest }
        note(.blobDeletion, .yes, "status \(answer.status)", answer)
    }

    /// Whether a manifest is not there any more; by GET, since HEAD may be what the registry lacks.
    mutating func isMissing(_ reference: String) async throws -> Bool {
        try await ask(Call(.GET, "manifests/\(reference)", headers: Self.acceptedTypes)).status == 404
    }
}
