import Testing

@testable import OCI

@Suite struct IndexAssemblyTests {
    private static func digest(_ letter: Character) throws -> Digest {
        try Digest(parsing: "sha256:" + String(repeating: letter, count: 64))
    }

    private static func image(_ letter: Character, _ platform: String) throws -> IndexAssembly.Entry {
        let manifest = StoredManifest(bytes: Array("{}".utf8), mediaType: .ociManifest, digest: try digest(letter))
        return .init(manifest, platform: try Platform(parsing: platform), origin: "here")
    }

    /// The entries of an index as a build with BuildKit makes it: an image, and what is attested to it.
    private static func attested(_ letter: Character, _ platform: Platform) throws -> [IndexAssembly.Entry] {
        let image = try digest(letter)
        let text = """
            {"schemaVersion": 2, "mediaType": "\(MediaType.ociIndex)", "manifests": [
              {"mediaType": "\(MediaType.ociManifest)", "digest": "\(image)", "size": 7, "x": 1.50,
               "platform": {"os": "\(platform.os)", "architecture": "\(platform.architecture)", "os.features": ["y"]}},
              {"mediaType": "\(MediaType.ociManifest)", "digest": "\(try digest(Character("\(letter)")).reversed)",
               "size": 8, "platform": {"os": "unknown", "architecture": "unknown"},
               "annotations": {"vnd.docker.reference.type": "attestation-manifest",
                               "vnd.docker.reference.digest": "\(image)"}}]}
            """
        let bytes = Array(text.utf8)
        let index = StoredManifest(bytes: bytes, mediaType: .ociIndex, digest: image)
        return try IndexAssembly.Entry.entries(of: index, origin: "there")
    }

    @Test func theOrderOfImagesDoesNotMatter() throws {
        let images = [
            try Self.image("a", "linux/arm64/v8"), try Self.image("b", "linux/amd64"),
            try Self.image("c", "linux/arm/v7"), try Self.image("d", "windows/amd64"),
            try Self.image("e", "linux/arm/v6"),
        ]
        let bytes = try IndexAssembly(images).bytes(annotations: ["z": "1", "a": "2"])
        #expect(try IndexAssembly(images.reversed()).bytes(annotations: ["a": "2", "z": "1"]) == bytes)
        let index = StoredManifest(bytes: bytes, mediaType: .ociIndex, digest: try Self.digest("a"))
        guard case .index(let decoded) = try index.decoded() else { throw ManifestError.malformed("no index") }
        let names = decoded.manifests.compactMap(\.platform).map(\.description)
        #expect(names == ["linux/amd64", "linux/arm/v6", "linux/arm/v7", "linux/arm64/v8", "windows/amd64"])
        #expect(decoded.annotations == ["z": "1", "a": "2"])
    }

    @Test func theBytesAreThese() throws {
        let bytes = try IndexAssembly([try Self.image("a", "linux/arm/v7")]).bytes(annotations: ["k": "v"])
        let hex = String(repeating: "a", count: 64)
        let expected =
            #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"#
            + #""application/vnd.oci.image.manifest.v1+json","digest":"sha256:\#(hex)","size":2,"platform":"#
            + #"{"architecture":"arm","os":"linux","variant":"v7"}}],"annotations":{"k":"v"}}"#
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test func whatABuildAttestsStandsBehindTheImages() throws {
        let arm = try Self.attested("1", Platform(os: "linux", architecture: "arm64"))
        let amd = try Self.attested("2", Platform(os: "linux", architecture: "amd64"))
        let assembly = try IndexAssembly(arm + amd)
        let text = String(decoding: assembly.bytes(annotations: [:]), as: UTF8.self)
        #expect(assembly.platforms.map(\.description) == ["linux/amd64", "linux/arm64"])
        // Unknown keys and the writing of numbers stay.
        #expect(text.contains(#""x":1.50"#) && text.contains(#""os.features":["y"]"#))
        let order = try [Self.digest("2"), Self.digest("1"), Self.digest("2").reversed, Self.digest("1").reversed]
        let places = order.compactMap { text.firstRange(of: #""digest":"\#($0)""#)?.lowerBound }
        #expect(places.count == 4 && places == places.sorted())
        #expect(!text.contains("annotations\":{}"))
    }

    struct Problem: Sendable {
        let name: String
        let entries: @Sendable () throws -> [IndexAssembly.Entry]
        let text: String
    }

    @Test(arguments: [
        Problem(name: "none", entries: { [] }, text: "there is no image to make an index of"),
        Problem(
            name: "twice the same platform",
            entries: { [try image("a", "linux/amd64"), try image("b", "linux/amd64")] },
            text: "two images are for linux/amd64: sha256:aaaaaaaaaaaa of here and sha256:bbbbbbbbbbbb of here"
        ),
        Problem(
            name: "twice the same image",
            entries: { [try image("a", "linux/amd64"), try image("a", "linux/amd64")] },
            text: "two images are for linux/amd64: sha256:aaaaaaaaaaaa of here and sha256:aaaaaaaaaaaa of here"
        ),
        Problem(
            name: "a variant that is implied, and said",
            entries: { [try image("a", "linux/arm64"), try image("b", "linux/arm64/v8")] },
            text: "two images are for linux/arm64/v8: sha256:aaaaaaaaaaaa of here and sha256:bbbbbbbbbbbb of here"
        ),
        Problem(
            name: "an attestation without its image",
            entries: {
                [try image("a", "linux/amd64")]
                    + (try attested("2", Platform(os: "linux", architecture: "arm64")).dropFirst())
            },
            text: "sha256:dddddddddddd of there attests to an image that is not among those that are joined"
        ),
    ])
    func whatDoesNotGoTogetherIsRefused(_ problem: Problem) throws {
        let error = try #require(throws: IndexProblem.self, "\(problem.name)") {
            try IndexAssembly(try problem.entries())
        }
        #expect(error.description == problem.text)
        #expect(!error.hint.isEmpty)
    }
}

extension Digest {
    /// Another digest for what belongs to this one: each digit taken from 15.
    fileprivate var reversed: Digest {
        get throws {
            let digits = hex.map { String(15 - ($0.hexDigitValue ?? 0), radix: 16) }.joined()
            return try Digest(parsing: "sha256:\(digits)")
        }
    }
}
