import Synchronization

extension VendorRegistry {
    /// The tags of a repository with their digests; nil where there is no such repository.
    ///
    /// - Parameter repository: its name.
    /// - Returns: the digests by tag.
    package func tags(of repository: String) -> [String: String]? {
        machine.contents.withLock { contents in
            contents.repositories[repository].map { repository in
                Dictionary(uniqueKeysWithValues: repository.tags.map { ($0.name, $0.digest) })
            }
        }
    }

    /// The bytes of a manifest; nil where it is not there.
    ///
    /// - Parameters:
    ///   - digest: the manifest's digest.
    ///   - repository: the name of its repository.
    /// - Returns: the manifest to the byte.
    package func manifest(_ digest: String, of repository: String) -> [UInt8]? {
        machine.contents.withLock { $0.repositories[repository]?.manifests[digest]?.bytes }
    }

    /// The digests of a repository's blobs.
    ///
    /// - Parameter repository: its name.
    /// - Returns: the digests.
    package func blobs(of repository: String) -> Set<String> {
        machine.contents.withLock { Set($0.repositories[repository].map { Array($0.blobs.keys) } ?? []) }
    }

    /// Creates a repository, as a vendor's console does.
    ///
    /// - Parameter repository: its name.
    package func create(_ repository: String) {
        machine.contents.withLock { $0.repositories[repository, default: .init()] = .init() }
    }

    /// Keeps tags from being moved, as a vendor's policy or lock does.
    ///
    /// - Parameters:
    ///   - tags: the tags, which must exist.
    ///   - repository: the name of their repository.
    package func lock(_ tags: Set<String>, in repository: String) {
        machine.contents.withLock { contents in
            for index in contents.repositories[repository]?.tags.indices ?? 0..<0
            where tags.contains(contents.repositories[repository]?.tags[index].name ?? "") {
                contents.repositories[repository]?.tags[index].isImmutable = true
            }
        }
    }

    /// Adds tags to whatever a tag holds.
    ///
    /// - Parameters:
    ///   - names: the new tags, in the order of their creation.
    ///   - tag: the tag that exists.
    ///   - repository: the name of the repository.
    package func tag(_ names: [String], like tag: String, in repository: String) {
        machine.contents.withLock { contents in
            guard let digest = contents.repositories[repository]?[tag: tag]?.digest else { return }
            contents.repositories[repository]?.tags += names.map { .init(name: $0, digest: digest) }
        }
    }

    /// Answers the next requests as to a client that asks too often.
    ///
    /// - Parameter count: how many requests.
    package func throttle(next count: Int) {
        machine.contents.withLock { $0.throttled = count }
    }

    /// Hangs up on the next requests that bring the content of a blob, and forgets that content.
    ///
    /// - Parameter count: how many requests.
    package func breakUploads(next count: Int) {
        machine.contents.withLock { $0.broken = count }
    }

    /// Empties the logs of requests of all hosts.
    package func forgetRequests() {
        for server in [server, issuer, storage] { server.forgetRequests() }
    }

    /// The requests for tokens, granted or not.
    package var tokenRequests: [TestRequest] {
        guard case .token(let rules) = profile.access else { return [] }
        switch rules.place {
        case .ownHost: return server.requests.filter { $0.path == rules.path }
        case .anotherHost: return issuer.requests
        }
    }

    /// The requests of the registry protocol.
    package var registryRequests: [TestRequest] {
        server.requests.filter { request in
            if case .token(let rules) = profile.access, request.path == rules.path { return false }
            return true
        }
    }
}
