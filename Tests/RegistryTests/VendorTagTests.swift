import OCI
import TestSupport
import Testing

@testable import Registry

/// Several tags at once (distribution-spec main, end-7b), and tags that are deleted.
@Suite struct VendorTagTests {
    private static let multiTag = VendorProfile.all.filter { $0.manifests.maximumTags != nil }

    private func tags(_ numbers: Range<Int>) throws -> [OCI.Tag] { try numbers.map { try OCI.Tag("t\($0)") } }

    /// How often manifests were put: by digest with tags, and by tag.
    private func puts(_ registry: VendorRegistry) -> (together: Int, single: Int) {
        let puts = registry.registryRequests.filter { $0.method == "PUT" && $0.path.contains("/manifests/") }
        let together = puts.filter { $0.path.contains("sha256:") }.count
        return (together, puts.count - together)
    }

    @Test(arguments: VendorProfile.all)
    func manyTagsAreSetWhateverTheRegistryCan(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            let names = try tags(0..<60)
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: [])
                let failures = await repository.put(images.first, as: names)
                #expect(failures.isEmpty)
                let first = puts(registry)
                // What was found out is remembered: no request is sent in vain a second time.
                registry.forgetRequests()
                #expect(await repository.put(images.first, as: names).isEmpty)
                let second = puts(registry)
                if profile.manifests.maximumTags != nil {
                    #expect(first.single == 0 && second.single == 0)
                    #expect(first.together == 2 && second.together == 2)
                } else {
                    #expect(first == (1, 60) && second == (0, 60))
                }
            }
            let digest = images.first.digest.description
            let expected = Dictionary(uniqueKeysWithValues: names.map { ($0.description, digest) })
            #expect(registry.tags(of: "acme/ui") == expected)
            #expect(registry.strayCredentials == [])
        }
    }

    @Test func aTagThatTheAnswerLeavesOutIsSetByItself() async throws {
        var forgetful = VendorProfile.olareg
        forgetful.manifests.ignoredTags = ["t3", "t7"]
        try await withVendor(forgetful) { registry, images in
            try await withRepository(of: registry, as: nil) { repository in
                try await push(images.first, from: images.layout, to: repository, as: [])
                #expect(await repository.put(images.first, as: try tags(0..<10)).isEmpty)
                #expect(puts(registry) == (1, 2))
            }
            #expect(registry.tags(of: "acme/ui")?.count == 10)
        }
    }

    @Test func oneImmutableTagDoesNotKeepTheOthersBack() async throws {
        try await withVendor(.specification) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: [])
                #expect(await repository.put(images.first, as: try tags(0..<5)).isEmpty)
                registry.lock(["t2"], in: "acme/ui")
                try await push(images.second, from: images.layout, to: repository, as: [])
                let failures = await repository.put(images.second, as: try tags(0..<5))
                #expect(Set(failures.keys) == [try OCI.Tag("t2")])
                #expect((failures.values.first as? RegistryError)?.kind == .immutable)
            }
            let held = registry.tags(of: "acme/ui") ?? [:]
            #expect(held["t2"] == images.first.digest.description)
            #expect(held.values.filter { $0 == images.second.digest.description }.count == 4)
        }
    }

    // MARK: Deletion

    @Test(arguments: VendorProfile.all)
    func aTagIsDeletedAloneOrNotAtAll(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            let digest = images.first.digest.description
            try await withRepository(of: registry, as: registry.writer, access: .delete) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["1.0.0", "latest"])
                let error = try await failure { try await repository.delete(.tag(.latest)) }
                switch profile.deletion.tag {
                case .untags:
                    #expect(error?.description == nil)
                    #expect(registry.tags(of: "acme/ui") == ["1.0.0": digest])
                    let again = try await failure { try await repository.delete(.tag(.latest)) }
                    #expect([.notFound, .denied].contains(again?.kind))
                case .refused(let problem):
                    #expect(error?.kind == .unsupported)
                    #expect(error?.codes == [problem.code])
                    #expect(registry.tags(of: "acme/ui") == ["1.0.0": digest, "latest": digest])
                }
            }
            // The image is there whatever happened to the tag.
            #expect(registry.manifest(digest, of: "acme/ui") == images.first.bytes)
            #expect(registry.strayCredentials == [])
        }
    }

    @Test(arguments: VendorProfile.all)
    func anImageIsDeletedWithItsTagsOrNotAtAll(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            let digest = images.first.digest.description
            try await withRepository(of: registry, as: registry.writer, access: .delete) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["1.0.0", "latest"])
                let error = try await failure { try await repository.delete(.digest(images.first.digest)) }
                switch profile.deletion.manifest {
                case .deletesWithTags:
                    #expect(error?.description == nil)
                    #expect(registry.tags(of: "acme/ui") == [:])
                    #expect(registry.manifest(digest, of: "acme/ui") == nil)
                case .needsNoTags(let problem), .refused(let problem):
                    #expect(error?.codes == [problem.code])
                    #expect(registry.tags(of: "acme/ui") == ["1.0.0": digest, "latest": digest])
                    #expect(registry.manifest(digest, of: "acme/ui") == images.first.bytes)
                }
            }
        }
    }

    @Test(arguments: VendorProfile.all.filter { $0.manifests.immutable != nil && $0.deletesTags })
    func anImmutableTagIsNotDeleted(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            try await withRepository(of: registry, as: registry.writer, access: .delete) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["1.0.0"])
                registry.lock(["1.0.0"], in: "acme/ui")
                let error = try await failure { try await repository.delete(.tag(try OCI.Tag("1.0.0"))) }
                #expect(error?.kind == .immutable)
            }
            #expect(registry.tags(of: "acme/ui")?.count == 1)
        }
    }
}
