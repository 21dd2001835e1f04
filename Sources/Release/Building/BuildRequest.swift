package import OCI
package import Tagging

/// Everything that a builder is to be told, whichever it is.
package struct BuildRequest: Hashable, Sendable {
    /// The folder whose files the build may use, or what else the builder takes in its place.
    package var context: String
    /// The Dockerfile; nil for the builder's own choice.
    package var file: String?
    /// The stage; nil for the last one.
    package var target: String?
    /// The platforms; none for that of the machine.
    package var platforms: [Platform]
    /// What the image is called on this machine.
    package var tags: [String]
    package var labels: [LabelSet.Label]
    package var annotations: [Annotation]
    package var arguments: [BuildArgument]
    package var cacheSources: [CacheSource]
    package var secrets: [SecretReference]
    package var sshAgents: [String]
    /// The moment that everything in the image is to be of, in seconds since 1970; nil for that of the build.
    package var timestamp: Int64?
    package var bake: Bake
    /// What goes to the builder as it is.
    package var extra: [String]
    package var result: Result
    /// Whether docker's builder can only hand images to its engine: that of the driver `docker` without containerd.
    package var needsEngine = false

    /// What `docker buildx bake` needs beside.
    package struct Bake: Hashable, Sendable {
        /// The target in the file, which is not the stage.
        package var target: String
        /// The files; none for those that bake finds.
        package var files: [String]

        package init(target: String = "default", files: [String] = []) {
            self.target = target
            self.files = files
        }
    }

    /// Where the builder leaves the image.
    package enum Result: Hashable, Sendable {
        /// In a folder, in the builder's own form. The name is one that no other build on this machine uses.
        case files(folder: String, name: String)
        /// In the engine, under the tags.
        case engine
    }

    package init(
        context: String = ".",
        file: String? = nil,
        target: String? = nil,
        platforms: [Platform] = [],
        tags: [String] = [],
        labels: [LabelSet.Label] = [],
        annotations: [Annotation] = [],
        arguments: [BuildArgument] = [],
        cacheSources: [CacheSource] = [],
        secrets: [SecretReference] = [],
        sshAgents: [String] = [],
        timestamp: Int64? = nil,
        bake: Bake = Bake(),
        extra: [String] = [],
        result: Result
    ) {
        self.context = context
        self.file = file
        self.target = target
        self.platforms = platforms
        self.tags = tags
        self.labels = labels
        self.annotations = annotations
        self.arguments = arguments
        self.cacheSources = cacheSources
        self.secrets = secrets
        self.sshAgents = sshAgents
        self.timestamp = timestamp
        self.bake = bake
        self.extra = extra
        self.result = result
    }
}

extension BuildRequest {
    /// An option with its value as words of their own, for each value.
    static func options<Value>(_ name: String, _ values: [Value], _ text: (Value) -> String) -> [String] {
        values.flatMap { [name, text($0)] }
    }

    /// What all builders but bake call the same.
    var commonOptions: [String] {
        Self.options("--file", file.map { [$0] } ?? []) { $0 }
            + Self.options("--target", target.map { [$0] } ?? []) { $0 }
            + (platforms.isEmpty ? [] : ["--platform", platformList])
    }

    var platformList: String { platforms.map(\.description).joined(separator: ",") }

    var labelOptions: [String] { Self.options("--label", labels) { "\($0.key)=\($0.value)" } }

    var argumentOptions: [String] { Self.options("--build-arg", allArguments, \.text) }

    /// The arguments, with the one that builders know the moment by (reproducible-builds.org, SOURCE_DATE_EPOCH).
    var allArguments: [BuildArgument] {
        guard let timestamp, !arguments.contains(where: { $0.name == "SOURCE_DATE_EPOCH" }) else { return arguments }
        return arguments + [BuildArgument("SOURCE_DATE_EPOCH", String(timestamp))]
    }

    var secretOptions: [String] { Self.options("--secret", secrets, \.text) }

    var sshOptions: [String] { Self.options("--ssh", sshAgents) { $0 } }

    /// Takes an image out of docker's engine and puts it into a folder.
    static func enginesExport(of name: String, to folder: String) -> [BuilderCommand] {
        [
            BuilderCommand("docker", ["save", "--output", "\(folder)/\(Builder.archiveFile)", name]),
            // Only the name goes: the image has its tags.
            BuilderCommand("docker", ["rmi", "--no-prune", name], isOptional: true),
        ]
    }

    /// The tags, and the name under which docker's engine hands the image on.
    var enginesTags: [String] {
        guard case .files(_, let name) = result else { return tags }
        return tags + [name]
    }

    /// Refuses levels of annotations that a builder does not know.
    func requireAnnotations(at levels: Set<Annotation.Level>, of builder: String) throws(BuildRefusal) {
        guard let other = annotations.first(where: { !levels.contains($0.level) }) else { return }
        throw BuildRefusal(
            "\(builder) makes no annotations at the level \(other.level.rawValue)",
            hint: "choose manifest or index, or build with docker buildx"
        )
    }
}
