import FoundationEssentials
import NIOHTTP1
import OCI

/// Moving tags, and the conditions of RFC 9110, section 13, under which that may be done.
extension Examination {
    mutating func moveTags() async throws {
        let tag = content.tag("b")
        guard tags.contains(tag) else {
            for feature in [RegistryFeature.tagMoves, .conditionalCreation, .conditionalMove] {
                note(feature, .unknown, "needs a tag, which was refused")
            }
            return
        }
        let moved = try await put(otherManifest, at: tag)
        guard moved.isSuccess else {
            let isKept = moved.errors.contains(where: \.speaksOfImmutability)
            if moved.isPermissionMissing {
                noteRefusal(.tagMoves, moved)
            } else {
                note(.tagMoves, .no, (isKept ? "tags are immutable: " : "") + moved.brief, moved)
            }
            for feature in [RegistryFeature.conditionalCreation, .conditionalMove] {
                note(feature, .unknown, "no tag can be moved at all")
            }
            return
        }
        let held = try await digest(of: tag)
        if let held, held != Digest(of: otherManifest).description {
            note(.tagMoves, .no, "status \(moved.status), but the tag stayed", moved)
        } else {
            note(.tagMoves, .yes, "other content under the same tag", moved)
        }
        try await createIfNew(tag)
        try await moveIfUnchanged(tag)
    }

    /// `If-None-Match: *` must fail where the tag is there, and succeed where it is not.
    private mutating func createIfNew(_ tag: String) async throws {
        let condition = [("If-None-Match", "*")]
        let refused = try await put(mainManifest, at: tag, headers: condition)
        guard refused.status == 412 else {
            return noteIgnored(.conditionalCreation, refused, "If-None-Match")
        }
        let created = try await put(mainManifest, at: content.tag("d"), headers: condition)
        if created.isSuccess {
            note(.conditionalCreation, .yes, "If-None-Match: status 412 where it exists", refused)
        } else {
            note(.conditionalCreation, .partly, "If-None-Match: \(created.brief) for a new tag too", created)
        }
    }

    /// `If-Match` must fail with another digest than the tag's, and succeed with its own.
    private mutating func moveIfUnchanged(_ tag: String) async throws {
        let foreign = Digest(of: Array("nothing".utf8))
        let refused = try await put(mainManifest, at: tag, headers: [("If-Match", "\"\(foreign)\"")])
        guard refused.status == 412 else { return noteIgnored(.conditionalMove, refused, "If-Match") }
        let current = try await ask(Call(.GET, "manifests/\(tag)", headers: Self.acceptedTypes))
        let entity = current.headers.first(name: "ETag") ?? "\"\(Digest(of: current.body))\""
        let moved = try await put(mainManifest, at: tag, headers: [("If-Match", entity)])
        if moved.isSuccess {
            note(.conditionalMove, .yes, "If-Match: status 412 where it changed", refused)
        } else {
            note(.conditionalMove, .partly, "If-Match: \(moved.brief) where nothing changed too", moved)
        }
    }

    private mutating func noteIgnored(_ feature: RegistryFeature, _ answer: Answer, _ header: String) {
        guard answer.isSuccess else { return noteRefusal(feature, answer) }
        note(feature, .no, "\(header) is ignored: status \(answer.status)", answer)
    }

    /// The digest that a tag holds, where the registry tells it.
    private mutating func digest(of tag: String) async throws -> String? {
        let head = try await ask(Call(.HEAD, "manifests/\(tag)", headers: Self.acceptedTypes))
        return head.status == 200 ? head.declaredDigest : nil
    }
}
