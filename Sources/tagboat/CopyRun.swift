import OCI
import Registry
import Release
import Tagging

/// One run of `tagboat copy`: find out what goes where, say it, and do it.
struct CopyRun {
    let context: CommandContext
    let options: CopyOptions

    /// What goes to one repository.
    private struct Errand {
        let repository: ImageLocation
        var tags: Set<Tag>
    }

    func run() async throws {
        let source = try location(options.source, "the source")
        let errands = try errands(defaultTag: defaultTag(source))
        let targets = errands.map(\.repository)
        let naming = try TagNaming(policy: context.configuration.tagPolicy, context: try context.contextOfNoCommit())
        try await Stores.with(
            source: options.allTags ? nil : source,
            origin: options.allTags ? source : nil,
            targets: targets,
            access: options.dryRun ? .pull : .push,
            context: context
        ) { stores in
            let (origin, heading, selections) = try await selections(errands, source: source, stores)
            let progress = TransferProgress(isTerminal: Output.messagesGoToTerminal, isQuiet: context.isQuiet)
            let transfer = ImageTransfer(
                from: origin,
                naming: naming,
                isForced: options.force,
                copiesReferrers: options.referrers,
                jobs: context.configuration.jobs,
                progress: { progress.report($0) }
            )
            let pairs = Array(zip(stores.targets, selections))
            let plans = try await pairs.concurrentMap(width: 4) { try await transfer.plan($1, for: $0) }
            let report = TransferReport(context: context, heading: heading, plans: plans, traffic: stores.traffic)
            let refusal = refusal(in: plans)
            if options.dryRun || refusal != nil {
                try report.printPlan(as: options.format)
                if let refusal { throw refusal }
                return
            }
            let outcomes = await transfer.apply(Array(zip(plans, pairs)).map { ($0, $1.1, $1.0) })
            try report.print(outcomes, as: options.format)
        }
    }

    // MARK: What

    private func selections(
        _ errands: [Errand],
        source: ImageLocation,
        _ stores: Stores
    ) async throws -> (origin: any ImageStore, heading: String, selections: [ImageTransfer.Selection]) {
        guard !options.allTags else {
            guard let origin = stores.origin else { throw ConfigurationError("the source cannot be read") }
            let tags = try await origin.digests(of: try await origin.tags())
            let selection = ImageTransfer.Selection(tags: tags)
            let heading = "all \(tags.count) tags of \(origin.name)"
            return (origin, heading, errands.map { _ in selection })
        }
        guard let image = try await stores.readSource?() else { throw ConfigurationError("the source cannot be read") }
        var digest = image.manifest.digest
        var heading = "image \(digest) of \(image.store.name)"
        if let platform = try options.platform.map(platform) {
            let chosen = try await ImageInspector(image.store).manifest(for: platform, of: image.manifest)
            if chosen.digest != digest {
                heading = "image \(chosen.digest) of \(image.store.name): only \(platform) of the index \(digest)"
                digest = chosen.digest
            }
        }
        let selections = errands.map { errand in
            ImageTransfer.Selection(
                tags: Dictionary(errand.tags.map { ($0, digest) }) { first, _ in first },
                untagged: errand.tags.isEmpty ? [digest] : []
            )
        }
        return (image.store, heading, selections)
    }

    private func platform(_ text: String) throws -> Platform {
        do {
            return try Platform(parsing: text)
        } catch {
            throw ConfigurationError("--platform: \(error.description)")
        }
    }

    // MARK: Where

    /// The repositories in their order, each once, with the tags for it.
    private func errands(defaultTag: Tag?) throws -> [Errand] {
        let extra = try options.tags.map { text throws(ConfigurationError) in
            try ConfigurationValue.tag(text)
        }
        var errands: [Errand] = []
        for text in options.targets {
            let target = try location(text, "the target")
            if case .registry(let reference) = target, reference.digest != nil {
                throw ConfigurationError(
                    "the target \(text) names a digest, which the source alone decides",
                    hint: "name a repository or a tag"
                )
            }
            let named = target.tag.map { [$0] } ?? (extra.isEmpty ? defaultTag.map { [$0] } ?? [] : [])
            if options.allTags, target.tag != nil {
                throw ConfigurationError(
                    "\(text) names a tag, and --all-tags copies every one",
                    hint: "name the repository alone"
                )
            }
            let tags = options.allTags ? [] : Set(named + extra)
            if let index = errands.firstIndex(where: { $0.repository == target.repository }) {
                errands[index].tags.formUnion(tags)
            } else {
                errands.append(Errand(repository: target.repository, tags: tags))
            }
        }
        return errands
    }

    /// The tag that the source is known by; none where a digest or the only image of a layout is meant.
    private func defaultTag(_ source: ImageLocation) -> Tag? {
        if case .registry(let reference) = source, reference.tag == nil, reference.digest == nil { return .latest }
        return source.tag
    }

    private func location(_ text: String, _ place: String) throws -> ImageLocation {
        do {
            return try ImageLocation(parsing: text)
        } catch {
            throw ConfigurationError(
                "\(place): \(error.description)",
                hint: "write an image such as ghcr.io/acme/ui:2.1 or oci:DIR:NAME"
            )
        }
    }

    // MARK: Whether

    /// Why nothing may be touched; a tag that was named and cannot be given is a refusal, too.
    private func refusal(in plans: [TargetPlan]) -> TransferRefusal? {
        for plan in plans {
            for step in plan.steps {
                switch step.verdict {
                case .refused(let reason): return TransferRefusal(repository: plan.name, reason: reason)
                case .withheld(let reason) where !options.allTags:
                    return TransferRefusal(repository: plan.name, reason: reason)
                default: break
                }
            }
        }
        return nil
    }
}

/// Tags that do not go where somebody wants them.
struct TransferRefusal: Error, CustomStringConvertible {
    let description: String
    let hint = "check that this is the right image; to do it all the same, run again with --force"

    /// The refusal that a plan holds, where a tag that was named and cannot be given is one too; nil for none.
    init?(_ plan: TargetPlan) {
        for step in plan.steps {
            if case .refused(let reason) = step.verdict {
                self.init(repository: plan.name, reason: reason)
                return
            }
            if case .withheld(let reason) = step.verdict {
                self.init(repository: plan.name, reason: reason)
                return
            }
        }
        return nil
    }

    init(repository: String, reason: String) {
        description = "nothing was touched: in \(repository) \(reason)"
    }
}
