import FoundationEssentials
import OCI
import Registry
import Synchronization
import TestSupport

/// A registry in memory that can do what docker-registry cannot, or refuses what that one does.
final class ScratchServer: Sendable {
    /// What it can do.
    struct Abilities: Sendable {
        /// How many tags of one request it takes.
        var tagsAtOnce = 0
        var hasReferrers = false
        var appliesFilter = true
        var namesFilter = true
        var hasImmutableTags = false
        var honoursConditions = false
        /// Whether a condition fails whatever it says.
        var refusesConditions = false
        var isOldestFirst = false
        var ignoresN = false
        var linksOn = true
        var takesSinglePost = false
        var losesPieces = false
        var leastPiece = 0
        /// What a piece must have at least, though nobody is told.
        var unsaidLeastPiece = 0
        /// Whether a tag's deletion takes the image with it.
        var deletesImageWithTag = false
        var deletesTags = true
        var tellsDigests = true
        /// Whether a manifest comes back in another form than it was put.
        var changesManifests = false
        /// How many of the oldest tags the list shows.
        var shownTags = Int.max
        /// The methods that those who ask may not use.
        var denied: Set<String> = []
        /// The headers of every answer.
        var headers: [(name: String, value: String)] = []
    }

    private struct State {
        var blobs: Set<String> = []
        var uploads: [String: [UInt8]] = [:]
        var manifests: [String: [UInt8]] = [:]
        var tags: [(name: String, digest: String)] = []
        var referrers: [String: [String]] = [:]
        var serial = 0
    }

    let abilities: Abilities
    private let state = Mutex(State())

    init(_ abilities: Abilities) {
        self.abilities = abilities
    }

    /// The tags, manifests and blobs that are there.
    var contents: (tags: [String], manifests: Int, blobs: Int, uploads: Int) {
        state.withLock { ($0.tags.map(\.name), $0.manifests.count, $0.blobs.count, $0.uploads.count) }
    }

    func put(tag: String) {
        state.withLock { $0.tags.append((tag, OCI.Digest(of: []).description)) }
    }

    func answer(_ request: TestRequest) -> TestResponse {
        var response = state.withLock { route(request, &$0) }
        for header in abilities.headers { response.headers[header.name] = header.value }
        return response
    }

    private func route(_ request: TestRequest, _ state: inout State) -> TestResponse {
        if request.path == "/v2/" { return TestResponse(200, json: "{}") }
        // Giving an upload up is no deletion of content.
        let isUpload = request.path.contains("/blobs/uploads")
        if abilities.denied.contains(request.method), !(isUpload && request.method == "DELETE") {
            return problem(403, "DENIED")
        }
        let parts = request.path.split(separator: "/").map(String.init)
        let last = parts.last ?? ""
        if isUpload { return upload(request, last, &state) }
        return switch parts.dropLast().last {
        case "blobs": blob(request, last, &state)
        case "manifests": manifest(request, last, &state)
        case "tags": list(request, state)
        case "referrers" where abilities.hasReferrers: referrers(request, last, state)
        default: TestResponse(404)
        }
    }

