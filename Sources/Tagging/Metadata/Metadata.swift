/// What docker/metadata-action works out for a build: version, tags, labels and annotations.
package struct Metadata: Sendable {
    /// The inputs, under the action's names.
    package struct Inputs: Sendable {
        package var images: [String] = []
        package var tags: [String] = []
        package var flavor: [String] = []
        package var labels: [String] = []
        package var annotations: [String] = []
        /// The levels that annotations are meant for: `manifest`, `index`, `manifest-descriptor`, `index-descriptor`.
        package var annotationLevels = ["manifest"]
        package var bakeTarget = "docker-metadata-action"

        package init() {}
    }

    /// The tag that stands for the version; empty where no rule gives one.
    package let version: String
    /// The tags, each behind every image's name.
    package let tags: [String]
    /// The tags alone.
    package let tagNames: [String]
    /// `key=value`, sorted by key.
    package let labels: [String]
    /// `level:key=value`.
    package let annotations: [String]
    package let warnings: [RuleWarning]
    private let imageNames: [String]
    private let bakeTarget: String

    /// Works it out.
    ///
    /// - Throws: `TagRuleError` for an input that the action would refuse, and for a tag that no registry would take.
    package init(_ inputs: Inputs, context: RuleContext) throws(TagRuleError) {
        let images = try MetadataImage.list(inputs.images)
        var rules: [TagRule] = []
        for line in inputs.tags { rules.append(try TagRule(line: line)) }
        let flavor = try Flavor(lines: inputs.flavor)
        var warnings: [RuleWarning] = []
        let names = try Self.tagNames(
            TagRule.byPriority(rules.isEmpty ? TagRule.actionDefaults : rules),
            flavor: flavor,
            context: context,
            warnings: &warnings
        )
        for name in names { try Self.check(name) }
        version = names.first ?? ""
        tagNames = names
        imageNames = images.filter(\.isEnabled).map { $0.name.lowercased() }
        tags =
            imageNames.isEmpty
            ? names : imageNames.flatMap { image in names.map { image.isEmpty ? $0 : "\(image):\($0)" } }
        labels = try Self.labels(inputs.labels, version: version, context: context)
        let annotations = try Self.labels(inputs.annotations, version: version, context: context)
        self.annotations = inputs.annotationLevels.flatMap { level in annotations.map { "\(level):\($0)" } }
        bakeTarget = inputs.bakeTarget
        self.warnings = warnings
    }

    // MARK: Tags

    /// The tags in the order of their rules, the one that stands for the version first and `latest` last.
    private static func tagNames(
        _ rules: [TagRule],
        flavor: Flavor,
        context: RuleContext,
        warnings: inout [RuleWarning]
    ) throws(TagRuleError) -> [String] {
        var names: [String] = []
        var hasLatest: Bool?
        for rule in rules where try context.isEnabled(rule) {
            guard let outcome = try context.outcome(of: rule, flavor: flavor, warnings: &warnings) else { continue }
            if !names.contains(outcome.text) { names.append(outcome.text) }
            // The first rule that gives a tag decides.
            if hasLatest == nil {
                hasLatest = flavor.latest == .auto ? outcome.impliesLatest : flavor.latest == .always
            }
        }
        if hasLatest == true {
            let prefix = flavor.prefixesLatest ? flavor.prefix : ""
            let suffix = flavor.suffixesLatest ? flavor.suffix : ""
            names.append(RuleContext.sanitized(prefix + "latest" + suffix))
        }
        return names
    }

    /// The action's documentation names these rules without keeping them; a registry would refuse the tag.
    private static func check(_ name: String) throws(TagRuleError) {
        guard name.utf8.count <= 128 else {
            throw TagRuleError("the tag \(name) has \(name.utf8.count) characters; a tag has at most 128")
        }
        guard let first = name.first, first != ".", first != "-" else {
            throw TagRuleError("the tag \(name) begins with a period or a hyphen, which no tag may")
        }
    }

    // MARK: Labels

    private static func labels(
        _ custom: [String],
        version: String,
        context: RuleContext
    ) throws(TagRuleError) -> [String] {
        let repository = context.build.repository
        var lines = [
            "\(LabelKey.title)=\(repository.name)",
            "\(LabelKey.description)=\(repository.description)",
            "\(LabelKey.url)=\(repository.url)",
            "\(LabelKey.source)=\(repository.url)",
            "\(LabelKey.version)=\(version)",
            "\(LabelKey.created)=\(context.date.rfc3339WithMilliseconds)",
            "\(LabelKey.revision)=\(context.build.revision)",
            "\(LabelKey.licenses)=\(repository.license)",
        ]
        for line in custom { lines.append(try context.expand(line)) }
        var values: [String: String] = [:]
        for line in lines {
            guard let equals = line.firstIndex(of: "=") else { continue }
            values[String(line[..<equals])] = String(line[line.index(after: equals)...])
        }
        return values.sorted { CollationKey($0.key) < CollationKey($1.key) }.map { "\($0.key)=\($0.value)" }
    }

    /// The labels as an object; a value ends with its first line, and keys that are numbers come first, as in every
    /// object of JavaScript.
    private var labelObject: OrderedJSON {
        let members = labels.map { label in
            let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (key: String(parts[0]), value: String(parts.last?.prefix { !$0.isNewline } ?? ""))
        }
        func index(_ key: String) -> UInt32? { UInt32(key).flatMap { "\($0)" == key ? $0 : nil } }
        let numbers = members.filter { index($0.key) != nil }.sorted { (index($0.key) ?? 0) < (index($1.key) ?? 0) }
        return .texts(numbers + members.filter { index($0.key) == nil })
    }

    // MARK: Outputs

    /// The action's output `json`.
    package var json: OrderedJSON {
        .object([
            .init("tags", .texts(tags)), .init("tag-names", .texts(tagNames)), .init("labels", labelObject),
            .init("annotations", .texts(annotations)),
        ])
    }

    /// The outcome with its version, for readers elsewhere.
    package var document: OrderedJSON {
        .object([
            .init("version", .string(version)), .init("tags", .texts(tags)), .init("labels", labelObject),
            .init("annotations", .texts(annotations)), .init("tag-names", .texts(tagNames)),
        ])
    }

    /// Which parts a bake definition holds.
    package enum BakeParts: String, CaseIterable, Sendable {
        case all = ""
        case tags = "-tags"
        case labels = "-labels"
        case annotations = "-annotations"
    }

    /// The definition of a target for `docker buildx bake`.
    package func bakeDefinition(_ parts: BakeParts) -> OrderedJSON {
        let arguments = OrderedJSON.texts(
            [("DOCKER_META_IMAGES", imageNames.joined(separator: ","))]
                + (version.isEmpty ? [] : [("DOCKER_META_VERSION", version)])
        )
        let members: [OrderedJSON.Member] =
            switch parts {
            case .all: [.init("tags", .texts(tags)), .init("labels", labelObject), .init("args", arguments)]
            case .tags: [.init("tags", .texts(tags)), .init("args", arguments)]
            case .labels: [.init("labels", labelObject)]
            case .annotations: [.init("annotations", .texts(annotations))]
            }
        return .object([.init("target", .object([.init(bakeTarget, .object(members))]))])
    }
}
