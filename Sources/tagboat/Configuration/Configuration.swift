import Changes
import OCI
import Registry
import Release
import SystemPackage
import Tagging
import Versioning

/// The configuration in force: flag over environment over file over default.
struct Configuration {
    let images: [ImageLocation]
    let from: ImageLocation?
    let version: String?
    let versionFile: FilePath
    let versionSource: VersionSource
    /// The names of branches that release their own line alone.
    let bumpLines: [BranchPattern]
    let bumpPolicy: BumpPolicy
    /// Whether a bump writes the changelog too.
    let bumpsChangelog: Bool
    /// The files besides that one that carry the version.
    let versionFiles: [VersionedFiles.Request]
    let tagPolicy: TagPolicy
    let evidence: Evidence
    private let heads: HeadMovement
    private let mode: ReleaseMode
    /// The variant that is named, or the default one; nil where there is neither.
    private let variant: Variant?
    let commitRules: CommitRules
    let commitPolicy: CommitPolicy
    let labels: [String: String]
    let annotations: [String: String]
    let hasLegacyLabels: Bool
    let dockerfile: FilePath?
    let templates: FilePath?
    let changelog: ChangelogSettings
    let shortHashLength: Int
    let timeout: Duration
    let jobs: Int
    let requestsPerSecond: Double?
    let registries: [RegistryHost: PartialConfiguration.RegistrySettings]
    let credentialFile: FilePath?
    /// The components of a monorepo; none for a repository that is released as one.
    let components: ComponentMap
    /// The component that the run is about; its settings are in force.
    let component: Component?
    let git: GitConfiguration
    let release: ReleaseSettings
    let notification: NotificationSettings
    let build: BuildConfiguration
    let lint: LintConfiguration

    /// Fills what no source says with the defaults.
    ///
    /// - Parameters:
    ///   - partial: what the sources say.
    ///   - components: the components of the repository.
    ///   - component: the one whose settings are among the sources.
    /// - Throws: `ConfigurationError` for values that do not go together.
    init(
        _ partial: PartialConfiguration,
        components: ComponentMap = ComponentMap(),
        component: Component? = nil
    ) throws(ConfigurationError) {
        self.components = components
        self.component = component
        images = partial.images ?? []
        from = partial.from
        version = partial.version
        versionFile = partial.versionFile ?? "VERSION"
        versionSource = partial.versionSource ?? .auto
        bumpLines = partial.bumpLines ?? BranchPattern.defaults
        bumpPolicy = try partial.bumpPolicy()
        bumpsChangelog = partial.bumpsChangelog ?? false
        commitRules = partial.commitRules()
        commitPolicy = partial.commitPolicy(commitRules)
        versionFiles = partial.versionFiles ?? []
        release = ReleaseSettings(partial)
        notification = NotificationSettings(partial)
        labels = partial.labels ?? [:]
        annotations = partial.annotations ?? [:]
        hasLegacyLabels = partial.legacyLabels ?? false
        dockerfile = partial.dockerfile
        templates = partial.templates
        changelog = try ChangelogSettings(partial)
        shortHashLength = partial.shortHashLength ?? 7
        timeout = partial.timeout ?? .seconds(600)
        jobs = partial.jobs ?? ImageCopy.defaultJobs
        requestsPerSecond = partial.requestsPerSecond.map(Double.init)
        registries = partial.registries ?? [:]
        credentialFile = partial.credentialFile
        git = GitConfiguration(partial)
        build = BuildConfiguration(partial)
        lint = LintConfiguration(partial)

        let scheme = try partial.versionScheme()
        var lines = LinePolicy(
            development: partial.development ?? [],
            hasZeroLine: partial.zero == .major,
            off: Set(partial.off ?? []),
            aliases: partial.aliases ?? [:]
        )
        for yanked in partial.yank ?? [] { lines.yanked.insert(try Self.version(yanked, scheme)) }
        for (tag, text) in (partial.hold ?? [:]).sorted(by: { $0.key < $1.key }) {
            let version = try Self.version(text, scheme)
            guard !lines.yanked.contains(version) else {
                throw ConfigurationError(
                    "\(text.place): \(tag) cannot be held on \(version), which is yanked",
                    hint: "hold it on another version, or take the version out of `yank:`"
                )
            }
            lines.held[tag] = version
        }
        var gitTags = partial.gitTags ?? GitTagPattern()
        // The root's tags may lack their prefix, as those of a repository that is released as one.
        if let component, !component.isRoot { gitTags.isPrefixRequired = true }
        gitTags.otherPrefixes = components.tagPrefixes(besides: component?.name ?? "")
        tagPolicy = TagPolicy(
            rules: partial.tags ?? TagRule.defaults,
            flavor: partial.flavor ?? Flavor(),
            scheme: scheme,
            gitTags: gitTags,
            variants: partial.variants ?? [],
            lines: lines
        )
        variant = tagPolicy.variant(named: partial.variant)
        evidence = partial.evidence ?? .registry
        heads = partial.heads ?? .forward
        mode = partial.mode ?? .auto
        if variant == nil, let name = partial.variant { throw Self.unknownVariant(name, of: tagPolicy) }
        try Self.check(tagPolicy, evidence: evidence)
        guard (4...40).contains(shortHashLength) else {
            throw ConfigurationError(
                "a short hash of \(shortHashLength) characters is not possible",
                hint: "choose a length from 4 to 40"
            )
        }
    }

