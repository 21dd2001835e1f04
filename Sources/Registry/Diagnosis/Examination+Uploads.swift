import FoundationEssentials
import NIOHTTP1
import OCI

/// Pushing blobs (distribution-spec, "Pushing blobs").
extension Examination {
    /// The first thing that is written: shows also whether writing is allowed.
    mutating func uploadWhole() async throws {
        let opened = try await ask(Call(.POST, "blobs/uploads/", headers: [("Content-Length", "0")]))
        guard opened.status == 202, let address = try await uploadAddress(opened) else {
            noteRefusal(.writing, opened)
            obstacle = opened.isPermissionMissing ? "needs the permission to write" : "needs an upload, which failed"
            return
        }
        note(.writing, .yes, "an upload was opened", opened)
        uploads.append(address)
        let answer = try await close(address, with: content.configuration, digest: Digest(of: content.configuration))
        guard answer.isSuccess else {
            noteRefusal(.wholeUpload, answer)
            obstacle = "needs an upload, which failed"
            return
        }
        note(.wholeUpload, .yes, "POST, then PUT: status \(answer.status)", answer)
    }

    /// Sends the layer with the request that opens the upload; where that does nothing, in the usual way.
    mutating func uploadByOnePost() async throws {
        let digest = Digest(of: content.layer)
        let headers = [("Content-Type", "application/octet-stream")]
        let call = Call(.POST, "blobs/uploads/", query: "digest=\(digest)", headers: headers, body: content.layer)
        let answer = try await ask(call)
        if answer.status == 201 {
            blobs.append(digest)
            return note(.singlePostUpload, .yes, "status 201", answer)
        }
        if answer.status == 202 {
            note(.singlePostUpload, .no, "status 202: an upload instead", answer)
        } else {
            noteRefusal(.singlePostUpload, answer)
        }
        if answer.status == 202, let address = try await uploadAddress(answer) {
            uploads.append(address)
            if try await close(address, with: content.layer, digest: digest).isSuccess { return }
        }
        let opened = try await ask(Call(.POST, "blobs/uploads/", headers: [("Content-Length", "0")]))
        guard opened.status == 202, let address = try await uploadAddress(opened) else { return }
        uploads.append(address)
        _ = try await close(address, with: content.layer, digest: digest)
    }

    /// Sends a blob in two pieces, and asks in between how far it came.
    mutating func uploadInPieces() async throws {
        guard let first = try await uploadInPieces(of: nil) else { return }
        // Storage behind some registries takes pieces of 5 MiB at least, and not all of them say so.
        guard first < 5 << 20, try await uploadInPieces(of: 5 << 20) == nil else { return }
        note(.chunkedUpload, .partly, "pieces of \(first) B are refused, those of 5 MiB are taken")
    }

    /// Tries with pieces of a length; nil takes the least that the registry names.
    ///
    /// - Returns: the length of a piece that was refused; nil where all went well.
    private mutating func uploadInPieces(of wanted: Int?) async throws -> Int? {
        let opened = try await ask(Call(.POST, "blobs/uploads/", headers: [("Content-Length", "0")]))
        guard opened.status == 202, var address = try await uploadAddress(opened) else {
            noteRefusal(.chunkedUpload, opened)
            return nil
        }
        uploads.append(address)
        let least = opened.headers.first(name: "OCI-Chunk-Min-Length").flatMap { Int($0) } ?? 0
        let length = wanted ?? min(max(1024, least), 32 << 20)
        let bytes = content.text(length: length + 1024)
        let piece = try await send(Array(bytes[..<length]), from: 0, to: address)
        guard [200, 201, 202, 204].contains(piece.status) else {
            noteRefusal(.chunkedUpload, piece)
            return length
        }
        address = try await followed(piece, from: address)
        let progress = try await ask(call(.GET, address))
        noteProgress(progress, length: length)
        if progress.isSuccess { address = try await followed(progress, from: address) }

        let last = try await send(Array(bytes[length...]), from: length, to: address)
        guard [200, 201, 202, 204].contains(last.status) else {
            noteRefusal(.chunkedUpload, last)
            return length
        }
        address = try await followed(last, from: address)
        let closed = try await close(address, with: nil, digest: Digest(of: bytes))
        guard closed.isSuccess else {
            noteRefusal(.chunkedUpload, closed)
            return length
        }
        let range = piece.headers.first(name: "Range").map { "Range \(RegistryMessage.printable($0))" } ?? "no Range"
        let rule = least > 0 ? ", pieces of \(least) B at least" : ""
        note(.chunkedUpload, .yes, "PATCH: status \(piece.status), \(range)\(rule)", piece)
        return nil
    }

