import Testing

@testable import OCI

@Suite struct ManifestTests {
    private static let digest = "sha256:" + String(repeating: "ab", count: 32)

    private static let image = """
        {"schemaVersion":2,"unknown":{"kept":true},"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"\(digest)","size":7},
        "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"\(digest)","size":3,"urls":["x"]}]}
        """
    private static let index = """
        {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
        "digest":"\(digest)","size":1,"platform":{"os":"linux","architecture":"arm64","variant":"v8"}}]}
        """

    private func stored(_ text: String, as type: MediaType) throws -> StoredManifest {
        StoredManifest(bytes: Array(text.utf8), mediaType: type, digest: try Digest(parsing: Self.digest))
    }

    @Test func readsAnImage() throws {
        let manifest = try stored(Self.image, as: .ociManifest)
        let view = try manifest.decoded()
        #expect(view.blobs.map(\.size) == [7, 3])
        #expect(view.children.isEmpty)
        #expect(manifest.bytes == Array(Self.image.utf8))
    }

    @Test func readsAnIndex() throws {
        let view = try stored(Self.index, as: .ociIndex).decoded()
        #expect(view.children.map { $0.platform?.description } == ["linux/arm64/v8"])
        #expect(view.blobs.isEmpty)
    }

    struct Broken: Sendable {
        let text: String
        let type: MediaType
        let problem: String
    }

    @Test(arguments: [
        Broken(text: "{", type: .ociManifest, problem: "it is not valid JSON"),
        Broken(text: "[]", type: .ociManifest, problem: "not of the right type"),
        Broken(text: #"{"schemaVersion":1}"#, type: .ociManifest, problem: "its schemaVersion is not 2"),
        Broken(text: #"{"schemaVersion":2}"#, type: .ociManifest, problem: "\"config\" is missing"),
        Broken(text: #"{"schemaVersion":2,"manifests":[{}]}"#, type: .ociIndex, problem: "\"mediaType\" is missing"),
        Broken(
            text: #"{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:1","size":1}]}"#,
            type: .ociIndex,
            problem: "64 lower-case hexadecimal characters"
        ),
        Broken(text: image, type: .dockerManifest, problem: "says it is application/vnd.oci.image.manifest.v1+json"),
        Broken(
            text: #"{"schemaVersion":1}"#,
            type: MediaType(rawValue: "application/vnd.docker.distribution.manifest.v1+prettyjws"),
            problem: "schema 1"
        ),
        Broken(text: "<html>", type: MediaType(rawValue: "text/html"), problem: "not the media type of an image"),
    ])
    func saysWhatIsWrong(manifest: Broken) throws {
        let stored = try stored(manifest.text, as: manifest.type)
        let error = #expect(throws: ManifestError.self) { try stored.decoded() }
        #expect(error?.description.contains(manifest.problem) == true, "\(error?.description ?? "")")
    }

    @Test func mediaTypesLoseTheirParameters() {
        #expect(MediaType(contentType: "Application/VND.oci.image.index.v1+json; charset=utf-8") == .ociIndex)
    }

    @Test func readsLabels() throws {
        let text =
            #"{"created":"2026-07-10T00:00:00Z","architecture":"amd64","config":{"Labels":{"a":"b"},"Cmd":["x"]}}"#
        let configuration = try ImageConfiguration(parsing: Array(text.utf8))
        #expect(configuration.labels == ["a": "b"])
        #expect(configuration.created == "2026-07-10T00:00:00Z")
        #expect(try ImageConfiguration(parsing: Array(#"{"config":{"Labels":null}}"#.utf8)).labels.isEmpty)
        #expect(throws: ManifestError.self) { try ImageConfiguration(parsing: Array("{".utf8)) }
    }
}
