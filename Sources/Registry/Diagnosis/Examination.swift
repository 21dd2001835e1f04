import FoundationEssentials
import NIOHTTP1
import OCI

extension RegistryRepository {
    /// Finds out what the registry supports, by requests to this repository.
    ///
    /// All that is made is deleted again, as far as the registry allows that.
    ///
    /// - Parameters:
    ///   - neighbour: another scratch repository of the same registry, to mount a blob into.
    ///   - isReadOnly: whether to measure only what needs no writing.
    ///   - credential: whose credentials are used; nil where there are none.
    ///   - run: what tells this run's tags and content from any other's; letters and digits.
    /// - Returns: the findings.
    /// - Throws: `DiagnosisRefusal` where the repository is in use; `RegistryError` where the registry is not reached, or
    ///   does not accept the credentials.
    package func diagnosis(
        neighbour: RegistryRepository,
        isReadOnly: Bool,
        credential: CredentialOrigin?,
        run: String
    ) async throws -> RegistryDiagnosis {
        var examination = Examination(
            repository: self,
            neighbour: neighbour,
            content: ScratchContent(run: run),
            diagnosis: RegistryDiagnosis(of: repository, isReadOnly: isReadOnly)
        )
        try await examination.run(credential: credential)
        return examination.diagnosis
    }
}

/// An examination of a registry on its way: what is known so far, and what it has made in the scratch repositories.
struct Examination {
    typealias Call = RegistryRepository.Call

    let repository: RegistryRepository
    let neighbour: RegistryRepository
    let content: ScratchContent
    var diagnosis: RegistryDiagnosis
    var notices = SeenNotices()

    /// Why nothing may be written; nil where it may.
    var obstacle: String?
    /// The tags that the repository held before.
    var earlierTags: [String] = []
    /// The tags that were put.
    var tags: [String] = []
    /// The manifests that were put.
    var manifests: [Digest] = []
    /// The blobs that were put.
    var blobs: [Digest] = []
    /// The blobs that were mounted into the neighbour.
    var mounted: [Digest] = []
    /// The answers to requests for the main manifest, and whether their digest was right; nil where there was none.
    var digestAnswers: [(method: String, isRight: Bool?)] = []
    /// Uploads that were opened and that nobody finished.
    var uploads: [URL] = []

    /// Measures everything, each group of features by itself, so that one that fails hides no other.
    mutating func run(credential: CredentialOrigin?) async throws {
        if diagnosis.isReadOnly { obstacle = "needs writing" }
        try await examineConnection()
        try await examineAccess(credential)
        if obstacle == nil {
            await probe([.writing, .wholeUpload]) { try await $0.uploadWhole() }
        }
        if obstacle == nil {
            await probe([.singlePostUpload]) { try await $0.uploadByOnePost() }
            await probe([.chunkedUpload, .resumedUpload]) { try await $0.uploadInPieces() }
            await probe([.manifestByDigest, .manifestByTag]) { try await $0.putManifests() }
            await probe([.severalTags]) { try await $0.putSeveralTags() }
        }
        await probe([.manifestHead, .exactBytes, .digestHeader, .conditionalGet]) { try await $0.readManifest() }
        await probe([.tagList, .tagPages, .tagOrder]) { try await $0.listTags() }
        await probe([.referrers, .referrersFilter]) { try await $0.examineReferrers() }
        if obstacle == nil {
            await probe([.tagMoves, .conditionalCreation, .conditionalMove]) { try await $0.moveTags() }
            await probe([.mount]) { try await $0.mountBlob() }
            await probe([.tagDeletion]) { try await $0.deleteTag() }
            await probe([.manifestDeletion]) { try await $0.deleteManifest() }
            await probe([.blobDeletion]) { try await $0.deleteBlob() }
        }
        if !tags.isEmpty || !manifests.isEmpty || !blobs.isEmpty || !uploads.isEmpty || obstacle == nil {
            await cleanUp()
        }
        noteNotices()
        if let obstacle {
            for feature in RegistryFeature.allCases where feature.needsWriting && !diagnosis.knows(feature) {
                diagnosis.note(feature, .unknown, obstacle)
            }
        }
    }

    /// Runs one part; what fails is told as a finding of those features that it did not come to.
    private mutating func probe(
        _ features: [RegistryFeature],
        _ part: (inout Examination) async throws -> Void
    ) async {
        do {
            try await part(&self)
        } catch {
            let reason = (error as? RegistryError)?.description ?? "\(error)"
            for feature in features where !diagnosis.knows(feature) { diagnosis.note(feature, .unknown, reason) }
        }
    }

    /// Sends a request and gives its answer, whatever the status.
    ///
    /// Only what says of itself that it passes is asked again: a status that looks like a failure of the server is what
    /// some registries answer to what they do not know.
    ///
    /// - Throws: `RegistryError` where no answer came, or the registry stays busy.
    mutating func ask(_ call: Call, of other: RegistryRepository? = nil) async throws -> Answer {
        let target = other ?? repository
        let answer = try await target.transport.retrying(isIdempotent: true) {
            let answer = try await target.read(try await target.send(call), limit: call.limit)
            guard ![408, 429, 502, 503, 504].contains(answer.status) else {
                let error = await target.error(answer, "\(target.repository.registry) is busy")
                throw TransientFailure(error: error, retryAfter: answer.retryAfter)
            }
            return answer
        }
        notices.read(answer.headers)
        return answer
    }

    mutating func note(
        _ feature: RegistryFeature,
        _ verdict: RegistryDiagnosis.Verdict,
        _ detail: String,
        _ answer: Answer? = nil
    ) {
        diagnosis.note(feature, verdict, detail, status: answer?.status)
    }

    /// Judges an answer that is not the one hoped for.
    mutating func noteRefusal(_ feature: RegistryFeature, _ answer: Answer) {
        note(feature, answer.isPermissionMissing ? .notAllowed : .no, answer.brief, answer)
    }

    private mutating func noteNotices() {
        if let limit = notices.rateLimit {
            note(.rateLimit, .yes, limit)
        } else {
            note(.rateLimit, .no, "no RateLimit header was seen")
        }
        if notices.warnings.isEmpty {
            note(.warnings, .no, "no Warning header was seen")
        } else {
            note(.warnings, .yes, notices.warnings.joined(separator: "; "))
        }
    }
}

extension Answer {
    var isSuccess: Bool { (200...299).contains(status) }

    /// Whether those who asked lack a permission.
    var isPermissionMissing: Bool { [401, 403].contains(status) && !errors.contains(where: \.speaksOfImmutability) }

    /// The status and the registry's own code.
    var brief: String {
        let codes = errors.map(\.code).filter { !$0.isEmpty }
        return "status \(status)" + (codes.isEmpty ? "" : ", \(codes.joined(separator: ", "))")
    }

    /// The value of `Docker-Content-Digest`.
    var declaredDigest: String? { headers.first(name: "Docker-Content-Digest") }
}