    private mutating func noteProgress(_ answer: Answer, length: Int) {
        guard answer.isSuccess else { return noteRefusal(.resumedUpload, answer) }
        let range = answer.headers.first(name: "Range").map(RegistryMessage.printable)
        let end = range?.split(whereSeparator: { $0 == "-" || $0 == "=" }).last.flatMap { Int($0) }
        if end == length - 1 {
            note(.resumedUpload, .yes, "GET tells Range \(range ?? "")", answer)
        } else {
            let word = range.map { "a wrong Range, \($0)" } ?? "no Range"
            note(.resumedUpload, .no, "GET tells \(word)", answer)
        }
    }

    /// Mounts the configuration into the neighbour (distribution-spec, "Mounting a blob from another repository").
    mutating func mountBlob() async throws {
        guard try await isNeighbourUsable() else {
            return note(.mount, .unknown, "not tried: \(neighbour.repository.path) is in use or closed")
        }
        let digest = Digest(of: content.configuration)
        let query = "mount=\(digest)&from=\(repository.repository.path)"
        let opening = Call(.POST, "blobs/uploads/", query: query, headers: [("Content-Length", "0")])
        let answer = try await ask(opening, of: neighbour)
        switch answer.status {
        case 201:
            mounted.append(digest)
            note(.mount, .yes, "into \(neighbour.repository.path): status 201", answer)
        case 202:
            if let address = try await uploadAddress(answer) { uploads.append(address) }
            note(.mount, .no, "status 202: it wants the blob sent", answer)
        default:
            noteRefusal(.mount, answer)
        }
    }

    // MARK: Steps of an upload

    func call(_ method: HTTPMethod, _ address: URL, headers: [(String, String)] = [], body: [UInt8]? = nil) -> Call {
        var call = Call(method, "blobs/uploads/", headers: headers, body: body)
        call.url = address
        return call
    }

    /// Where an upload goes on.
    func uploadAddress(_ answer: Answer) async throws -> URL? {
        let base = try await repository.session.base()
        guard let location = answer.headers.first(name: "Location"),
            let address = URL(string: location, relativeTo: base)?.absoluteURL
        else { return nil }
        try AddressRules.check(address, namedBy: base, as: "an upload address")
        return address
    }

    /// Where the open upload goes on after an answer: an address is good for one request only.
    private mutating func followed(_ answer: Answer, from address: URL) async throws -> URL {
        guard let next = try await uploadAddress(answer) else { return address }
        uploads[uploads.count - 1] = next
        return next
    }

    private mutating func send(_ piece: [UInt8], from offset: Int, to address: URL) async throws -> Answer {
        let range = "\(offset)-\(offset + piece.count - 1)"
        let headers = [("Content-Type", "application/octet-stream"), ("Content-Range", range)]
        return try await ask(call(.PATCH, address, headers: headers, body: piece))
    }

    /// Ends an upload, most often with all of its content.
    private mutating func close(_ address: URL, with body: [UInt8]?, digest: Digest) async throws -> Answer {
        let separator = address.query() == nil ? "?" : "&"
        guard let target = URL(string: "\(address.absoluteString)\(separator)digest=\(digest)") else {
            throw RegistryError(.invalidResponse, "an upload was opened at an address that cannot be read")
        }
        var headers = [("Content-Type", "application/octet-stream")]
        if body == nil { headers.append(("Content-Length", "0")) }
        let answer = try await ask(call(.PUT, target, headers: headers, body: body))
        if answer.isSuccess {
            blobs.append(digest)
            uploads.removeLast()
        }
        return answer
    }
}