    private func problem(_ status: Int, _ code: String, _ message: String = "") -> TestResponse {
        TestResponse(status, json: #"{"errors":[{"code":"\#(code)","message":"\#(message)"}]}"#)
    }

    // MARK: Blobs

    private func upload(_ request: TestRequest, _ id: String, _ state: inout State) -> TestResponse {
        let digest = request.queryValues("digest").first
        switch request.method {
        case "POST":
            if abilities.takesSinglePost, let digest {
                state.blobs.insert(digest)
                return TestResponse(201)
            }
            state.serial += 1
            state.uploads["u\(state.serial)"] = []
            return TestResponse(202, headers: place("u\(state.serial)", least: abilities.leastPiece))
        case "PATCH":
            // Only the last piece may be shorter.
            let least = max(abilities.leastPiece, abilities.unsaidLeastPiece)
            let isFirst = state.uploads[id]?.isEmpty ?? true
            guard !isFirst || request.body.count >= least else { return problem(400, "SIZE_INVALID") }
            state.uploads[id]? += request.body
            return TestResponse(202, headers: place(id))
        case "GET":
            guard let bytes = state.uploads[id] else { return problem(404, "BLOB_UPLOAD_UNKNOWN") }
            var headers = place(id)
            headers["Range"] = "0-\(abilities.losesPieces ? 0 : max(0, bytes.count - 1))"
            return TestResponse(204, headers: headers)
        case "PUT":
            let bytes = (state.uploads[id] ?? []) + request.body
            guard let digest, OCI.Digest(of: bytes).description == digest else { return problem(400, "DIGEST_INVALID") }
            state.uploads[id] = nil
            state.blobs.insert(digest)
            return TestResponse(201)
        default:
            state.uploads[id] = nil
            return TestResponse(204)
        }
    }

    private func place(_ id: String, least: Int = 0) -> TestHeaders {
        var headers: TestHeaders = ["Location": "/v2/scratch/blobs/uploads/\(id)"]
        if least > 0 { headers["OCI-Chunk-Min-Length"] = String(least) }
        return headers
    }

    private func blob(_ request: TestRequest, _ digest: String, _ state: inout State) -> TestResponse {
        guard state.blobs.contains(digest) else { return problem(404, "BLOB_UNKNOWN") }
        if request.method == "DELETE" {
            state.blobs.remove(digest)
            return TestResponse(202)
        }
        return TestResponse(200)
    }

    // MARK: Manifests

    private func manifest(_ request: TestRequest, _ reference: String, _ state: inout State) -> TestResponse {
        let isDigest = reference.contains(":")
        let held = isDigest ? reference : state.tags.first { $0.name == reference }?.digest
        switch request.method {
        case "PUT": return write(request, reference, held, &state)
        case "DELETE":
            guard let held, state.manifests[held] != nil || !isDigest else { return problem(404, "MANIFEST_UNKNOWN") }
            guard isDigest || abilities.deletesTags else { return problem(405, "UNSUPPORTED") }
            if isDigest || abilities.deletesImageWithTag {
                state.manifests[held] = nil
                state.tags.removeAll { $0.digest == held }
            } else {
                state.tags.removeAll { $0.name == reference }
            }
            return TestResponse(202)
        default:
            guard let held, let bytes = state.manifests[held] else { return problem(404, "MANIFEST_UNKNOWN") }
            if abilities.honoursConditions, request.headers["If-None-Match"] == "\"\(held)\"" {
                return TestResponse(304)
            }
            var headers: TestHeaders = ["Content-Type": MediaType.ociManifest.rawValue]
            if abilities.tellsDigests { headers["Docker-Content-Digest"] = held }
            return TestResponse(200, headers: headers, body: bytes + (abilities.changesManifests ? [0x0A] : []))
        }
    }

    private func write(
        _ request: TestRequest,
        _ reference: String,
        _ held: String?,
        _ state: inout State
    ) -> TestResponse {
        let isDigest = reference.contains(":")
        let exists = !isDigest && held != nil
        if exists, abilities.hasImmutableTags { return problem(412, "PRECONDITION", "configured as immutable") }
        let conditions = [request.headers["If-None-Match"], request.headers["If-Match"]]
        if abilities.refusesConditions, conditions.contains(where: { $0 != nil }) {
            return problem(412, "PRECONDITION")
        }
        if abilities.honoursConditions {
            if conditions[0] == "*", exists { return problem(412, "PRECONDITION") }
            if let wanted = conditions[1], wanted != "\"\(held ?? "")\"" { return problem(412, "PRECONDITION") }
        }
        let digest = OCI.Digest(of: request.body).description
        state.manifests[digest] = request.body
        var headers: TestHeaders = [:]
        if abilities.tellsDigests { headers["Docker-Content-Digest"] = digest }
        let taken = isDigest ? Array(request.queryValues("tag").prefix(abilities.tagsAtOnce)) : [reference]
        if isDigest, !taken.isEmpty { headers["OCI-Tag"] = taken.joined(separator: ", ") }
        for tag in taken {
            if let index = state.tags.firstIndex(where: { $0.name == tag }) {
                state.tags[index].digest = digest
            } else {
                state.tags.append((tag, digest))
            }
        }
        struct Referrer: Decodable {
            struct Subject: Decodable {
                let digest: String
            }
            let subject: Subject?
        }
        let subject = try? JSONDecoder().decode(Referrer.self, from: Data(request.body)).subject?.digest
        if abilities.hasReferrers, let subject {
            headers["OCI-Subject"] = subject
            state.referrers[subject, default: []].append(digest)
        }
        return TestResponse(201, headers: headers)
    }

    // MARK: Lists

    private func list(_ request: TestRequest, _ state: State) -> TestResponse {
        guard !state.tags.isEmpty || state.serial > 0 else { return problem(404, "NAME_UNKNOWN") }
        var names = state.tags.prefix(abilities.shownTags).map(\.name)
        if !abilities.isOldestFirst { names.sort() }
        if let last = request.queryValues("last").first, let index = names.firstIndex(of: last) {
            names.removeFirst(index + 1)
        }
        let size = abilities.ignoresN ? nil : request.queryValues("n").first.flatMap { Int($0) }
        let page = names.prefix(size ?? names.count)
        var headers: TestHeaders = [:]
        if abilities.linksOn, page.count < names.count, let last = page.last {
            headers["Link"] = "<\(request.path)?n=\(page.count)&last=\(last)>; rel=\"next\""
        }
        let text = page.map { "\"\($0)\"" }.joined(separator: ",")
        return TestResponse(200, headers: headers, json: #"{"name":"scratch","tags":[\#(text)]}"#)
    }

    private func referrers(_ request: TestRequest, _ subject: String, _ state: State) -> TestResponse {
        let isFiltered = request.queryValues("artifactType").first != nil
        let digests = isFiltered && abilities.appliesFilter ? [] : state.referrers[subject] ?? []
        let entries = digests.map { #"{"mediaType":"m","digest":"\#($0)","size":1}"# }.joined(separator: ",")
        var headers: TestHeaders = [:]
        if isFiltered, abilities.namesFilter { headers["OCI-Filters-Applied"] = "artifactType" }
        return TestResponse(200, headers: headers, json: #"{"schemaVersion":2,"manifests":[\#(entries)]}"#)
    }
}
