import FoundationEssentials
import NIOHTTP1
import OCI

/// Listing referrers (distribution-spec, "Listing Referrers").
extension Examination {
    mutating func examineReferrers() async throws {
        let subject = Digest(of: mainManifest)
        let referrer = content.referrer(to: mainManifest)
        var isPushed = false
        if manifests.contains(subject) {
            let answer = try await put(referrer, at: Digest(of: referrer).description)
            isPushed = answer.isSuccess
            noteSubject(answer, subject)
        }
        // Without anything to refer to, the registry must answer an empty list.
        let listed = try await referrers(of: subject, query: nil)
        guard listed.status == 200, let digests = digests(in: listed) else {
            if listed.isPermissionMissing {
                noteRefusal(.referrers, listed)
            } else if !listed.errors.isEmpty, manifests.isEmpty, earlierTags.isEmpty {
                note(.referrers, .unknown, "there is no such repository yet", listed)
                return note(.referrersFilter, .unknown, "there is no such repository yet")
            } else {
                note(.referrers, .no, "\(listed.brief): a tag stands in for it", listed)
            }
            return note(.referrersFilter, .no, "there is no referrers API")
        }
        let isListed = digests.contains(Digest(of: referrer).description)
        switch (isPushed, isListed) {
        case (true, true): note(.referrers, .yes, "lists what was put", listed)
        case (true, false): note(.referrers, .partly, "does not list what was put", listed)
        case (false, _): note(.referrers, .yes, "answers with a list", listed)
        }
        try await examineFilter(of: subject, referrer: isListed ? Digest(of: referrer).description : nil)
    }

    private mutating func noteSubject(_ answer: Answer, _ subject: Digest) {
        guard answer.isSuccess else { return noteRefusal(.subjectHeader, answer) }
        switch answer.headers.first(name: "OCI-Subject") {
        case subject.description?: note(.subjectHeader, .yes, "OCI-Subject is right", answer)
        case nil: note(.subjectHeader, .no, "no OCI-Subject in the answer", answer)
        default: note(.subjectHeader, .partly, "OCI-Subject is another digest", answer)
        }
    }

    private mutating func examineFilter(of subject: Digest, referrer: String?) async throws {
        let answer = try await referrers(of: subject, query: "artifactType=application/vnd.tagboat.none")
        guard answer.status == 200, let digests = digests(in: answer) else {
            return noteRefusal(.referrersFilter, answer)
        }
        let applied = answer.headers["OCI-Filters-Applied"].contains { $0.contains("artifactType") }
        let isFiltered = referrer.map { !digests.contains($0) }
        switch (applied, isFiltered) {
        case (true, false?): note(.referrersFilter, .partly, "said to be applied, but is not", answer)
        case (true, _): note(.referrersFilter, .yes, "OCI-Filters-Applied says so", answer)
        case (false, true?): note(.referrersFilter, .partly, "applied, but OCI-Filters-Applied is missing", answer)
        case (false, _): note(.referrersFilter, .no, "not applied", answer)
        }
    }

    private mutating func referrers(of digest: Digest, query: String?) async throws -> Answer {
        let headers = [("Accept", MediaType.ociIndex.rawValue)]
        return try await ask(Call(.GET, "referrers/\(digest)", query: query, headers: headers))
    }

    /// The digests in an index; nil where the answer is none.
    private func digests(in answer: Answer) -> [String]? {
        struct Index: Decodable {
            struct Entry: Decodable {
                let digest: String
            }
            let manifests: [Entry]?
        }
        return (try? JSONDecoder().decode(Index.self, from: Data(answer.body))).map {
            ($0.manifests ?? []).map(\.digest)
        }
    }
}
