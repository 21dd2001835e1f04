import FoundationEssentials
import NIOHTTP1
import OCI

/// Pushing and pulling manifests (distribution-spec, "Pushing Manifests", "Pulling manifests").
extension Examination {
    static let acceptedTypes = [("Accept", MediaType.manifests.map(\.rawValue).joined(separator: ", "))]

    /// The manifest that most is measured with.
    var mainManifest: [UInt8] { content.manifest("one") }
    /// Another one, to move a tag to.
    var otherManifest: [UInt8] { content.manifest("two") }

    /// Puts a manifest, and remembers what it has made.
    mutating func put(
        _ manifest: [UInt8],
        at reference: String,
        query: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        let type = [("Content-Type", ScratchContent.mediaType)]
        let call = Call(.PUT, "manifests/\(reference)", query: query, headers: type + headers, body: manifest)
        let answer = try await ask(call)
        if answer.isSuccess {
            let digest = Digest(of: manifest)
            if !manifests.contains(digest) { manifests.append(digest) }
            if !reference.contains(":"), !tags.contains(reference) { tags.append(reference) }
        }
        return answer
    }

    mutating func putManifests() async throws {
        let digest = Digest(of: mainManifest).description
        for (feature, reference) in [
            (RegistryFeature.manifestByDigest, digest), (.manifestByTag, content.tag("b")),
        ] {
            let answer = try await put(mainManifest, at: reference)
            guard answer.isSuccess else {
                noteRefusal(feature, answer)
                continue
            }
            note(feature, .yes, "status \(answer.status)", answer)
            noteDigest(answer.declaredDigest, "PUT", expected: digest)
        }
        if manifests.isEmpty {
            obstacle = "needs a manifest, which was refused"
        }
    }

    /// Puts two tags by one request (distribution-spec main, end-7b); what that does not do is done one by one.
    mutating func putSeveralTags() async throws {
        // Neither in the order of names, nor in its reverse, together with the tag `b` that is there.
        let wanted = [content.tag("c"), content.tag("a")]
        let query = wanted.map { "tag=\($0)" }.joined(separator: "&")
        let answer = try await put(mainManifest, at: Digest(of: mainManifest).description, query: query)
        let named = answer.headers["OCI-Tag"].flatMap { $0.split(separator: ",") }.map {
            $0.filter { !$0.isWhitespace }
        }
        let taken = answer.isSuccess ? wanted.filter(named.contains) : []
        tags += taken
        switch taken.count {
        case wanted.count: note(.severalTags, .yes, "OCI-Tag names both of 2", answer)
        case 0 where answer.isSuccess: note(.severalTags, .no, "status \(answer.status), but no OCI-Tag", answer)
        case 0: noteRefusal(.severalTags, answer)
        default: note(.severalTags, .partly, "OCI-Tag names \(taken.count) of 2", answer)
        }
        for tag in wanted where !taken.contains(tag) { _ = try await put(mainManifest, at: tag) }
    }

    // MARK: Reading

    /// The manifest to read: ours, or any that is there.
    private var readable: (reference: String, bytes: [UInt8]?)? {
        if let tag = tags.first { return (tag, mainManifest) }
        if let digest = manifests.first { return (digest.description, mainManifest) }
        return earlierTags.first.map { ($0, nil) }
    }

    mutating func readManifest() async throws {
        guard let (reference, written) = readable else {
            let reason = obstacle ?? "there is no manifest to read"
            for feature in [RegistryFeature.manifestHead, .exactBytes, .digestHeader, .conditionalGet] {
                note(feature, .unknown, reason)
            }
            return
        }
        let path = "manifests/\(reference)"
        let limit = SizeLimit.pulledManifest
        let got = try await ask(Call(.GET, path, headers: Self.acceptedTypes, limit: limit))
        guard got.status == 200 else {
            for feature in [RegistryFeature.manifestHead, .exactBytes, .digestHeader, .conditionalGet] {
                noteRefusal(feature, got)
            }
            return
        }
        let digest = Digest(of: got.body).description
        if let written {
            let isSame = got.body == written
            note(.exactBytes, isSame ? .yes : .no, isSame ? "what was put came back" : "it changed the manifest", got)
        } else {
            note(.exactBytes, .unknown, "needs writing")
        }
        noteDigest(got.declaredDigest, "GET", expected: digest)

        let head = try await ask(Call(.HEAD, path, headers: Self.acceptedTypes))
        if head.status == 200 {
            note(.manifestHead, .yes, "status 200", head)
            noteDigest(head.declaredDigest, "HEAD", expected: digest)
        } else {
            noteRefusal(.manifestHead, head)
        }
        let entity = got.headers.first(name: "ETag") ?? "\"\(digest)\""
        let condition = Self.acceptedTypes + [("If-None-Match", entity)]
        let again = try await ask(Call(.GET, path, headers: condition, limit: limit))
        switch again.status {
        case 304: note(.conditionalGet, .yes, "status 304 where nothing changed", again)
        case 200: note(.conditionalGet, .no, "status 200 although nothing changed", again)
        default: noteRefusal(.conditionalGet, again)
        }
    }

    /// Judges the digest that an answer tells, together with those of the answers before it.
    private mutating func noteDigest(_ declared: String?, _ method: String, expected: String) {
        digestAnswers.append((method, declared.map { $0 == expected }))
        let wrong = digestAnswers.filter { $0.isRight == false }
        let missing = digestAnswers.filter { $0.isRight == nil }
        if let first = wrong.first {
            note(.digestHeader, .no, "it is wrong in the answer to \(first.method)")
        } else if missing.count == digestAnswers.count {
            note(.digestHeader, .no, "Docker-Content-Digest is missing")
        } else if let first = missing.first {
            note(.digestHeader, .partly, "it is missing in the answer to \(first.method)")
        } else {
            note(.digestHeader, .yes, "it is right in every answer")
        }
    }
}
