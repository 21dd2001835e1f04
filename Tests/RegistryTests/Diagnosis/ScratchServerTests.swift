import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Registry

/// Registries that differ in one thing each; the finding must be that thing.
@Suite struct ScratchServerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: [RegistryFeature: RegistryDiagnosis.Verdict]
        let change: @Sendable (inout ScratchServer.Abilities) -> Void

        init(
            _ name: String,
            _ expected: [RegistryFeature: RegistryDiagnosis.Verdict],
            _ change: @escaping @Sendable (inout ScratchServer.Abilities) -> Void
        ) {
            testDescription = name
            self.expected = expected
            self.change = change
        }
    }

    /// What the registry finds of which nothing is changed.
    private static let plain: [RegistryFeature: RegistryDiagnosis.Verdict] = [
        .encryption: .no, .http2: .no, .api: .yes, .clock: .unknown, .authentication: .no, .tokenByPost: .no,
        .credentials: .no, .reading: .yes, .writing: .yes, .wholeUpload: .yes, .chunkedUpload: .yes,
        .resumedUpload: .yes, .singlePostUpload: .no, .mount: .no, .manifestByDigest: .yes, .manifestByTag: .yes,
        .exactBytes: .yes, .digestHeader: .yes, .manifestHead: .yes, .conditionalGet: .no, .tagMoves: .yes,
        .conditionalCreation: .no, .conditionalMove: .no, .severalTags: .no, .tagList: .yes, .tagPages: .yes,
        .tagOrder: .yes, .referrers: .no, .subjectHeader: .no, .referrersFilter: .no, .tagDeletion: .yes,
        .manifestDeletion: .yes, .blobDeletion: .yes, .cleanUp: .yes, .rateLimit: .no, .warnings: .no,
    ]

    @Test(arguments: [
        Case("nothing special", [:]) { _ in },
        Case("several tags", [.severalTags: .yes]) { $0.tagsAtOnce = 9 },
        Case("one of several tags", [.severalTags: .partly]) { $0.tagsAtOnce = 1 },
        Case("referrers", [.referrers: .yes, .subjectHeader: .yes, .referrersFilter: .yes]) { $0.hasReferrers = true },
        Case("referrers without a filter", [.referrers: .yes, .subjectHeader: .yes, .referrersFilter: .no]) {
            ($0.hasReferrers, $0.appliesFilter, $0.namesFilter) = (true, false, false)
        },
        Case("a filter in name only", [.referrers: .yes, .subjectHeader: .yes, .referrersFilter: .partly]) {
            ($0.hasReferrers, $0.appliesFilter) = (true, false)
        },
        Case("a silent filter", [.referrers: .yes, .subjectHeader: .yes, .referrersFilter: .partly]) {
            ($0.hasReferrers, $0.namesFilter) = (true, false)
        },
        Case("immutable tags", [.tagMoves: .no, .conditionalCreation: .unknown, .conditionalMove: .unknown]) {
            $0.hasImmutableTags = true
        },
        Case("conditions", [.conditionalGet: .yes, .conditionalCreation: .yes, .conditionalMove: .yes]) {
            $0.honoursConditions = true
        },
        Case("conditions that always fail", [.conditionalCreation: .partly, .conditionalMove: .partly]) {
            $0.refusesConditions = true
        },
        Case("the oldest tag first", [.tagOrder: .no]) { $0.isOldestFirst = true },
        Case("n ignored", [.tagPages: .no]) { $0.ignoresN = true },
        Case("pages without a link", [.tagPages: .partly]) { $0.linksOn = false },
        Case("upload by one POST", [.singlePostUpload: .yes]) { $0.takesSinglePost = true },
        Case("a progress that tells nothing", [.resumedUpload: .no]) { $0.losesPieces = true },
        Case("pieces that are too small", [.chunkedUpload: .partly]) { $0.unsaidLeastPiece = 5 << 20 },
        Case("no deletion of tags", [.tagDeletion: .no]) { $0.deletesTags = false },
        Case("a tag's deletion takes the image", [.tagDeletion: .partly]) { $0.deletesImageWithTag = true },
        Case("manifests that change", [.exactBytes: .no, .digestHeader: .no]) { $0.changesManifests = true },
        Case("no HEAD", [.manifestHead: .notAllowed]) { $0.denied = ["HEAD"] },
        Case("a list that lags behind", [.tagList: .partly, .tagOrder: .unknown]) { $0.shownTags = 2 },
        Case("no digests", [.digestHeader: .no]) { $0.tellsDigests = false },
        Case(
            "no deletion",
            [
                .tagDeletion: .notAllowed, .manifestDeletion: .notAllowed, .blobDeletion: .notAllowed, .cleanUp: .no,
            ]
        ) { $0.denied = ["DELETE"] },
        Case("limits and warnings", [.rateLimit: .yes, .warnings: .yes]) {
            $0.headers = [
                ("RateLimit-Limit", "100;w=21600"), ("RateLimit-Remaining", "76;w=21600"),
                ("Warning", #"299 - "this registry closes""#),
            ]
        },
        Case("a slow clock", [.clock: .no]) { $0.headers = [("Date", "Sun, 06 Nov 1994 08:49:37 GMT")] },
    ])
    func isFound(_ example: Case) async throws {
        var abilities = ScratchServer.Abilities()
        example.change(&abilities)
        let registry = ScratchServer(abilities)
        try await withTestServer {
            registry.answer($0)
        } _: { server in
            let diagnosis = try await diagnose(server.address)
            let expected = Self.plain.merging(example.expected) { $1 }
            #expect(expected.count == RegistryFeature.allCases.count)
            for feature in RegistryFeature.allCases {
                #expect(diagnosis[feature].verdict == expected[feature], "\(feature)\n\(diagnosis.text)")
            }
            // What can be deleted is deleted, and what cannot is told.
            let rest = registry.contents
            #expect(rest.uploads == 0)
            #expect((rest.tags.isEmpty && rest.manifests == 0 && rest.blobs == 0) == diagnosis.remains.isEmpty)
            #expect(diagnosis.remains.count == rest.tags.count + rest.manifests + rest.blobs)
            // Only the scratch repositories were asked.
            for request in server.requests where request.path != "/v2/" {
                #expect(request.path.hasPrefix("/v2/scratch/") || request.path.hasPrefix("/v2/scratch-mount/"))
            }
        }
    }

    @Test func whoMayOnlyReadChangesNothing() async throws {
        var abilities = ScratchServer.Abilities()
        abilities.denied = ["POST", "PUT", "PATCH", "DELETE"]
        let registry = ScratchServer(abilities)
        try await withTestServer {
            registry.answer($0)
        } _: { server in
            let diagnosis = try await diagnose(server.address)
            #expect(diagnosis[.reading].verdict == .yes)
            #expect(diagnosis[.writing] == .init(verdict: .notAllowed, detail: "status 403, DENIED", status: 403))
            #expect(diagnosis[.tagDeletion].detail == "needs the permission to write")
            #expect(server.requests.filter { !["GET", "HEAD"].contains($0.method) }.count == 1)
            #expect(diagnosis.consequences.contains { $0.hasSuffix("`tagboat push` does not") })
        }
    }

    @Test func aRepositoryThatIsInUseIsLeftAlone() async throws {
        let registry = ScratchServer(ScratchServer.Abilities())
        registry.put(tag: "tagboat-doctor-old-a")
        registry.put(tag: "1.0.0")
        try await withTestServer {
            registry.answer($0)
        } _: { server in
            do {
                _ = try await diagnose(server.address)
                Issue.record("a repository with tags of others was written to")
            } catch let refusal as DiagnosisRefusal {
                #expect(refusal.description.hasSuffix("is no scratch repository: it holds the tag 1.0.0"))
            }
            #expect(server.requests.allSatisfy { $0.method == "GET" })
            // Without writing, any repository will do.
            let diagnosis = try await diagnose(server.address, isReadOnly: true)
            #expect(diagnosis[.tagList].verdict == .yes)
            #expect(diagnosis[.tagPages].verdict == .yes)
            #expect(diagnosis[.writing] == .init(verdict: .unknown, detail: "needs writing", status: nil))
            #expect(server.requests.allSatisfy { ["GET", "HEAD"].contains($0.method) })
        }
    }

    @Test func whatCannotBeSeenIsNotWrittenTo() async throws {
        var abilities = ScratchServer.Abilities()
        abilities.denied = ["GET"]
        let registry = ScratchServer(abilities)
        try await withTestServer {
            registry.answer($0)
        } _: { server in
            let diagnosis = try await diagnose(server.address)
            #expect(diagnosis[.reading].verdict == .notAllowed)
            #expect(diagnosis[.wholeUpload].detail == "not tried: what the repository holds cannot be read")
            #expect(server.requests.allSatisfy { ["GET", "HEAD"].contains($0.method) })
        }
    }

    @Test func whatAnInterruptedRunLeftIsTakenAwayToo() async throws {
        let registry = ScratchServer(ScratchServer.Abilities())
        registry.put(tag: "tagboat-doctor-old-a")
        try await withTestServer {
            registry.answer($0)
        } _: { server in
            let diagnosis = try await diagnose(server.address)
            #expect(diagnosis[.cleanUp].verdict == .yes)
            #expect(registry.contents.tags.isEmpty)
        }
    }

    /// Pieces have the length that the registry asks for.
    @Test func theLeastLengthOfAPieceIsKept() async throws {
        var abilities = ScratchServer.Abilities()
        abilities.leastPiece = 2000
        let registry = ScratchServer(abilities)
        try await withTestServer {
            registry.answer($0)
        } _: { server in
            let diagnosis = try await diagnose(server.address)
            let pieces = server.requests.filter { $0.method == "PATCH" }.map(\.body.count)
            #expect(pieces.first == 2000)
            #expect(diagnosis[.resumedUpload].detail == "GET tells Range 0-1999")
        }
    }

    /// A clock is judged by whole seconds either way, and a minute is allowed.
    @Test(arguments: [(-3600, RegistryDiagnosis.Verdict.no), (-50, .yes), (0, .yes), (50, .yes), (90, .no)])
    func theClockIsCompared(offset: Int, verdict: RegistryDiagnosis.Verdict) async throws {
        let registry = ScratchServer(ScratchServer.Abilities())
        try await withTestServer { request in
            var answer = registry.answer(request)
            answer.headers["Date"] = Self.httpDate(Date().addingTimeInterval(TimeInterval(offset)))
            return answer
        } _: { server in
            let diagnosis = try await diagnose(server.address, isReadOnly: true)
            #expect(diagnosis[.clock].verdict == verdict)
            // The answer may take a while on a busy machine.
            #expect(abs((diagnosis.clockSkew ?? .max) - offset) <= 5)
        }
    }

    /// A date as RFC 9110 has it.
    private static func httpDate(_ date: Date) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        // 2026-11-21T10:49:16Z
        let text = date.formatted(.iso8601)
        let parts = text.split(whereSeparator: { "-TZ".contains($0) }).map(String.init)
        return "Sun, \(parts[2]) \(months[(Int(parts[1]) ?? 1) - 1]) \(parts[0]) \(parts[3]) GMT"
    }

    @Test func aBusyRegistryIsAskedAgain() async throws {
        let registry = ScratchServer(ScratchServer.Abilities())
        let count = Mutex(0)
        try await withTestServer { request in
            // Every third request comes too soon.
            let isTooSoon = count.withLock { count in
                count += 1
                return count % 3 == 0
            }
            return isTooSoon ? TestResponse(429, headers: ["Retry-After": "0"]) : registry.answer(request)
        } _: { server in
            let diagnosis = try await diagnose(server.address)
            #expect(diagnosis[.cleanUp].verdict == .yes)
            #expect(diagnosis[.tagDeletion].verdict == .yes)
        }
    }
}
