import OCI
import Registry
import SystemPackage
import Tagging
import Versioning

/// What one source (flags, environment or file) says; nil where it says nothing.
struct PartialConfiguration: Equatable {
    var images: [ImageLocation]?
    var from: ImageLocation?
    var version: SemanticVersion?
    var versionFile: FilePath?
    var mode: ReleaseMode?
    var tags: [TagRule]?
    var labels: [String: String]?
    var shortHashLength: Int?
    var timeout: Duration?
    var registries: [RegistryHost: RegistrySettings]?
    var credentialFile: FilePath?

    struct RegistrySettings: Equatable {
        var plainHTTP: Bool?
        var certificateAuthority: FilePath?
    }

    /// This source's words, and another's where this one says nothing.
    func overriding(_ other: PartialConfiguration) -> PartialConfiguration {
        PartialConfiguration(
            images: images ?? other.images,
            from: from ?? other.from,
            version: version ?? other.version,
            versionFile: versionFile ?? other.versionFile,
            mode: mode ?? other.mode,
            tags: tags ?? other.tags,
            labels: labels ?? other.labels,
            shortHashLength: shortHashLength ?? other.shortHashLength,
            timeout: timeout ?? other.timeout,
            registries: (other.registries ?? [:]).merging(registries ?? [:]) { theirs, ours in
                RegistrySettings(
                    plainHTTP: ours.plainHTTP ?? theirs.plainHTTP,
                    certificateAuthority: ours.certificateAuthority ?? theirs.certificateAuthority
                )
            },
            credentialFile: credentialFile ?? other.credentialFile
        )
    }
}

/// The configuration in force: flag over environment over file over default.
struct Configuration {
    let images: [ImageLocation]
    let from: ImageLocation?
    let version: SemanticVersion?
    let versionFile: FilePath
    let mode: ReleaseMode
    let tags: [TagRule]
    let labels: [String: String]
    let shortHashLength: Int
    let timeout: Duration
    let registries: [RegistryHost: PartialConfiguration.RegistrySettings]
    let credentialFile: FilePath?

    /// Fills what no source says with the defaults.
    ///
    /// - Throws: `ConfigurationError` for values that do not go together.
    init(_ partial: PartialConfiguration) throws(ConfigurationError) {
        images = partial.images ?? []
        from = partial.from
        version = partial.version
        versionFile = partial.versionFile ?? "VERSION"
        mode = partial.mode ?? .auto
        tags = partial.tags ?? TagRule.defaults
        labels = partial.labels ?? [:]
        shortHashLength = partial.shortHashLength ?? 7
        timeout = partial.timeout ?? .seconds(600)
        registries = partial.registries ?? [:]
        credentialFile = partial.credentialFile

        let moving = tags.filter { [.minor, .major, .latest, .channel].contains($0) }
        guard tags.contains(.version) || moving.isEmpty else {
            throw ConfigurationError(
                "the tag rule \"\(moving[0].rawValue)\" needs the rule \"version\": "
                    + "a moving tag follows the released versions",
                hint: "add version to `tags:`"
            )
        }
        guard (4...40).contains(shortHashLength) else {
            throw ConfigurationError(
                "a short hash of \(shortHashLength) characters is not possible",
                hint: "choose a length from 4 to 40"
            )
        }
    }
}

/// What is wrong with the configuration, on the command line, in the environment or in the file.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    let description: String
    let hint: String?

    init(_ description: String, hint: String? = nil) {
        self.description = description
        self.hint = hint
    }
}
