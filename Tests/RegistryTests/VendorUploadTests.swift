import NIOCore
import OCI
import TestSupport
import Testing

@testable import Registry

/// Blobs on their way: mounted, broken off, and too large for one request.
@Suite struct VendorUploadTests {
    /// A blob of two pieces, since a piece has 16 MiB.
    private static let large = [UInt8](repeating: 0x5a, count: (16 << 20) + 4321)

    private func descriptor(_ bytes: [UInt8]) -> Descriptor {
        Descriptor(mediaType: .ociConfiguration, digest: OCI.Digest(of: bytes), size: Int64(bytes.count))
    }

    private func put(_ bytes: [UInt8], to repository: RegistryRepository) async throws {
        let blob = descriptor(bytes)
        try await repository.put(blob: blob) {
            BlobContent(of: blob, from: "memory", chunks: Pieces(bytes: bytes))
        }
    }

    /// Bytes in pieces of 64 KiB, as files are read.
    private struct Pieces: AsyncSequence, Sendable {
        typealias Element = ByteBuffer
        typealias Failure = any Error
        let bytes: [UInt8]

        func makeAsyncIterator() -> Iterator { Iterator(rest: bytes[...]) }

        struct Iterator: AsyncIteratorProtocol {
            var rest: ArraySlice<UInt8>

            mutating func next() async throws -> ByteBuffer? {
                guard !rest.isEmpty else { return nil }
                defer { rest = rest.dropFirst(65_536) }
                return ByteBuffer(bytes: rest.prefix(65_536))
            }
        }
    }

    @Test(arguments: VendorProfile.all)
    func anUploadThatBreaksOffIsBroughtToItsEnd(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, _ in
            try await withRepository(of: registry, as: registry.writer) { repository in
                let small = [UInt8](repeating: 1, count: 100_000)
                for breaks in 1...2 {
                    registry.breakUploads(next: breaks)
                    let bytes = small + [UInt8(breaks)]
                    try await put(bytes, to: repository)
                    #expect(registry.blobs(of: "acme/ui").contains(descriptor(bytes).digest.description))
                }
            }
            #expect(registry.strayCredentials == [])
        }
    }

    @Test(arguments: [VendorProfile.elasticContainerRegistry, .azureContainerRegistry, .specification])
    func aLargeUploadThatBreaksOffIsBroughtToItsEnd(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, _ in
            try await withRepository(of: registry, as: registry.writer) { repository in
                registry.breakUploads(next: 1)
                try await put(Self.large, to: repository)
            }
            #expect(registry.blobs(of: "acme/ui") == [descriptor(Self.large).digest.description])
        }
    }

    @Test(arguments: [VendorProfile.harbor, .dockerRegistry])
    func whatIsTooLargeForAProxyGoesInPieces(profile: VendorProfile) async throws {
        var profile = profile
        profile.blobs.maximumRequest = 16 << 20
        try await withVendor(profile) { registry, _ in
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await put(Self.large, to: repository)
            }
            #expect(registry.blobs(of: "acme/ui") == [descriptor(Self.large).digest.description])
            let chunks = registry.registryRequests.filter { $0.method == "PATCH" }
            #expect(chunks.map { $0.headers["Content-Range"] } == ["0-16777215", "16777216-16781536"])
        }
    }

    @Test(arguments: VendorProfile.all)
    func aBlobOfAnotherRepositoryIsMountedWhereThatWorks(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            if !profile.createsRepositories { registry.create("acme/copy") }
            try await withClient(of: registry, as: registry.writer) { client in
                let source = try await client.repository("\(registry.address)/acme/ui")
                let target = try await client.repository("\(registry.address)/acme/copy")
                try await push(images.first, from: images.layout, to: source, as: ["latest"])
                registry.forgetRequests()
                for blob in try images.first.decoded().blobs {
                    try await target.put(blob: blob, from: source) { try await source.blob(blob) }
                }
            }
            #expect(registry.blobs(of: "acme/copy") == registry.blobs(of: "acme/ui"))
            let bodies = registry.registryRequests.filter { $0.method == "PUT" }.count
            switch profile.blobs.mount {
            case .ignored: #expect(bodies == 2)
            default: #expect(bodies == 0)
            }
            #expect(registry.strayCredentials == [])
        }
    }

    @Test(arguments: VendorProfile.all.filter { !$0.isOpen })
    func whatMayNotBeReadIsSentInstead(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            if !profile.createsRepositories { registry.create("acme/copy") }
            try await withClient(of: registry, as: registry.writer) { client in
                let source = try await client.repository("\(registry.address)/acme/ui")
                let target = try await client.repository("\(registry.address)/acme/copy")
                // The source has nothing: mounting fails in the vendor's own way.
                for blob in try images.first.decoded().blobs {
                    try await target.put(blob: blob, from: source) { try await images.layout.blob(blob) }
                }
            }
            #expect(registry.blobs(of: "acme/copy").count == 2)
        }
    }
}
