import OCI
import TestSupport

@testable import Registry

/// Examines a registry as `tagboat doctor` does.
func diagnose(
    _ address: String,
    repository: String = "scratch",
    isReadOnly: Bool = false,
    settings: ConnectionSettings = ConnectionSettings(timeout: .seconds(300)),
    credentials: [CredentialFiles.Source] = []
) async throws -> RegistryDiagnosis {
    try await withClient(settings: settings, credentials: credentials) { client in
        let access: RepositoryAccess = isReadOnly ? .pull : .push
        let scratch = try await client.repository("\(address)/\(repository)", access: access)
        let neighbour = try await client.repository("\(address)/\(repository)-mount", access: access)
        return try await scratch.diagnosis(
            neighbour: neighbour,
            isReadOnly: isReadOnly,
            credential: try CredentialOrigin.find(for: scratch.repository, in: CredentialFiles(credentials)),
            run: "test"
        )
    }
}

extension RegistryDiagnosis {
    /// The verdicts of some features.
    func verdicts(_ features: [RegistryFeature]) -> [RegistryFeature: Verdict] {
        Dictionary(uniqueKeysWithValues: features.map { ($0, self[$0].verdict) })
    }

    /// The findings in lines, for failure messages.
    var text: String {
        RegistryFeature.allCases.map { "\($0): \(self[$0].verdict.rawValue), \(self[$0].detail)" }.joined(
            separator: "\n"
        )
    }
}
