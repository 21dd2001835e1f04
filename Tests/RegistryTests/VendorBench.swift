import OCI
import SystemPackage
import TestSupport

@testable import Registry

/// Two images in a layout: one to push, and another one to move tags to.
struct VendorImages {
    let layout: OCILayout
    let first: StoredManifest
    let second: StoredManifest
}

/// Runs a body with a vendor's registry that has the repository `acme/ui`, if need be, and with images to push.
func withVendor(
    _ profile: VendorProfile,
    _ body: (VendorRegistry, VendorImages) async throws -> Void
) async throws {
    try await withVendorRegistry(profile) { registry in
        try await withTemporaryDirectory { folder in
            if !profile.createsRepositories { registry.create("acme/ui") }
            try ImageFixture.write(to: folder, name: "first", labels: ["number": "1"])
            try ImageFixture.write(to: folder, name: "second", labels: ["number": "2"])
            let layout = OCILayout(folder)
            try await body(
                registry,
                VendorImages(
                    layout: layout,
                    first: try layout.manifest(named: "first"),
                    second: try layout.manifest(named: "second")
                )
            )
        }
    }
}

/// Runs a body with a client that has somebody's credentials for a vendor's registry.
func withClient<Value>(
    of registry: VendorRegistry,
    as user: TokenUser?,
    password: String? = nil,
    _ body: (RegistryClient) async throws -> Value
) async throws -> Value {
    let file = registry.credentialFile(for: user, password: password)
    return try await withClient(credentials: [.inline(file, variable: "TEST")], body)
}

/// Runs a body with the repository `acme/ui`, seen by somebody.
func withRepository<Value>(
    of registry: VendorRegistry,
    as user: TokenUser?,
    password: String? = nil,
    access: RepositoryAccess = .push,
    _ body: (RegistryRepository) async throws -> Value
) async throws -> Value {
    try await withClient(of: registry, as: user, password: password) { client in
        try await body(try await client.repository("\(registry.address)/acme/ui", access: access))
    }
}

extension VendorProfile {
    /// Whether everybody may do everything.
    var isOpen: Bool {
        if case .open = access { true } else { false }
    }

    /// Whether single tags can be deleted.
    var deletesTags: Bool {
        if case .untags = deletion.tag { true } else { false }
    }

    /// The code that a missing manifest of a missing repository is told with.
    var missingCode: String {
        createsRepositories ? manifests.unknown.code : repositoryUnknown.code
    }
}
