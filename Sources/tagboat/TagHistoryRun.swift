import OCI
import Registry
import Release
import Tagging
import Versioning

/// One run of `tagboat history`: find the repository, read its releases, work their history out, and print it.
struct TagHistoryRun {
    let context: CommandContext
    let options: TagHistoryOptions

    func run() async throws {
        let location = try context.repository(named: options.image, toRun: "history")
        // What is wrong with the options is said before a registry is asked.
        let choice = try choice()
        let span = try options.at.map(span)
        let naming = try TagNaming(policy: context.configuration.tagPolicy, context: try context.contextOfNoCommit())
        let (name, history, found) = try await Stores.with(
            source: nil,
            targets: [location],
            access: .pull,
            context: context
        ) { stores in
            let store = stores.targets[0]
            let lines = try HistoryLines(existing: try await store.tags(), naming: naming)
            let extent = choice.filters.contains(where: \.demandsSize) ? RepositoryListing.Extent.whole : .firstPlatform
            let listing = RepositoryListing(of: store, width: options.jobs, extent: extent)
            let found = try await listing.images(of: lines.tagsToRead)
            return (store.name, TagHistory(lines, images: found), found)
        }
        if history.releases.isEmpty { context.inform("\(PrintableText.escaped(name)) holds no releases") }
        if case .version(let version)? = choice.since, !history.releases.contains(where: { $0.version == version }) {
            throw ConfigurationError(
                "\(version) is not among the releases of \(PrintableText.escaped(name))",
                hint: "name one that `tagboat history` shows, or a date, as --since"
            )
        }
        let extract = HistoryExtract(choice, of: history, images: found)
        if extract.tags.isEmpty, !options.lines.isEmpty {
            context.inform("no moving tag is called \(options.lines.joined(separator: " or "))")
        }
        let rendered = try span.map { try told(of: $0, in: extract, name) } ?? told(extract, name)
        try Output.deliver(rendered, to: options.output)
    }

    private func told(_ extract: HistoryExtract, _ name: String) throws -> String {
        switch options.format {
        case .text: HistoryText(style: style, isWide: options.wide).render(name, extract)
        case .markdown: HistoryMarkdown().render(name, extract)
        case .json: try JSONText.render(HistoryDocument(name, extract))
        case .svg: HistoryPicture(options.title ?? name, extract, axis: options.axis).text
        case .html:
            try Templates(folder: context.configuration.templates)
                .render(
                    "history.page",
                    TemplateFields(name, title: options.title ?? name, extract, axis: options.axis)
                )
        }
    }

    private func told(of span: TimeSpan, in extract: HistoryExtract, _ name: String) throws -> String {
        let moment = HistoryMoment(span, in: extract.history)
        switch options.format {
        case .json: return try JSONText.render(HistoryDocument(name, extract, at: moment))
        case .markdown: return HistoryMarkdown().render(name, moment, extract)
        case .text, .svg, .html: return MomentText(style: style).render(name, moment, extract)
        }
    }

    /// What goes to a file has no colour.
    private var style: Style {
        options.output == nil ? context.style : Style(.never, environment: [:], isTerminal: false)
    }

    // MARK: Options

    private func choice() throws -> HistoryExtract.Choice {
        let policy = context.configuration.tagPolicy
        var choice = HistoryExtract.Choice()
        let now = try context.now()
        choice.filters = try options.filters.map { try ListFilter(parsing: $0, scheme: policy.scheme, now: now) }
        choice.limit = options.limit
        choice.tags = options.lines.map(GlobPattern.init)
        if policy.variants.isEmpty, !options.variants.isEmpty {
            throw ConfigurationError(
                "the project has no variants",
                hint: "leave --variant out, or name the file with `variants:` by --config"
            )
        }
        for name in options.variants {
            guard policy.variants.contains(where: { $0.name == name }) else {
                throw ConfigurationValue.unknown(name, "variant", among: policy.variants.map(\.name))
            }
        }
        choice.variants = Set(options.variants)
        if let since = options.since {
            if let date = TimeSpan(parsing: since) {
                choice.since = .moment(date.first)
            } else if let version = try? policy.version(written: since) {
                choice.since = .version(version)
            } else {
                throw ConfigurationError(
                    "--since: \"\(PrintableText.escaped(since))\" is neither a date nor a version",
                    hint: "write it as 2026-01-31, 2026-01-31T09:30:00Z or 2.1.106"
                )
            }
        }
        return choice
    }

    private func span(_ text: String) throws(ConfigurationError) -> TimeSpan {
        guard let span = TimeSpan(parsing: text) else {
            throw ConfigurationError(
                "--at: \"\(PrintableText.escaped(text))\" is not a date",
                hint: "write it as 2026-01-31 for the whole day in UTC, or as 2026-01-31T09:30:00Z"
            )
        }
        return span
    }
}
