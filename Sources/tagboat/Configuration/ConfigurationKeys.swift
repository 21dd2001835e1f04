import OCI
import Registry
import Release
import SystemPackage
import Tagging

extension ConfigurationKey {
    /// Every key, in the order of the documentation.
    static let all: [ConfigurationKey] =
        release + releasing + version + versionFiles + bump + tags + policy + commits + build + git + metadata
        + changelog + notification + monorepo + lint + run

    private static let release: [ConfigurationKey] = [
        ConfigurationKey(
            path: "images",
            summary: "The repositories to tag: on a registry, in a layout, archive or engine (docs/stores.md).",
            shape: .list(.text(example: "ghcr.io/acme/gallery-ui")),
            flag: "--image",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.images = try node.elements(ConfigurationValue.repository).map { $0.relative(to: folder) }
            }
        ),
        ConfigurationKey(
            path: "from",
            summary: "The image to release: on a registry, in a layout, archive or engine (docs/stores.md).",
            shape: .text(example: "oci:build:app"),
            flag: "--from",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.from = try node.scalar(ConfigurationValue.source).relative(to: folder)
            }
        ),
        ConfigurationKey(
            path: "mode",
            summary: "Whether a run is a release or a snapshot, or finds out.",
            shape: .word(ReleaseMode.allCases.map(\.rawValue)),
            flag: "--release, --snapshot",
            defaultText: "auto",
            read: { node, _, partial throws(ConfigurationError) in
                partial.mode = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "mode")
                }
            }
        ),
    ]

    private static let version: [ConfigurationKey] = [
        ConfigurationKey(
            path: "version",
            summary: "The version itself, in place of the VERSION file's.",
            shape: .text(example: "2.1.106"),
            flag: "--version",
            isInFile: false,
            read: { node, _, partial throws(ConfigurationError) in partial.version = try node.text() }
        ),
        ConfigurationKey(
            path: "version.file",
            summary: "The VERSION file.",
            shape: .text(example: "VERSION"),
            flag: "--version-file",
            defaultText: "VERSION",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.versionFile = folder.pushing(FilePath(try node.text()))
            }
        ),
        ConfigurationKey(
            path: "version.source",
            summary: "Where the version comes from; auto takes the VERSION file where there is one, else git tags.",
            shape: .word(VersionSource.allCases.map(\.rawValue)),
            flag: "--version-source",
            defaultText: "auto",
            read: { node, _, partial throws(ConfigurationError) in
                partial.versionSource = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "version source")
                }
            }
        ),
        ConfigurationKey(
            path: "version.scheme",
            summary: "How versions are written, ranked and cut into lines.",
            shape: .word(["semver", "numeric", "calver", "pep440", "regex"]),
            defaultText: "semver",
            read: { node, _, partial throws(ConfigurationError) in partial.scheme = try node.placedText() }
        ),
        ConfigurationKey(
            path: "version.format",
            summary: "The format of calendar versions, in the words of calver.org.",
            shape: .text(example: "YYYY.0M.MICRO"),
            read: { node, _, partial throws(ConfigurationError) in partial.versionFormat = try node.placedText() }
        ),
        ConfigurationKey(
            path: "version.numbers",
            summary: "How many numbers a version has, for the schemes numeric (2 by default) and pep440 (3).",
            shape: .integer(1...6),
            read: { node, _, partial throws(ConfigurationError) in
                partial.versionNumbers = try node.scalar(ConfigurationValue.integer)
            }
        ),
        ConfigurationKey(
            path: "version.pattern",
            summary: "A regular expression with named groups, for the scheme regex.",
            shape: .text(example: "r(?<major>\\d+)-b(?<build>\\d+)"),
            read: { node, _, partial throws(ConfigurationError) in partial.versionPattern = try node.placedText() }
        ),
        ConfigurationKey(
            path: "version.tag-prefix",
            summary: "What stands before the version in the name of its git tag.",
            shape: .text(example: "v"),
            defaultText: "v",
            read: { node, _, partial throws(ConfigurationError) in
                partial.gitTags = GitTagPattern(prefix: try node.text())
            }
        ),
        ConfigurationKey(
            path: "version.tag-pattern",
            summary: "The name of a version's git tag, where a prefix alone does not tell it.",
            shape: .text(example: "release-{version}"),
            read: { node, _, partial throws(ConfigurationError) in
                partial.gitTags = try node.scalar(ConfigurationValue.gitTagPattern)
            }
        ),
    ]

    private static let tags: [ConfigurationKey] = [
        ConfigurationKey(
            path: "tags",
            summary: "The tag rules: presets, or rule lines of docker/metadata-action.",
            shape: .list(
                .either(.word(TagRule.presetNames), .text(example: "type=semver,pattern={{major}}.{{minor}}"))
            ),
            flag: "--tag, --tags",
            defaultText: "[version, minor, major, latest, channel, sha, date]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.tags = try node.elements(ConfigurationValue.rule)
            }
        ),
        ConfigurationKey(
            path: "flavor",
            summary: "What goes for all tags: lines of docker/metadata-action's input flavor.",
            shape: .list(.text(example: "suffix=-alpine,onlatest=true")),
            read: { node, _, partial throws(ConfigurationError) in
                let lines = try node.elements { text throws(ConfigurationError) in text }
                partial.flavor = try node.located { () throws(ConfigurationError) in
                    try ConfigurationValue.flavor(lines)
                }
            }
        ),
        ConfigurationKey(
            path: "variants",
            summary: "Images of the same version that are told apart by a suffix or prefix.",
            shape: .list(
                .either(
                    .text(example: "alpine"),
                    .object([
                        ("name", .text(example: "slim-bookworm"), "What people call it."),
                        ("suffix", .text(example: "slim-bookworm"), "What stands behind its tags; the name."),
                        ("prefix", .text(example: "cuda12"), "What stands before its tags."),
                        ("aliases", .list(.text(example: "slim")), "Further suffixes of its tags."),
                        ("default", .boolean, "Whether it also holds the tags without a suffix."),
                    ])
                )
            ),
            read: { node, _, partial throws(ConfigurationError) in
                partial.variants = try node.items { item throws(ConfigurationError) in try item.variant() }
            }
        ),
        ConfigurationKey(
            path: "variant",
            summary: "The variant that the image is; the default one where none is named.",
            shape: .text(example: "alpine"),
            flag: "--variant",
            isInFile: false,
            read: { node, _, partial throws(ConfigurationError) in partial.variant = try node.text() }
        ),
    ]

    private static let policy: [ConfigurationKey] = [
        ConfigurationKey(
            path: "policy.evidence",
            summary: "What tells which versions are released: the registry's tags, git's tags, or both.",
            shape: .word(Evidence.allCases.map(\.rawValue)),
            flag: "--evidence",
            defaultText: "registry",
            read: { node, _, partial throws(ConfigurationError) in
                partial.evidence = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "evidence")
                }
            }
        ),
        ConfigurationKey(
            path: "policy.yank",
            summary: "Versions that no moving tag may hold.",
            shape: .list(.text(example: "2.1.107")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.yank = try node.items { item throws(ConfigurationError) in try item.placedText() }
            }
        ),
        ConfigurationKey(
            path: "policy.hold",
            summary: "Moving tags that stay on one version, whatever else is released.",
            shape: .map(.text(example: "2.1.106")),
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in
                var hold: [Tag: PartialConfiguration.PlacedText] = [:]
                for (name, version) in try node.entries(known: nil) {
                    let tag = try node.located { () throws(ConfigurationError) in try ConfigurationValue.tag(name) }
                    hold[tag] = try version.placedText()
                }
                partial.hold = hold
            }
        ),
        ConfigurationKey(
            path: "policy.development",
            summary: "Releases for the daring, kept out of wider lines: odd-minor, or patterns such as 2.3.*.",
            shape: .list(.text(example: "odd-minor")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.development = try node.elements(ConfigurationValue.developmentPattern)
            }
        ),
        ConfigurationKey(
            path: "policy.zero",
            summary: "Whether 0.x has the major line 0.",
            shape: .word(PartialConfiguration.ZeroLine.allCases.map(\.rawValue)),
            defaultText: "none",
            read: { node, _, partial throws(ConfigurationError) in
                partial.zero = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "zero line")
                }
            }
        ),
        ConfigurationKey(
            path: "policy.off",
            summary: "Lines that have no tag, by name.",
            shape: .list(.text(example: "latest")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.off = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
        ConfigurationKey(
            path: "policy.aliases",
            summary: "Further names of lines.",
            shape: .map(.list(.text(example: "lts"))),
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in
                var aliases: [String: [String]] = [:]
                for (name, value) in try node.entries(known: nil) {
                    aliases[name] = try value.elements { text throws(ConfigurationError) in
                        try ConfigurationValue.tag(text).name
                    }
                }
                partial.aliases = aliases
            }
        ),
        ConfigurationKey(
            path: "policy.heads",
            summary: "Where tags of branches may go: forward along the branch's history, or anywhere.",
            shape: .word(HeadMovement.allCases.map(\.rawValue)),
            flag: "--heads",
            defaultText: "forward",
            read: { node, _, partial throws(ConfigurationError) in
                partial.heads = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "movement of heads")
                }
            }
        ),
    ]

    private static let metadata: [ConfigurationKey] = [
        ConfigurationKey(
            path: "labels",
            summary: "Labels besides tagboat's own, which they override; an empty one takes it away.",
            shape: .map(.text(example: "Acme")),
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in partial.labels = try node.texts() }
        ),
        ConfigurationKey(
            path: "annotations",
            summary: "Annotations besides the labels.",
            shape: .map(.text(example: "Acme")),
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in partial.annotations = try node.texts() }
        ),
        ConfigurationKey(
            path: "legacy-labels",
            summary: "Whether to add the labels of label-schema.org, which the OCI's replaced.",
            shape: .boolean,
            flag: "--legacy",
            defaultText: "false",
            read: { node, _, partial throws(ConfigurationError) in
                partial.legacyLabels = try node.scalar(ConfigurationValue.boolean)
            }
        ),
        ConfigurationKey(
            path: "dockerfile",
            summary: "The Dockerfile whose final stage tells the base image, for its labels.",
            shape: .text(example: "Dockerfile"),
            flag: "--dockerfile",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.dockerfile = folder.pushing(FilePath(try node.text()))
            }
        ),
        ConfigurationKey(
            path: "templates",
            summary: "A folder whose templates take the place of tagboat's own.",
            shape: .text(example: "templates"),
            flag: "--templates",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.templates = folder.pushing(FilePath(try node.text()))
            }
        ),
    ]

    private static let run: [ConfigurationKey] = [
        ConfigurationKey(
            path: "short-hash-length",
            summary: "The length of the short commit hash.",
            shape: .integer(4...40),
            flag: "--short-hash-length",
            defaultText: "7",
            read: { node, _, partial throws(ConfigurationError) in
                partial.shortHashLength = try node.scalar(ConfigurationValue.integer)
            }
        ),
        ConfigurationKey(
            path: "timeout",
            summary: "How long everything may take: 90s, 10m, 1h.",
            shape: .text(example: "10m"),
            flag: "--timeout",
            defaultText: "10m",
            read: { node, _, partial throws(ConfigurationError) in
                partial.timeout = try node.scalar(ConfigurationValue.duration)
            }
        ),
        ConfigurationKey(
            path: "jobs",
            summary: "How many layers are transferred at once.",
            shape: .integer(1...64),
            flag: "--jobs",
            defaultText: "4",
            read: { node, _, partial throws(ConfigurationError) in
                partial.jobs = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.integer(text, in: 1...64)
                }
            }
        ),
        ConfigurationKey(
            path: "max-requests-per-second",
            summary: "How many requests may start within a second, for registries that limit them.",
            shape: .integer(1...1000),
            flag: "--max-requests-per-second",
            read: { node, _, partial throws(ConfigurationError) in
                partial.requestsPerSecond = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.integer(text, in: 1...1000)
                }
            }
        ),
        ConfigurationKey(
            path: "registries",
            summary: "How registries are reached, by host.",
            shape: .map(
                .object([
                    ("plain-http", .boolean, "Reach the registry without TLS."),
                    ("ca", .text(example: "ca.pem"), "Certificate authorities to trust besides the system's."),
                    ("cert", .text(example: "client.pem"), "The certificate to show to the registry."),
                    ("key", .text(example: "client.key"), "The key of that certificate; in its file by default."),
                    ("insecure", .boolean, "Take any certificate of the registry."),
                    ("mirrors", .list(.text(example: "mirror.local:5000")), "Registries to read from before this one."),
                ])
            ),
            flag: "--plain-http",
            defaultText: "{}",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.registries = try node.registries(folder: folder)
            }
        ),
        ConfigurationKey(
            path: "authfile",
            summary: "A credential file of docker or podman.",
            shape: .text(example: "auth.json"),
            flag: "--authfile",
            isInFile: false,
            read: { node, folder, partial throws(ConfigurationError) in
                partial.credentialFile = folder.pushing(FilePath(try node.text()))
            }
        ),
    ]
}
