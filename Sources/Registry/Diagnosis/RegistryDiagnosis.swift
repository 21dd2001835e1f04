package import OCI

/// What a registry supports, as requests to it have shown.
package struct RegistryDiagnosis: Sendable {
    /// Whether a feature is there.
    package enum Verdict: String, Sendable, CaseIterable {
        case yes, no
        /// It is there, but not wholly as the specification has it.
        case partly
        /// Those who asked lack the permission.
        case notAllowed = "not allowed"
        /// It was not measured, or the answer told nothing.
        case unknown
    }

    /// What is known of one feature.
    package struct Finding: Sendable, Hashable {
        package let verdict: Verdict
        /// What was seen, in a few words.
        package let detail: String
        /// The status of the answer that decided, where there was one.
        package let status: Int?
    }

    /// The repository that was measured.
    package let repository: RepositoryName
    /// Whether nothing was written because nobody wanted it.
    package let isReadOnly: Bool
    /// How many seconds the registry's clock is ahead of ours; nil where it does not tell the time.
    package internal(set) var clockSkew: Int?
    /// What was made and could not be deleted.
    package internal(set) var remains: [String] = []
    private var findings: [RegistryFeature: Finding] = [:]

    package init(of repository: RepositoryName, isReadOnly: Bool) {
        self.repository = repository
        self.isReadOnly = isReadOnly
    }

    /// What is known of a feature.
    package subscript(feature: RegistryFeature) -> Finding {
        findings[feature] ?? Finding(verdict: .unknown, detail: "not measured", status: nil)
    }

    /// Whether a feature has been judged.
    func knows(_ feature: RegistryFeature) -> Bool { findings[feature] != nil }

    /// Judges a feature; a later judgement takes the place of an earlier one.
    package mutating func note(_ feature: RegistryFeature, _ verdict: Verdict, _ detail: String, status: Int? = nil) {
        findings[feature] = Finding(verdict: verdict, detail: detail, status: status)
    }
}
