import FoundationEssentials

/// What the environment tells git, and so us: git(1), "Environment Variables".
struct GitEnvironment: Sendable {
    /// `GIT_DIR`: the repository itself; then none is looked for.
    let directory: String?
    /// `GIT_WORK_TREE`: its work tree.
    let workTree: String?
    /// `GIT_CEILING_DIRECTORIES`: where the search upwards ends, between colons.
    let ceilings: String?
    /// `GIT_DISCOVERY_ACROSS_FILESYSTEM`: whether the search leaves the file system.
    let crossesFileSystems: Bool
    private let variables: [String: String]

    init(_ variables: [String: String]) {
        func value(_ name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }
        directory = value("GIT_DIR")
        workTree = value("GIT_WORK_TREE")
        ceilings = value("GIT_CEILING_DIRECTORIES")
        crossesFileSystems = Self.isTrue(value("GIT_DISCOVERY_ACROSS_FILESYSTEM"))
        self.variables = variables
    }

    /// The process's own.
    static var current: GitEnvironment { GitEnvironment(ProcessInfo.processInfo.environment) }

    /// `GIT_CONFIG_GLOBAL`: the user's configuration in place of the usual; empty for none.
    var globalConfiguration: String? { variables["GIT_CONFIG_GLOBAL"] }

    /// `GIT_CONFIG_SYSTEM`: the machine's configuration in place of the usual.
    var systemConfiguration: String? { variables["GIT_CONFIG_SYSTEM"] }

    /// `GIT_CONFIG_NOSYSTEM`: whether the machine's configuration is left out.
    var isWithoutSystem: Bool { Self.isTrue(variables["GIT_CONFIG_NOSYSTEM"]) }

    /// The values of a key in `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0` and so on.
    func values(of key: String) -> [String] {
        let count = min(variables["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0, 10_000)
        return (0..<max(0, count)).compactMap { index in
            variables["GIT_CONFIG_KEY_\(index)"]?.lowercased() == key ? variables["GIT_CONFIG_VALUE_\(index)"] : nil
        }
    }

    /// Where `~` leads.
    var home: String? { variables["HOME"].flatMap { $0.isEmpty ? nil : $0 } }

    private static func isTrue(_ text: String?) -> Bool {
        ["1", "true", "yes", "on"].contains(text?.lowercased())
    }
}
