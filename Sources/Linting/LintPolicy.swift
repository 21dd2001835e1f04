/// What a team asks of its Dockerfiles.
package struct LintPolicy: Sendable {
    /// How much findings matter, where that is not the default.
    package var severities: [LintRule: Severity]
    /// The images that are allowed; none at all allows every one.
    package var allowed: [ImagePattern]
    /// The keys of labels that the image must have.
    package var requiredLabels: [String]
    /// The keys of the labels that it gets when it is built or released.
    package var providedLabels: Set<String>
    /// Values of build arguments.
    package var arguments: [String: String]
    /// The stage that the build ends with; nil for the final one, also for a file that has none of that name.
    package var target: String?

    package init(
        severities: [LintRule: Severity] = [:],
        allowed: [ImagePattern] = [],
        requiredLabels: [String] = [],
        providedLabels: Set<String> = [],
        arguments: [String: String] = [:],
        target: String? = nil
    ) {
        self.severities = severities
        self.allowed = allowed
        self.requiredLabels = requiredLabels
        self.providedLabels = providedLabels
        self.arguments = arguments
        self.target = target
    }

    package func severity(of rule: LintRule) -> Severity { severities[rule] ?? rule.defaultSeverity }
}
