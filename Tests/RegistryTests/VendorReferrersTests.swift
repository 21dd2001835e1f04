import OCI
import TestSupport
import Testing

@testable import Registry

/// What is about an image, listed by each vendor's API or, where there is none, by the tag that stands for it.
@Suite struct VendorReferrersTests {
    private static let types = ["application/vnd.acme.signature+json", "application/vnd.acme.sbom"]

    private func descriptor(of manifest: StoredManifest) -> String {
        #"{"mediaType":"\#(manifest.mediaType.rawValue)","digest":"\#(manifest.digest)","size":\#(manifest.bytes.count)"#
    }

    private func stored(_ text: String, _ mediaType: MediaType) -> StoredManifest {
        StoredManifest(bytes: Array(text.utf8), mediaType: mediaType, digest: OCI.Digest(of: Array(text.utf8)))
    }

    /// Something about an image, which borrows that image's configuration.
    private func referrer(_ type: String, about image: StoredManifest) throws -> StoredManifest {
        let config = try #require(try image.decoded().blobs.first)
        let fields = #""mediaType":"\#(config.mediaType.rawValue)","digest":"\#(config.digest)","size":\#(config.size)"#
        let empty = "{\(fields)}"
        let parts = [
            #""schemaVersion":2,"mediaType":"\#(MediaType.ociManifest.rawValue)","artifactType":"\#(type)""#,
            #""config":\#(empty),"layers":[],"subject":\#(descriptor(of: image))}"#,
        ]
        return stored("{\(parts.joined(separator: ","))}", .ociManifest)
    }

    private func expectReferrers(_ profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["1.0.0"])
                let referrers = try Self.types.map { try referrer($0, about: images.first) }
                for manifest in referrers { try await repository.put(manifest, as: OCI.Tag?.none) }
                if profile.referrers == nil {
                    let entries = zip(referrers, Self.types).map { manifest, type in
                        descriptor(of: manifest) + #","artifactType":"\#(type)"}"#
                    }
                    let type = MediaType.ociIndex.rawValue
                    let list = entries.joined(separator: ",")
                    let index = stored(#"{"schemaVersion":2,"mediaType":"\#(type)","manifests":[\#(list)]}"#, .ociIndex)
                    try await repository.put(index, as: try OCI.Tag("sha256-\(images.first.digest.hex)"))
                }
                let all = try await repository.referrers(of: images.first.digest, artifactType: nil)
                #expect(Set(all.map(\.digest)) == Set(referrers.map(\.digest)))
                for (manifest, type) in zip(referrers, Self.types) {
                    let some = try await repository.referrers(of: images.first.digest, artifactType: type)
                    #expect(some.map(\.digest) == [manifest.digest])
                }
                #expect(try await repository.referrers(of: images.second.digest, artifactType: nil).isEmpty)
            }
            #expect(registry.strayCredentials == [])
        }
    }

    @Test(arguments: VendorProfile.all)
    func referrersAreFoundByAnyWay(profile: VendorProfile) async throws {
        try await expectReferrers(profile)
    }

    @Test func aRegistryThatDoesNotFilterIsFilteredHere() async throws {
        var profile = VendorProfile.specification
        profile.referrers?.filters = false
        try await expectReferrers(profile)
    }
}
