import Changes
import Linting

/// What the configuration asks of Dockerfiles.
struct LintConfiguration {
    let severities: [LintRule: Severity]
    let allowed: [ImagePattern]
    let requiredLabels: [String]
    /// The files that are not looked for.
    let excludes: [PathPattern]
    /// Whether warnings fail the run, too.
    let isStrict: Bool

    /// Fills what no source says with the defaults.
    init(_ partial: PartialConfiguration) {
        severities = partial.lintSeverities ?? [:]
        allowed = partial.allowedImages ?? []
        requiredLabels = partial.requiredLabels ?? []
        excludes = partial.lintExcludes ?? []
        isStrict = partial.isLintStrict ?? false
    }
}
