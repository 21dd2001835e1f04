import OCI
import TestSupport
import Testing

@testable import Registry

/// Every vendor's registry, from the first push to the refusals, and where the credentials went.
@Suite struct VendorTests {
    @Test(arguments: VendorProfile.all)
    func anImageIsPushedReadAndMoved(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                #expect(try await repository.tags().isEmpty)
                try await push(images.first, from: images.layout, to: repository, as: ["1.0.0", "1.0", "latest"])
                #expect(try await repository.tags() == [OCI.Tag("1.0.0"), OCI.Tag("1.0"), .latest])
                #expect(try await repository.digest(of: .latest) == images.first.digest)
                #expect(try await repository.manifest(for: .tag(.latest)) == images.first)
                #expect(try await repository.manifest(for: .digest(images.first.digest)) == images.first)
                try await expectMissing(OCI.Tag("none.of.it"), in: repository, of: profile)
                for blob in try images.first.decoded().blobs {
                    #expect(try await repository.hasBlob(blob))
                    #expect(try await repository.smallBlob(blob) == images.layout.smallBlob(blob))
                }
                // Again, which changes nothing, and then another image.
                try await push(images.first, from: images.layout, to: repository, as: ["1.0.0", "latest"])
                try await push(images.second, from: images.layout, to: repository, as: ["1.0.1", "1.0", "latest"])
            }
            let first = images.first.digest.description
            let second = images.second.digest.description
            #expect(
                registry.tags(of: "acme/ui") == ["1.0.0": first, "1.0": second, "latest": second, "1.0.1": second]
            )
            #expect(registry.manifest(first, of: "acme/ui") == images.first.bytes)
            #expect(registry.manifest(second, of: "acme/ui") == images.second.bytes)
            #expect(registry.strayCredentials == [])
            if case .token = profile.access { #expect(registry.tokenRequests.count == 1) }
        }
    }

    /// Makes sure that a tag is known to be missing; where a missing one is forbidden, it must not be taken for free.
    private func expectMissing(
        _ tag: OCI.Tag,
        in repository: RegistryRepository,
        of profile: VendorProfile
    ) async throws {
        guard profile.manifests.unknown.status == 403 else {
            #expect(try await repository.digest(of: tag) == nil)
            return
        }
        #expect(try await failure { try await repository.digest(of: tag) }?.kind == .denied)
    }

    @Test(arguments: VendorProfile.all)
    func everyTagIsListed(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            let names = (0..<2350).map { "build-\(($0 * 7919) % 2350)" }
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["latest"])
                registry.tag(names, like: "latest", in: "acme/ui")
                registry.forgetRequests()
                #expect(Set(try await repository.tags().map(\.description)) == Set(names + ["latest"]))
            }
            // The largest page that the registry sends, and no page twice.
            let page = profile.tagList.ignoresN ? 2351 : profile.tagList.page ?? 1000
            let pages = (2351 + page - 1) / page
            #expect(registry.registryRequests.count == pages)
            #expect(registry.strayCredentials == [])
        }
    }

    @Test func aListThatBreaksOffIsNotTakenForWhole() async throws {
        try await withVendor(.nexusConnector) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["latest"])
                registry.tag((0..<1500).map { "build-\($0)" }, like: "latest", in: "acme/ui")
                let error = try await failure { try await repository.tags() }
                #expect(error?.status == 404)
                #expect(error?.description.contains("the tags of") == true)
            }
        }
    }

    @Test(arguments: VendorProfile.all.filter { $0.manifests.immutable != nil })
    func anImmutableTagIsToldApartFromAMissingPermission(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["1.0.0"])
                registry.lock(["1.0.0"], in: "acme/ui")
                let before = registry.tags(of: "acme/ui")
                let error = try await failure {
                    try await push(images.second, from: images.layout, to: repository, as: ["1.0.0"])
                }
                #expect(error?.kind == .immutable)
                #expect(error?.status == profile.manifests.immutable?.status)
                #expect(error?.description.contains("acme/ui:1.0.0") == true)
                #expect(registry.tags(of: "acme/ui") == before)
                // Pushed again it may be refused as well, but what it should hold it does.
                let again = try await failure { try await repository.put(images.first, as: OCI.Tag("1.0.0")) }
                #expect(again?.description == nil)
            }
        }
    }

    @Test(arguments: VendorProfile.all.filter { !$0.isOpen })
    func aWrongPasswordIsRefusedAndGoesNowhereElse(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            for user in [registry.writer, nil] {
                try await withRepository(of: registry, as: user, password: "wr0ng") { repository in
                    let error = try await failure {
                        try await push(images.first, from: images.layout, to: repository, as: ["latest"])
                    }
                    #expect([.unauthorized, .denied].contains(error?.kind))
                    #expect(error?.description.contains("wr0ng") == false && error?.hint?.contains("wr0ng") == false)
                }
            }
            #expect(registry.tags(of: "acme/ui")?.isEmpty != false)
            #expect(registry.blobs(of: "acme/ui").isEmpty)
            #expect(registry.strayCredentials == [])
        }
    }

    @Test(arguments: VendorProfile.all.filter { !$0.isOpen })
    func whoMayOnlyPullPushesNothing(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["latest"])
            }
            let before = registry.tags(of: "acme/ui")
            let blobs = registry.blobs(of: "acme/ui")
            registry.forgetRequests()
            try await withRepository(of: registry, as: registry.reader) { repository in
                #expect(try await repository.manifest(for: .tag(.latest)) == images.first)
                let error = try await failure {
                    try await push(images.second, from: images.layout, to: repository, as: ["latest"])
                }
                // The password was right: to log in again helps nobody.
                #expect(error?.kind == .denied)
                #expect(error?.hint?.contains("log in") == false)
            }
            #expect(registry.tags(of: "acme/ui") == before)
            #expect(registry.blobs(of: "acme/ui") == blobs)
            #expect(registry.registryRequests.count < 12)
            #expect(registry.strayCredentials == [])
        }
    }

    @Test(arguments: VendorProfile.all)
    func whatIsMissingIsNotFound(profile: VendorProfile) async throws {
        try await withVendorRegistry(profile) { registry in
            try await withRepository(of: registry, as: registry.writer, access: .pull) { repository in
                #expect(try await repository.tags().isEmpty)
                try await expectMissing(.latest, in: repository, of: profile)
                let error = try await failure { try await repository.manifest(for: .tag(.latest)) }
                #expect(error?.kind == (profile.manifests.unknown.status == 403 ? .denied : .notFound))
                #expect(error?.codes == [profile.missingCode])
            }
            // Looking creates nothing.
            #expect(registry.tags(of: "acme/ui") == nil)
        }
    }

    @Test(arguments: VendorProfile.all.filter { !$0.createsRepositories })
    func aRepositoryThatMustBeMadeFirstIsNamed(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            try await withClient(
                credentials: [.inline(registry.credentialFile(for: registry.writer), variable: "TEST")]
            ) { client in
                let repository = try await client.repository("\(registry.address)/acme/other")
                let error = try await failure {
                    try await push(images.first, from: images.layout, to: repository, as: ["latest"])
                }
                #expect(error?.kind == .notFound)
                #expect(error?.codes == ["NAME_UNKNOWN"])
            }
            #expect(registry.tags(of: "acme/other") == nil)
        }
    }

    @Test(arguments: VendorProfile.all)
    func whoAsksTooOftenWaitsAndGoesOn(profile: VendorProfile) async throws {
        try await withVendor(profile) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                registry.throttle(next: 2)
                try await push(images.first, from: images.layout, to: repository, as: ["latest"])
                registry.throttle(next: 2)
                try await push(images.second, from: images.layout, to: repository, as: ["latest"])
                registry.throttle(next: 100)
                let error = try await failure { try await repository.tags() }
                #expect(error?.kind == .rateLimited)
            }
            #expect(registry.tags(of: "acme/ui") == ["latest": images.second.digest.description])
        }
    }

    @Test func whatAPolicyHoldsBackIsDeniedAndNotImmutable() async throws {
        try await withVendor(.harborWithVulnerabilityPolicy) { registry, images in
            try await withRepository(of: registry, as: registry.writer) { repository in
                try await push(images.first, from: images.layout, to: repository, as: ["latest"])
                for read in [{ try await repository.digest(of: .latest) }] {
                    let error = try await failure(of: read)
                    #expect(error?.kind == .denied)
                    #expect(error?.description.contains("cannot be pulled due to configured policy") == true)
                }
            }
        }
    }
}
