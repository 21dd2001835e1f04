extension RegistryExchange {
    /// Answers a request about an upload (distribution-spec 1.1, "Pushing blobs").
    func upload(_ id: String, in name: String, _ contents: inout RegistryContents) -> TestResponse {
        if request.method == "POST" { return id.isEmpty ? open(in: name, &contents) : Self.noSuchPage }
        if contents.broken > 0, !request.body.isEmpty {
            contents.broken -= 1
            return .dropped
        }
        if let limit = profile.blobs.maximumRequest, request.body.count > limit {
            return RegistryProblem(413, "", "Request Entity Too Large", body: .text).response
        }
        guard let upload = contents.uploads[id], upload.repository == name else {
            return RegistryProblem.uploadUnknown.response
        }
        guard hasState(id, upload) else {
            return RegistryProblem(404, "BLOB_UPLOAD_INVALID", "the state of the upload is missing or old").response
        }
        switch request.method {
        case "GET", "HEAD": return progress(204, id, upload)
        case "PATCH": return append(to: id, upload, &contents)
        case "PUT": return close(id, upload, &contents)
        case "DELETE":
            contents.uploads[id] = nil
            return TestResponse(204)
        default: return RegistryProblem.unsupported.response
        }
    }

    private func open(in name: String, _ contents: inout RegistryContents) -> TestResponse {
        guard profile.createsRepositories || contents.repositories[name] != nil else {
            return profile.repositoryUnknown.response
        }
        if let digest = request.queryValues("mount").first {
            if let answer = mount(digest, in: name, &contents) { return answer }
        } else if profile.blobs.takesSinglePost, let digest = request.queryValues("digest").first {
            return store(request.body, digest, in: name, &contents)
        }
        let id = contents.newName("upload")
        let upload = RegistryContents.Upload(repository: name)
        contents.uploads[id] = upload
        return progress(202, id, upload)
    }

    /// Mounts a blob from another repository; nil opens an upload instead.
    private func mount(_ digest: String, in name: String, _ contents: inout RegistryContents) -> TestResponse? {
        let source = request.queryValues("from").first
        switch profile.blobs.mount {
        case .ignored: return nil
        case .needsSource(let problem) where source == nil: return problem.response
        default: break
        }
        guard let source else { return nil }
        let isReadable = refusal(of: "pull", in: source, contents) == nil
        guard isReadable, let bytes = contents.repositories[source]?.blobs[digest] else {
            if case .strict(let problem) = profile.blobs.mount { return problem.response }
            return nil
        }
        return store(bytes, digest, in: name, &contents)
    }

    /// Takes a chunk (distribution-spec 1.1, "Pushing a blob in chunks").
    private func append(to id: String, _ upload: RegistryContents.Upload, _ contents: inout RegistryContents)
        -> TestResponse
    {
        var upload = upload
        if let problem = misplaced(upload) {
            return problem.status == 416 ? progress(416, id, upload) : problem.response
        }
        if !profile.blobs.losesLaterChunks || upload.chunks == 0 { upload.bytes += request.body }
        upload.chunks += 1
        contents.uploads[id] = upload
        return progress(profile.blobs.chunkStatus, id, upload)
    }

    private func close(_ id: String, _ upload: RegistryContents.Upload, _ contents: inout RegistryContents)
        -> TestResponse
    {
        guard let digest = request.queryValues("digest").first else {
            return RegistryProblem(400, "DIGEST_INVALID", "digest missing").response
        }
        if !request.body.isEmpty, let problem = misplaced(upload) {
            return problem.status == 416 ? progress(416, id, upload) : problem.response
        }
        let response = store(upload.bytes + request.body, digest, in: upload.repository, &contents)
        if response.status < 300 {
            contents.uploads[id] = nil
        } else {
            // What came with the wrong digest is there, and the address that led here is an old one.
            contents.uploads[id]?.bytes += request.body
            contents.uploads[id]?.chunks += 1
        }
        return response
    }

    /// Why a chunk is not the next one; a chunk without a range always is.
    private func misplaced(_ upload: RegistryContents.Upload) -> RegistryProblem? {
        guard profile.blobs.checksRange, let range = request.headers["Content-Range"] else { return nil }
        let ends = range.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], last - first + 1 == request.body.count else {
            return RegistryProblem(400, "SIZE_INVALID", "the range is not that of the content")
        }
        return first == upload.bytes.count ? nil : RegistryProblem(416, "BLOB_UPLOAD_INVALID")
    }

    private func store(_ bytes: [UInt8], _ digest: String, in name: String, _ contents: inout RegistryContents)
        -> TestResponse
    {
        guard RegistryContents.isDigest(digest), RegistryContents.digest(of: bytes, like: digest) == digest else {
            return RegistryProblem.digestInvalid.response
        }
        contents.repositories[name, default: .init()].blobs[digest] = bytes
        return TestResponse(
            profile.blobs.doneStatus,
            headers: ["Location": location("/v2/\(name)/blobs/\(digest)"), "Docker-Content-Digest": digest]
        )
    }

    // MARK: Location

    /// What must stand in the query of every request, and changes with every chunk.
    private func state(_ id: String, _ upload: RegistryContents.Upload) -> String? {
        switch profile.blobs.location {
        case .relative, .absolute: nil
        case .absoluteWithState, .relativeWithState: "\(id).\(upload.bytes.count).\(upload.chunks)"
        }
    }

    private func hasState(_ id: String, _ upload: RegistryContents.Upload) -> Bool {
        // Who asks how far an upload is may hold an old address.
        guard let state = state(id, upload), ["PUT", "PATCH"].contains(request.method) else { return true }
        return request.queryValues("_state") == [state]
    }

    private func progress(_ status: Int, _ id: String, _ upload: RegistryContents.Upload) -> TestResponse {
        var location = "/v2/\(upload.repository)/blobs/uploads/\(id)"
        if let state = state(id, upload) { location += "?_state=\(state)" }
        return TestResponse(
            status,
            headers: [
                "Location": self.location(location), "Range": "0-\(max(0, upload.bytes.count - 1))",
                "Docker-Upload-UUID": id,
            ]
        )
    }
}
