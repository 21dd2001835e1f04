import OCI
import Registry
import Release
import SystemPackage
import Tagging

/// How images are built.
extension ConfigurationKey {
    static let build: [ConfigurationKey] = source + content + result

    private static let source: [ConfigurationKey] = [
        ConfigurationKey(
            path: "build.driver",
            summary: "What builds the image; auto takes docker where an engine answers, else buildah, else podman.",
            shape: .word(BuilderChoice.allCases.map(\.rawValue)),
            flag: "--driver",
            defaultText: "auto",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.driver = try node.scalar { text throws(ConfigurationError) in
                    try ConfigurationValue.word(text, "driver")
                }
            }
        ),
        ConfigurationKey(
            path: "build.context",
            summary: "The folder whose files the build may use.",
            shape: .text(example: "app"),
            defaultText: ".",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.build.context = try node.builderPath(folder)
            }
        ),
        ConfigurationKey(
            path: "build.file",
            summary: "The Dockerfile; where nothing is said, `dockerfile`, else the builder's own choice.",
            shape: .text(example: "docker/Dockerfile"),
            flag: "--file",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.build.file = try node.builderPath(folder)
            }
        ),
        ConfigurationKey(
            path: "build.target",
            summary: "The stage of the Dockerfile to build.",
            shape: .text(example: "runtime"),
            flag: "--target",
            read: { node, _, partial throws(ConfigurationError) in partial.build.target = try node.text() }
        ),
        ConfigurationKey(
            path: "build.bake-target",
            summary: "The target of docker buildx bake; to name one chooses that driver.",
            shape: .text(example: "ui"),
            flag: "--bake-target",
            defaultText: "default",
            read: { node, _, partial throws(ConfigurationError) in partial.build.bakeTarget = try node.text() }
        ),
        ConfigurationKey(
            path: "build.bake-files",
            summary: "The files of docker buildx bake, in place of those that it finds.",
            shape: .list(.text(example: "docker-bake.hcl")),
            defaultText: "[]",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.build.bakeFiles = try node.items { item throws(ConfigurationError) in
                    try item.builderPath(folder)
                }
            }
        ),
        ConfigurationKey(
            path: "build.options",
            summary: "Further options for the builder, which go to it as they are.",
            shape: .list(.text(example: "--pull")),
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.options = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
    ]

    private static let content: [ConfigurationKey] = [
        ConfigurationKey(
            path: "build.platforms",
            summary: "The platforms to build for; none for that of the machine.",
            shape: .list(.text(example: "linux/arm64")),
            flag: "--platform",
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.platforms = try node.elements(ConfigurationValue.platform)
            }
        ),
        ConfigurationKey(
            path: "build.args",
            summary: "Build arguments besides tagboat's own, with expressions such as {{version}}.",
            shape: .map(.text(example: "{{branch}}")),
            flag: "--build-arg",
            defaultText: "{}",
            read: { node, _, partial throws(ConfigurationError) in partial.build.arguments = try node.texts() }
        ),
        ConfigurationKey(
            path: "build.cache-from",
            summary: "Where layers may be found: release for the last release on this line, or what the builder takes.",
            shape: .list(.text(example: BuildConfiguration.releaseCache)),
            flag: "--cache-from",
            defaultText: "[\(BuildConfiguration.releaseCache)]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.cacheSources = try node.elements { text throws(ConfigurationError) in text }
                    .filter { $0 != "none" }
            }
        ),
        ConfigurationKey(
            path: "build.secrets",
            summary: "Secrets for the time of the build, by reference: id=NAME,src=FILE or id=NAME,env=VARIABLE.",
            shape: .lines(example: "id=npm,env=NPM_TOKEN"),
            flag: "--secret",
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.secrets = try node.elements(ConfigurationValue.secret)
            }
        ),
        ConfigurationKey(
            path: "build.ssh",
            summary: "Agents or keys of ssh for the time of the build: default, or ID=PATH.",
            shape: .list(.text(example: "default")),
            flag: "--ssh",
            defaultText: "[]",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.sshAgents = try node.elements { text throws(ConfigurationError) in text }
            }
        ),
        ConfigurationKey(
            path: "build.annotations",
            summary: "The levels that labels stand at as annotations, too; none for no annotations.",
            shape: .list(.word(Annotation.Level.allCases.map(\.rawValue) + ["none"])),
            flag: "--annotations",
            defaultText: "manifest, of several platforms also index",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.annotationLevels = try node.elements { text throws(ConfigurationError) in
                    text == "none" ? nil : try ConfigurationValue.annotationLevel(text)
                }.compactMap(\.self)
            }
        ),
        ConfigurationKey(
            path: "build.reproducible",
            summary: "Whether everything in the image is of the commit's date, so that a repeat gives the same digest.",
            shape: .boolean,
            flag: "--reproducible, --no-reproducible",
            defaultText: "true",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.isReproducible = try node.scalar(ConfigurationValue.boolean)
            }
        ),
        ConfigurationKey(
            path: "build.add-version-file",
            summary:
                "Where the image gets a file with its version, in a layer of its own; without it only labels tell.",
            shape: .text(example: "/VERSION"),
            flag: "--add-version-file",
            read: { node, _, partial throws(ConfigurationError) in
                partial.build.addedVersionFile = try node.scalar(ConfigurationValue.pathInImage)
            }
        ),
    ]

    private static let result: [ConfigurationKey] = [
        ConfigurationKey(
            path: "build.output",
            summary: "Where the image goes: oci:DIR, an archive, docker-daemon:NAME, or by digest to a repository.",
            shape: .text(example: "oci:build"),
            flag: "--output",
            read: { node, folder, partial throws(ConfigurationError) in
                partial.build.output = try node.scalar(ConfigurationValue.source).relative(to: folder)
            }
        )
    ]
}

extension ConfigurationNode {
    /// A path for the builder, which starts at the file's folder; a URL and `-` are the builder's own.
    fileprivate func builderPath(_ folder: FilePath) throws(ConfigurationError) -> String {
        let text = try text()
        guard !text.isEmpty else { throw error("the path is empty", hint: "name a folder or a file") }
        if text == "-" || text.contains("://") || text.hasPrefix("git@") || folder.isEmpty { return text }
        return folder.pushing(FilePath(text)).lexicallyNormalized().string
    }
}

extension ConfigurationValue {
    static func platform(_ text: String) throws(ConfigurationError) -> Platform {
        do {
            return try Platform(parsing: text)
        } catch {
            throw ConfigurationError(error.description, hint: "write a platform such as linux/arm64")
        }
    }

    static func annotationLevel(_ text: String) throws(ConfigurationError) -> Annotation.Level {
        try word(text, "annotation level")
    }

    static func secret(_ text: String) throws(ConfigurationError) -> SecretReference {
        do {
            return try SecretReference(parsing: text)
        } catch {
            throw ConfigurationError(error.description, hint: error.hint)
        }
    }

    /// A path in an image, without the slash at its front.
    static func pathInImage(_ text: String) throws(ConfigurationError) -> String {
        let path = text.hasPrefix("/") ? String(text.dropFirst()) : text
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        // The name must fit into a tar header, and lead nowhere else.
        guard !path.isEmpty, path.utf8.count <= 100, !parts.contains(where: { ["", ".", ".."].contains($0) }),
            !path.unicodeScalars.contains(where: { $0.value < 0x20 })
        else {
            throw ConfigurationError(
                "\"\(text)\" is no path in an image",
                hint: "write one of at most 100 bytes, such as /VERSION"
            )
        }
        return path
    }
}
