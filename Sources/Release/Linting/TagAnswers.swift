package import Linting
package import OCI
package import Registry

/// What registries say of the tags that Dockerfiles name.
package struct TagAnswers: Sendable {
    package let answers: [ImageReference: TagAnswer]
    /// The first answer that was none; nil where every registry answered.
    package let failure: RegistryError?

    package init() {
        answers = [:]
        failure = nil
    }

    /// Asks for every tag once; for what is in it only where it is not what is pinned.
    ///
    /// - Parameters:
    ///   - questions: images by their tags, with the digests that they are pinned to.
    ///   - client: the connections.
    /// - Throws: `RegistryError` where the credentials cannot be used; `CancellationError`.
    package init(_ questions: [ImageReference: Set<Digest>], client: RegistryClient) async throws {
        let ordered = questions.sorted { "\($0.key)" < "\($1.key)" }
        var repositories: [RepositoryName: RegistryRepository] = [:]
        // One token may then serve for all of a registry's repositories.
        for (image, _) in ordered where repositories[image.repository] == nil {
            repositories[image.repository] = try await client.repository(image.repository, access: .pull)
        }
        let answers = try await ordered.concurrentMap(width: waveWidth) {
            [repositories] question -> (ImageReference, Result<TagAnswer, RegistryError>) in
            let (image, pinned) = question
            guard let repository = repositories[image.repository], let tag = image.tag else {
                return (image, .success(.missing))
            }
            do {
                return (image, .success(try await Self.answer(of: tag, pinned: pinned, in: repository)))
            } catch let error as RegistryError {
                return (image, .failure(error))
            }
        }
        self.answers = Dictionary(
            answers.map { image, answer in
                switch answer {
                case .success(let state): (image, state)
                case .failure(let error): (image, .unread(error.description))
                }
            },
            uniquingKeysWith: { first, _ in first }
        )
        failure = answers.lazy.compactMap { if case .failure(let error) = $0.1 { error } else { nil } }.first
    }

    private static func answer(
        of tag: Tag,
        pinned: Set<Digest>,
        in repository: RegistryRepository
    ) async throws -> TagAnswer {
        guard let digest = try await repository.digest(of: tag) else { return .missing }
        guard pinned.contains(where: { $0 != digest }) else { return .holds(digest, members: []) }
        // One of several platforms may be pinned.
        guard case .index(let index) = try await repository.manifest(for: .digest(digest)).decoded() else {
            return .holds(digest, members: [])
        }
        return .holds(digest, members: Set(index.manifests.map(\.digest)))
    }
}
