import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// docker-registry 2.8, and what curl says of it.
@Suite struct DockerRegistryDiagnosisTests {
    private static let expected: [RegistryFeature: RegistryDiagnosis.Verdict] = [
        .encryption: .no, .http2: .no, .api: .yes, .clock: .yes, .authentication: .no, .tokenByPost: .no,
        .credentials: .no, .reading: .yes, .writing: .yes, .wholeUpload: .yes, .chunkedUpload: .yes,
        .resumedUpload: .yes, .singlePostUpload: .no, .mount: .yes, .manifestByDigest: .yes, .manifestByTag: .yes,
        .exactBytes: .yes, .digestHeader: .yes, .manifestHead: .yes, .conditionalGet: .yes, .tagMoves: .yes,
        .conditionalCreation: .no, .conditionalMove: .no, .severalTags: .no, .tagList: .yes, .tagPages: .no,
        .tagOrder: .yes, .referrers: .no, .subjectHeader: .no, .referrersFilter: .no, .tagDeletion: .no,
        .manifestDeletion: .yes, .blobDeletion: .yes, .cleanUp: .yes, .rateLimit: .no, .warnings: .no,
    ]

    @Test func anOpenOneIsMeasuredAndLeftEmpty() async throws {
        try await withDockerRegistry(.open) { registry in
            let diagnosis = try await diagnose(registry.address)
            for feature in RegistryFeature.allCases {
                #expect(diagnosis[feature].verdict == Self.expected[feature], "\(feature)\n\(diagnosis.text)")
            }
            #expect(diagnosis[.tagDeletion].detail == "status 400, DIGEST_INVALID")
            #expect(diagnosis.remains.isEmpty)
            #expect(try await registry.skopeo().tags(of: registry.image("scratch")).isEmpty)
            #expect(
                diagnosis.consequences.contains {
                    $0
                        == "a tag cannot be deleted by itself: `tagboat delete` needs --digest, and takes all tags of the image"
                }
            )
            // What was put is gone, to the last blob.
            let requests = try await registry.requests()
            let urls = requests.filter { $0.method == "PUT" || $0.method == "POST" }.map(\.target)
            #expect(!urls.isEmpty)
            for digest in Set(urls.flatMap { $0.split(whereSeparator: { "/?&=".contains($0) }) })
            where digest.hasPrefix("sha256:") {
                for kind in ["manifests", "blobs"] {
                    let url = "\(registry.url)/v2/scratch/\(kind)/\(digest)"
                    #expect(try await Self.curl("HEAD", url).status == 404)
                }
            }
        }
    }

    @Test func whereNothingCanBeDeletedItSaysWhatRemains() async throws {
        try await withDockerRegistry(.open, allowsDeletion: false) { registry in
            let diagnosis = try await diagnose(registry.address)
            #expect(
                diagnosis.verdicts([.tagDeletion, .manifestDeletion, .blobDeletion, .cleanUp])
                    == [.tagDeletion: .no, .manifestDeletion: .no, .blobDeletion: .no, .cleanUp: .no],
                "\(diagnosis.text)"
            )
            #expect(diagnosis[.manifestDeletion].detail == "status 405, UNSUPPORTED")
            let tags = try await registry.skopeo().tags(of: registry.image("scratch"))
            let told = diagnosis.remains.filter { $0.contains("/scratch:") }
            #expect(tags.map { "\(registry.address)/scratch:\($0)" }.sorted() == told)
            // All of these are ours, so that it can be measured again.
            #expect(try await diagnose(registry.address)[.writing].verdict == .yes)
        }
    }

    /// Each status is the one that curl gets for the same request.
    @Test func curlGetsTheSameAnswers() async throws {
        try await withDockerRegistry(.open) { registry in
            let diagnosis = try await diagnose(registry.address)
            try await withTemporaryDirectory { folder in
                try ImageFixture.write(to: folder, name: "app")
                for tag in ["b", "c", "a"] {
                    try await registry.skopeo().copy("oci:\(folder):app", to: registry.image("curl:\(tag)"))
                }
            }
            let base = "\(registry.url)/v2/curl"
            let text = try await registry.skopeo().rawManifest(of: registry.image("curl:a"))
            let digest = OCI.Digest(of: Array(text.utf8))
            let put = ["--header", "Content-Type: \(MediaType.ociManifest.rawValue)", "--data-binary", text]
            let accept = ["--header", "Accept: \(MediaType.ociManifest.rawValue)"]
            let config = try StoredManifest(
                bytes: Array(text.utf8),
                mediaType: .ociManifest,
                digest: digest
            ).decoded().blobs[0].digest
            let cases: [(RegistryFeature, String, String, [String])] = [
                (.api, "GET", "\(registry.url)/v2/", []),
                (.severalTags, "PUT", "\(base)/manifests/\(digest)?tag=x&tag=y", put),
                (.manifestByDigest, "PUT", "\(base)/manifests/\(digest)", put),
                (.manifestByTag, "PUT", "\(base)/manifests/z", put),
                (.conditionalCreation, "PUT", "\(base)/manifests/a", put + ["--header", "If-None-Match: *"]),
                (.conditionalMove, "PUT", "\(base)/manifests/a", put + ["--header", "If-Match: \"x\""]),
                (.manifestHead, "HEAD", "\(base)/manifests/a", accept),
                (.conditionalGet, "GET", "\(base)/manifests/a", accept + ["--header", "If-None-Match: \"\(digest)\""]),
                (.tagList, "GET", "\(base)/tags/list", []),
                (.tagPages, "GET", "\(base)/tags/list?n=2", []),
                (.referrers, "GET", "\(base)/referrers/\(digest)", []),
                (.writing, "POST", "\(base)/blobs/uploads/", []),
                (.singlePostUpload, "POST", "\(base)/blobs/uploads/?digest=\(config)", ["--data-binary", "x"]),
                (.mount, "POST", "\(registry.url)/v2/curl-mount/blobs/uploads/?mount=\(config)&from=curl", []),
                (.tagDeletion, "DELETE", "\(base)/manifests/a", []),
                (.manifestDeletion, "DELETE", "\(base)/manifests/\(digest)", []),
                (.blobDeletion, "DELETE", "\(base)/blobs/\(config)", []),
            ]
            for (feature, method, url, arguments) in cases {
                let seen = try await Self.curl(method, url, arguments)
                #expect(seen.status == diagnosis[feature].status, "\(feature)\n\(diagnosis.text)")
                if feature == .severalTags { #expect(!seen.headers.contains("oci-tag")) }
                if feature == .tagPages { #expect(!seen.headers.contains("link: <")) }
            }
        }
    }

    @Test func passwordsOverTLS() async throws {
        try await withDockerRegistry(.passwordOverTLS(user: "ada", password: "p:ss w$rd")) { registry in
            let host = try RegistryHost(parsing: registry.address)
            let settings = ConnectionSettings(
                timeout: .seconds(300),
                hosts: [host: .init(certificateAuthority: registry.certificateAuthority)]
            )
            let sources = Self.credentials(registry.address, "ada", "p:ss w$rd")
            let diagnosis = try await diagnose(registry.address, settings: settings, credentials: sources)
            #expect(diagnosis[.encryption].verdict == .partly)
            #expect(diagnosis[.encryption].detail.hasPrefix("TLS 1.3, the certificate expires soon, on 20"))
            #expect(diagnosis[.http2].verdict == .yes)
            #expect(diagnosis[.authentication].detail == "Basic, a password")
            #expect(diagnosis[.credentials].detail == "user ada, from TEST")
            for feature in RegistryFeature.allCases
            where ![.connection, .access].contains(feature.area) {
                #expect(diagnosis[feature].verdict == Self.expected[feature], "\(feature)\n\(diagnosis.text)")
            }
            #expect(try await registry.skopeo(as: "ada:p:ss w$rd").tags(of: registry.image("scratch")).isEmpty)
            #expect(!diagnosis.text.contains("p:ss"))

            for wrong in [[], Self.credentials(registry.address, "ada", "wrong")] {
                let error = try await failure {
                    try await diagnose(registry.address, settings: settings, credentials: wrong)
                }
                #expect(error?.kind == .unauthorized)
            }
        }
    }

    @Test func tokens() async throws {
        let users = RegistrySetup.token(
            users: TokenUser("ada", password: "secret", [.everything]),
            TokenUser("bob", password: "secret", [.pull])
        )
        try await withDockerRegistry(users) { registry in
            let issuer = try #require(registry.tokenIssuer)
            let ada = Self.credentials(registry.address, "ada", "secret")
            let diagnosis = try await diagnose(registry.address, credentials: ada)
            let realm = issuer.realm.split(separator: "/")[1]
            #expect(diagnosis[.authentication].detail == "Bearer, tokens of \(realm), service \(issuer.service)")
            #expect(
                diagnosis[.tokenByPost]
                    == .init(verdict: .no, detail: "status 405 to a form without credentials", status: 405)
            )
            #expect(
                diagnosis.verdicts([.reading, .writing, .mount]) == [.reading: .yes, .writing: .yes, .mount: .yes]
            )
            // The form held nothing secret.
            let forms = issuer.requests.filter { $0.method == "POST" }
            #expect(forms.count == 1 && forms.allSatisfy { !$0.text.contains("secret") })
            #expect(forms.allSatisfy { $0.headers["Authorization"] == nil })

            let bob = Self.credentials(registry.address, "bob", "secret")
            let reader = try await diagnose(registry.address, repository: "other", credentials: bob)
            #expect(
                reader.verdicts([.reading, .writing]) == [.reading: .yes, .writing: .notAllowed],
                "\(reader.text)"
            )

            let nobody = try await diagnose(registry.address, repository: "third")
            #expect(nobody[.reading].verdict == .notAllowed)
            #expect(nobody[.credentials].detail == "none, asks as anybody")

            let wrong = Self.credentials(registry.address, "ada", "wr0ng")
            #expect(
                try await failure { try await diagnose(registry.address, credentials: wrong) }?.kind == .unauthorized
            )
        }
    }

    @Test func whatIsNotThereIsUnreachable() async throws {
        let error = try await failure {
            try await diagnose("127.0.0.1:1", settings: ConnectionSettings(timeout: .seconds(300)))
        }
        #expect(error?.kind == .unreachable)
    }

    // MARK: Parties

    private static func credentials(_ address: String, _ user: String, _ password: String) -> [CredentialFiles.Source] {
        let auth = Data("\(user):\(password)".utf8).base64EncodedString()
        return [.inline(#"{"auths":{"\#(address)":{"auth":"\#(auth)"}}}"#, variable: "TEST")]
    }

    /// A request by curl: the status and the headers, lower-case.
    private static func curl(
        _ method: String,
        _ url: String,
        _ arguments: [String] = []
    ) async throws -> (status: Int, headers: String) {
        let verb = method == "HEAD" ? ["--head"] : ["--request", method, "--dump-header", "-", "--output", "/dev/null"]
        let output = try await run("curl", ["--silent", "--globoff"] + verb + arguments + [url]).requireSuccess()
        let headers = output.standardOutput
        return (headers.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0, headers.lowercased())
    }
}
