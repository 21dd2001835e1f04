import OCI
import Registry
import Release
import SystemPackage
import Tagging

/// What one source says of builds; nil where it says nothing.
struct BuildSettings {
    var driver: BuilderChoice?
    var context: String?
    var file: String?
    var target: String?
    var platforms: [Platform]?
    var arguments: [String: String]?
    var cacheSources: [String]?
    var secrets: [SecretReference]?
    var sshAgents: [String]?
    var annotationLevels: [Annotation.Level]?
    var output: ImageLocation?
    var isReproducible: Bool?
    var addedVersionFile: String?
    var bakeTarget: String?
    var bakeFiles: [String]?
    var options: [String]?
}

/// What the configuration says of builds.
struct BuildConfiguration {
    let driver: BuilderChoice
    /// The folder with the files, or a URL.
    let context: String
    /// The Dockerfile; nil for the builder's own choice.
    let file: String?
    let target: String?
    let platforms: [Platform]
    /// Build arguments besides tagboat's own, each with expressions still in it.
    let arguments: [String: String]
    /// Further places of layers, as the builder takes them; `release` stands for the last release.
    let cacheSources: [String]
    let secrets: [SecretReference]
    let sshAgents: [String]
    /// The levels that labels are written at as annotations; nil for those that fit the image.
    let annotationLevels: [Annotation.Level]?
    /// Where the image goes; nil for a folder of tagboat's own.
    let output: ImageLocation?
    /// Whether everything in the image is to be of the commit's date.
    let isReproducible: Bool
    /// Where the image gets a file with its version, without a slash at the front; nil for nowhere.
    let addedVersionFile: String?
    let bake: BuildRequest.Bake?
    /// What goes to the builder as it is.
    let options: [String]

    /// The word for the last release among the places of layers.
    static let releaseCache = "release"

    /// Fills what no source says with the defaults.
    init(_ partial: PartialConfiguration) {
        let build = partial.build
        driver = build.driver ?? .auto
        context = build.context ?? "."
        file = build.file ?? partial.dockerfile?.string
        target = build.target
        platforms = build.platforms ?? []
        arguments = build.arguments ?? [:]
        cacheSources = build.cacheSources ?? [Self.releaseCache]
        secrets = build.secrets ?? []
        sshAgents = build.sshAgents ?? []
        annotationLevels = build.annotationLevels
        output = build.output
        isReproducible = build.isReproducible ?? true
        addedVersionFile = build.addedVersionFile
        options = build.options ?? []
        let isBake = build.driver == .bake || build.bakeTarget != nil || build.bakeFiles != nil
        bake = isBake ? BuildRequest.Bake(target: build.bakeTarget ?? "default", files: build.bakeFiles ?? []) : nil
    }
}