    private static func version(
        _ placed: PartialConfiguration.PlacedText,
        _ scheme: VersionScheme
    ) throws(ConfigurationError) -> Version {
        do {
            return try scheme.version(placed.text)
        } catch {
            throw ConfigurationError("\(placed.place): \(error.description)", hint: "write one whole version")
        }
    }

    /// What a run of one variant goes by.
    ///
    /// - Throws: `ConfigurationError` where it is not said which variant that is.
    func policy() throws(ConfigurationError) -> ReleasePolicy {
        guard let variant else {
            throw ConfigurationError(
                "no variant is named, and none is the default",
                hint: "name one with --variant: \(tagPolicy.variants.map(\.name).joined(separator: ", "))"
            )
        }
        return ReleasePolicy(tags: tagPolicy, variant: variant, evidence: evidence, heads: heads, mode: mode)
    }

    private static func unknownVariant(_ name: String, of tags: TagPolicy) -> ConfigurationError {
        let names = tags.variants.map(\.name)
        if !names.isEmpty { return ConfigurationValue.unknown(name, "variant", among: names) }
        return ConfigurationError(
            "there is no variant \"\(name)\"",
            hint: "name the variants under `variants:` in tagboat.yaml"
        )
    }

    /// The tags of lines need the tags of versions, which are the evidence of what is released.
    private static func check(_ tags: TagPolicy, evidence: Evidence) throws(ConfigurationError) {
        let presets = tags.rules.filter { if case .line = $0.kind { !$0.namesVersions } else { false } }
        let hasVersions = tags.rules.contains { $0.isAboutVersions && !presets.contains($0) }
        if evidence == .registry, let moving = presets.first, !hasVersions {
            throw ConfigurationError(
                "the tag rule \"\(moving.name)\" needs the rule \"version\": "
                    + "a moving tag follows the released versions",
                hint: "add version to `tags:`"
            )
        }
        let names = tags.variants.map(\.name)
        if let twice = names.first(where: { name in names.count(where: { $0 == name }) > 1 }) {
            throw ConfigurationError("the variant \"\(twice)\" stands twice", hint: "give each variant its own name")
        }
        if tags.variants.count(where: \.isDefault) > 1 {
            throw ConfigurationError(
                "more than one variant is the default",
                hint: "only one variant can hold the tags without a suffix"
            )
        }
    }
}

extension PartialConfiguration {
    /// How levels become versions.
    fileprivate func bumpPolicy() throws(ConfigurationError) -> BumpPolicy {
        var policy = BumpPolicy()
        if let zeroPolicy { policy.zero = zeroPolicy }
        guard let initialVersion else { return policy }
        do {
            policy.initial = try SemanticVersion(parsing: initialVersion.text)
        } catch {
            throw ConfigurationError(
                "\(initialVersion.place): \(error.description)",
                hint: "write a version such as 0.1.0 or 1.0.0"
            )
        }
        return policy
    }

    /// How the project writes its versions.
    fileprivate func versionScheme() throws(ConfigurationError) -> VersionScheme {
        let name = scheme?.text ?? (versionPattern != nil ? "regex" : versionFormat != nil ? "calver" : "semver")
        do {
            switch name {
            case "semver":
                return .semantic
            case "numeric":
                let count = versionNumbers ?? 2
                guard (1...6).contains(count) else {
                    throw ConfigurationError("version.numbers: \(count) is not possible", hint: "write 1 to 6")
                }
                return .numeric(count: count)
            case "calver":
                guard let versionFormat else {
                    throw ConfigurationError(
                        "the version scheme calver needs a format",
                        hint: "write it as on calver.org, such as `format: YYYY.0M.MICRO`"
                    )
                }
                return .calendar(try CalendarFormat(versionFormat.text))
            case "pep440":
                return .python(count: versionNumbers ?? 3)
            case "regex":
                guard let versionPattern else {
                    throw ConfigurationError(
                        "the version scheme regex needs a pattern",
                        hint: "write one with named groups, such as `pattern: '(?<major>\\d+)-(?<build>\\d+)'`"
                    )
                }
                return .custom(try VersionPattern(versionPattern.text))
            default:
                let known = ["semver", "numeric", "calver", "pep440", "regex"]
                let unknown = ConfigurationValue.unknown(name, "version scheme", among: known)
                throw ConfigurationError("\(scheme?.place ?? ""): \(unknown.description)", hint: unknown.hint)
            }
        } catch let error as ConfigurationError {
            throw error
        } catch {
            let place = (name == "calver" ? versionFormat : versionPattern)?.place ?? "version"
            throw ConfigurationError("\(place): \(error)", hint: "docs/configuration.md shows one of each kind")
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
