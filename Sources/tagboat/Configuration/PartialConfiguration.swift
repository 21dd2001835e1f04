import Changes
import Git
import Linting
import OCI
import Registry
import Release
import SystemPackage
import Tagging
import Versioning

/// What one source (flags, environment or file) says; nil where it says nothing.
struct PartialConfiguration {
    var images: [ImageLocation]?
    var from: ImageLocation?
    var version: String?
    var versionFile: FilePath?
    var versionFiles: [VersionedFiles.Request]?
    var scheme: PlacedText?
    var versionFormat: PlacedText?
    var versionNumbers: Int?
    var versionPattern: PlacedText?
    var versionSource: VersionSource?
    var gitTags: GitTagPattern?
    var bumpLines: [BranchPattern]?
    var zeroPolicy: ZeroPolicy?
    var initialVersion: PlacedText?
    var bumpsChangelog: Bool?
    var mode: ReleaseMode?
    var tags: [TagRule]?
    var flavor: Flavor?
    var variants: [Variant]?
    var variant: String?
    var evidence: Evidence?
    var yank: [PlacedText]?
    var hold: [Tag: PlacedText]?
    var development: [DevelopmentPattern]?
    var zero: ZeroLine?
    var off: [String]?
    var aliases: [String: [String]]?
    var heads: HeadMovement?
    var component: PlacedText?
    var components: [ComponentSettings]?
    var shared: [SharedPaths]?
    var commitLevels: [String: CommitLevel]?
    var ignoredAuthors: [String]?
    var ignoredTypes: [String]?
    var commitTypes: [String]?
    var commitScopes: [String]?
    var requiresScope: Bool?
    var headerLength: Int?
    var bodyLength: Int?
    var labels: [String: String]?
    var annotations: [String: String]?
    var legacyLabels: Bool?
    var dockerfile: FilePath?
    var templates: FilePath?
    var changelogFile: FilePath?
    var changelogSections: [ChangeSections.Entry]?
    var changelogForge: ForgeChoice?
    var changelogAddress: PlacedText?
    var changelogAuthors: Bool?
    var changelogPrereleases: Bool?
    var shortHashLength: Int?
    var timeout: Duration?
    var jobs: Int?
    var requestsPerSecond: Int?
    var registries: [RegistryHost: RegistrySettings]?
    var credentialFile: FilePath?
    var remote: String?
    var fetchesHistory: Bool?
    var isSigned: Bool?
    var movingGitTags: Set<MovingGitTags.Line>?
    var movingTagKind: MovingTagKind?
    var commitMessage: MessageTemplate?
    var tagMessage: MessageTemplate?
    var committedPaths: [String]?
    var hooks: [HookPoint: [String]]?
    var releaseBump: ReleaseSettings.Bump?
    var tagsGit: Bool?
    var pushesGit: Bool?
    var webhooks: [WebhookAddress]?
    var notificationSecret: Secret?
    var notificationSecretFile: FilePath?
    var notifiesWhen: NotificationSettings.Occasion?
    var build = BuildSettings()
    var lintSeverities: [LintRule: Severity]?
    var allowedImages: [ImagePattern]?
    var requiredLabels: [String]?
    var lintExcludes: [PathPattern]?
    var isLintStrict: Bool?

    struct RegistrySettings: Equatable {
        var plainHTTP: Bool?
        var certificateAuthority: FilePath?
        var clientCertificate: FilePath?
        var clientKey: FilePath?
        var isInsecure: Bool?
        var mirrors: [RegistryHost]?
    }

    /// A text that only the whole configuration can make sense of, and where it stood, for the error.
    struct PlacedText: Equatable {
        let text: String
        let place: String
    }

    /// What a type of commits asks for.
    enum CommitLevel: String, CaseIterable {
        case major, minor, patch, none
    }

    /// What 0.x has in place of a major line.
    enum ZeroLine: String, CaseIterable {
        case major, none
    }
}
