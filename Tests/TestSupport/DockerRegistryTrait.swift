package import Testing

/// Starts one registry for a suite, or for a single test, and stops it at the end.
///
/// All tests of the suite share it, so they keep apart by the names of their repositories.
package struct DockerRegistryTrait: SuiteTrait, TestTrait, TestScoping {
    /// How the registry lets clients in.
    let setup: RegistrySetup
    /// Whether manifests and blobs can be deleted.
    let allowsDeletion: Bool
    /// Where the registry keeps its content.
    let storage: RegistryStorage

    /// Tells the testing library to wrap the suite or test function as a whole, not each of its cases.
    ///
    /// - Parameters:
    ///   - test: the suite or test.
    ///   - testCase: the case of a test; nil for the whole.
    /// - Returns: this trait for the whole only.
    package func scopeProvider(for test: Test, testCase: Test.Case?) -> DockerRegistryTrait? {
        testCase == nil ? self : nil
    }

    /// Runs a suite or a test with a registry as `DockerRegistry.current`.
    ///
    /// - Parameters:
    ///   - test: the suite or test.
    ///   - testCase: the case of a test.
    ///   - function: runs the suite or test.
    /// - Throws: what the test throws, or `DockerRegistryError` if the registry does not start.
    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        try await withDockerRegistry(setup, allowsDeletion: allowsDeletion, storage: storage) { registry in
            try await DockerRegistry.$current.withValue(registry) {
                try await function()
            }
        }
    }
}

extension Trait where Self == DockerRegistryTrait {
    /// Gives the suite or test a registry of its own: `DockerRegistry.required()`.
    ///
    /// - Parameters:
    ///   - setup: how the registry lets clients in.
    ///   - allowsDeletion: whether manifests and blobs can be deleted.
    ///   - storage: where the registry keeps its content.
    /// - Returns: the trait.
    package static func dockerRegistry(
        _ setup: RegistrySetup,
        allowsDeletion: Bool = true,
        storage: RegistryStorage = .memory
    ) -> Self {
        DockerRegistryTrait(setup: setup, allowsDeletion: allowsDeletion, storage: storage)
    }
}
