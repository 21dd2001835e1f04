import OCI
import Registry
import Release
import Tagging

/// One run of `tagboat list`: find the repository, read what the format and the conditions need, and print it.
struct ListRun {
    let context: CommandContext
    let options: ListOptions

    func run() async throws {
        let location = try context.repository(named: options.image, toRun: "list")
        let now = try context.now()
        let filters = try options.filters.map {
            try ListFilter(parsing: $0, scheme: context.configuration.tagPolicy.scheme, now: now)
        }
        try await Stores.with(source: nil, targets: [location], access: .pull, context: context) { stores in
            guard let store = stores.targets.first else { return }
            if needsNoDetails(filters) {
                try await printNames(of: store, filters)
            } else {
                try await printImages(of: store, filters, now: now)
            }
        }
    }

    // MARK: Names

    private func needsNoDetails(_ filters: [ListFilter]) -> Bool {
        options.format == .names && filters.allSatisfy { $0.subject < .image }
            && options.sort != .created && options.sort != .size
    }

    private func printNames(of store: any ImageStore, _ filters: [ListFilter]) async throws {
        let isInStoreOrder = options.sort == nil && !options.reverse
        guard isInStoreOrder, filters.allSatisfy({ $0.subject == .name }) else {
            let order = ListOrder(options.sort ?? .version, isReversed: options.reverse)
            var tags = order.sorted(try await tags(of: store, filters))
            if let limit = options.limit { tags = Array(tags.prefix(limit)) }
            Output.standard.write(tags.map { "\($0.tag)\n" }.joined())
            return
        }
        var left = options.limit ?? Int.max
        for try await page in store.tagPages() {
            let tags = page.filter { tag in filters.allSatisfy { $0.accepts(tag) } }.prefix(left)
            Output.standard.write(tags.map { "\($0)\n" }.joined())
            left -= tags.count
            if left == 0 { break }
        }
    }

    /// The tags that fit, as far as names decide.
    private func tags(of store: any ImageStore, _ filters: [ListFilter]) async throws -> [ListedTag] {
        let existing = try await store.tags()
        if existing.isEmpty { context.inform("\(store.name) has no tags") }
        // A tag that names a version is none that moves.
        let roles = try roles(of: existing, findsMovingTags: !filters.contains(where: \.demandsVersion))
        return existing.compactMap { tag in
            guard filters.allSatisfy({ $0.accepts(tag) }) else { return nil }
            let listed = roles.listed(tag)
            return filters.allSatisfy { $0.accepts(listed) } ? listed : nil
        }
    }

    /// What the tags are for.
    ///
    /// A repository that does not fit the policy is listed all the same.
    private func roles(of tags: Set<Tag>, findsMovingTags: Bool) throws -> TagRoles {
        let policy = context.configuration.tagPolicy
        do {
            return try TagRoles(
                tags,
                naming: TagNaming(policy: policy, context: try context.contextOfNoCommit()),
                findsMovingTags: findsMovingTags
            )
        } catch let error as TaggingError {
            context.inform("warning: the policy does not fit these tags, so none counts as moving or fixed: \(error)")
            return TagRoles(scheme: policy.scheme)
        }
    }

    // MARK: Images

    private func printImages(of store: any ImageStore, _ filters: [ListFilter], now: Timestamp) async throws {
        let tags = try await tags(of: store, filters).sorted()
        let found = try await RepositoryListing(of: store, width: options.jobs).images(of: tags)
        let order = ListOrder(options.sort ?? .version, isReversed: options.reverse)
        let fitting = order.sorted(found.filter { image in filters.allSatisfy { $0.accepts(image) } })
        let now = options.age ? now : nil
        if options.format == .names {
            let names = fitting.flatMap(\.tags).map(\.tag.name).prefix(options.limit ?? Int.max)
            Output.standard.write(names.map { $0 + "\n" }.joined())
            return
        }
        let shown = options.limit.map { Array(fitting.prefix($0)) } ?? fitting
        switch options.format {
        case .json:
            let document = ListDocument(store.name, shown, of: fitting.count, now: now)
            Output.standard.write(try JSONText.render(document))
        case .csv:
            Output.standard.write(ListTable.render(shown))
        case .text, .names:
            let text = ListText(style: context.style, now: now)
            Output.standard.write(text.render(store.name, shown, of: fitting.count))
        }
    }
}
