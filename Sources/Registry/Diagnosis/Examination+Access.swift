import FoundationEssentials
import NIOHTTP1
import OCI

extension Examination {
    /// Judges whether the repository can be read, and whether it may be written to without harm.
    ///
    /// - Throws: `DiagnosisRefusal` where it is in use, `RegistryError` where the credentials are not accepted.
    mutating func examineAccess(_ credential: CredentialOrigin?) async throws {
        note(.credentials, credential == nil ? .no : .yes, credential?.description ?? "none, asks as anybody")
        let list = try await ask(Call(.GET, "tags/list", query: "n=1000", limit: SizeLimit.tagPage))
        let authorization = try await repository.session.authorization(for: repository.repository)
        if list.status == 401, authorization?.hasPrefix("Bearer ") != true {
            throw await repository.error(list, "\(repository.name) could not be read")
        }
        if diagnosis[.authentication].verdict == .no, let scheme = authorization?.split(separator: " ").first {
            note(.authentication, .partly, "not at /v2/, but for repositories: \(scheme)")
        }
        // Without such a repository the answer is the registry's own word, and not that of a missing page.
        let isMissing = list.status == 404 && !list.errors.isEmpty
        guard list.status == 200 || isMissing, !list.isHTML else {
            noteRefusal(.reading, list)
            // What cannot be looked at may be in use.
            if obstacle == nil { obstacle = "not tried: what the repository holds cannot be read" }
            return
        }
        let state = isMissing ? "there is no such repository yet" : "the list of tags could be read"
        note(.reading, .yes, state, list)
        earlierTags = isMissing ? [] : try await repository.tags().map(\.name).sorted()
        let foreign = earlierTags.filter { !$0.hasPrefix(ScratchContent.tagPrefix) }
        if obstacle == nil, !foreign.isEmpty { throw DiagnosisRefusal(repository.repository, holding: foreign) }
    }

    /// Whether the neighbour holds nothing of others.
    mutating func isNeighbourUsable() async throws -> Bool {
        let list = try await ask(Call(.GET, "tags/list", limit: SizeLimit.tagPage), of: neighbour)
        if list.status == 404, !list.errors.isEmpty { return true }
        guard list.status == 200 else { return false }
        return try await neighbour.tags().allSatisfy { $0.name.hasPrefix(ScratchContent.tagPrefix) }
    }
}
