/// What a hook finds in its environment.
///
/// None of the names is a variable of the configuration: `TAGBOAT_VERSION` would mislead a tagboat that a hook runs.
package struct HookVariables: Hashable, Sendable {
    package var version: String
    package var previousVersion: String?
    /// The name of the git tag.
    package var tag: String?
    /// The commit's hash, once there is one.
    package var commit: String?
    package var level: String?
    package var component: String?

    package init(
        version: String,
        previousVersion: String? = nil,
        tag: String? = nil,
        commit: String? = nil,
        level: String? = nil,
        component: String? = nil
    ) {
        self.version = version
        self.previousVersion = previousVersion
        self.tag = tag
        self.commit = commit
        self.level = level
        self.component = component
    }

    /// The variable that names the hook; it tells a tagboat that a hook runs it.
    package static let hook = "TAGBOAT_HOOK"

    /// The changes to the environment; what is not known yet is taken out of it.
    package func environment(at point: HookPoint) -> [String: String?] {
        [
            Self.hook: point.rawValue,
            "TAGBOAT_HOOK_VERSION": version,
            "TAGBOAT_HOOK_PREVIOUS_VERSION": previousVersion,
            "TAGBOAT_HOOK_TAG": tag,
            "TAGBOAT_HOOK_COMMIT": commit,
            "TAGBOAT_HOOK_LEVEL": level,
            "TAGBOAT_HOOK_COMPONENT": component,
            // Hooks never run in a dry run, so that a script that is run by hand in one may ask for it too.
            "TAGBOAT_HOOK_DRY_RUN": "false",
        ]
    }
}
