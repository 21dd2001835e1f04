import Versioning

extension ConfigurationKey {
    /// How the next version is found.
    static let bump: [ConfigurationKey] = [
        ConfigurationKey(
            path: "bump.lines",
            summary: "The names of maintenance branches, which release versions of their own line alone.",
            shape: .list(.text(example: "release/{major}.{minor}")),
            defaultText: "[\(BranchPattern.defaults.map { "\"\($0.text)\"" }.joined(separator: ", "))]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.bumpLines = try node.elements(ConfigurationValue.branchPattern)
            }
        ),
        ConfigurationKey(
            path: "bump.zero",
            summary: "What 0.x does with what commits ask for: lower makes breaking minor and features patch.",
            shape: .word(ZeroPolicy.allCases.map(\.rawValue)),
            defaultText: ZeroPolicy.lower.rawValue,
            read: { node, _, partial throws(ConfigurationError) in
                partial.zeroPolicy = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "policy for 0.x")
                }
            }
        ),
        ConfigurationKey(
            path: "bump.initial",
            summary: "The version of the first release, where commits alone decide.",
            shape: .text(example: "1.0.0"),
            defaultText: "0.1.0",
            read: { node, _, partial throws(ConfigurationError) in partial.initialVersion = try node.placedText() }
        ),
        ConfigurationKey(
            path: "bump.changelog",
            summary: "Whether a bump writes the new version's section into the changelog.",
            shape: .boolean,
            flag: "--changelog",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.bumpsChangelog = try node.scalar(ConfigurationValue.boolean)
            }
        ),
    ]
}
