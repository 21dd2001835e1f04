import FoundationEssentials
import OCI
import Registry
import Release
import SystemPackage
import Tagging

/// One run of `tagboat index create`: read the images, make the index, and bring all of it to its place.
struct IndexRun {
    let context: CommandContext
    let options: IndexOptions

    func run() async throws {
        let target = try location(options.target, "the target")
        if case .registry(let reference) = target, reference.digest != nil {
            throw ConfigurationError(
                "the target \(options.target) names a digest, which the images alone decide",
                hint: "name a repository or a tag"
            )
        }
        let sources =
            try options.sources.map { try location($0, "the source") }
            + options.digestFiles.map { try location(inDigestFile: $0, target) }
        let tags = try Set(options.tags.map { try ConfigurationValue.tag($0) } + [target.tag].compactMap(\.self))
        try requireName(target, tags)
        let annotations = try LabelChanges.parse(options.annotations)
        try await Stores.with(
            source: nil,
            sources: sources,
            targets: [target.repository],
            access: options.dryRun ? .pull : .push,
            context: context
        ) { stores in
            guard let store = stores.targets.first else { return }
            let images = try await stores.readSources.concurrentMap(width: 4) { try await $0() }
            let progress = TransferProgress(isTerminal: Output.messagesGoToTerminal, isQuiet: context.isQuiet)
            let join = IndexJoin(in: store, jobs: context.configuration.jobs) { progress.report($0) }
            let names = sources.map(\.text)
            let draft = try await join.draft(of: Array(zip(names, images)).map { ($0, $1) }, annotations: annotations)
            try await bring(draft, of: images, by: join, to: store, tags: tags, traffic: stores.traffic)
        }
    }

    private func bring(
        _ draft: IndexJoin.Draft,
        of images: [SourceImage],
        by join: IndexJoin,
        to store: any ImageStore,
        tags: Set<OCI.Tag>,
        traffic: Traffic?
    ) async throws {
        let digest = draft.index.digest
        let naming = try TagNaming(policy: context.configuration.tagPolicy, context: try context.contextOfNoCommit())
        let selection = ImageTransfer.Selection(
            tags: Dictionary(tags.map { ($0, digest) }) { first, _ in first },
            untagged: tags.isEmpty ? [digest] : []
        )
        // The index needs a place to come from, which no other run has.
        let root = BuildWorkspace.root(context.environment)
        let workspace = BuildWorkspace(AtomicFile.nameBeside(root.appending("index")))
        defer { workspace.remove() }
        try await workspace.use {
            let staged = OCILayout(workspace.staging)
            try await staged.put(draft.index, as: nil)
            let transfer = ImageTransfer(
                from: staged,
                naming: naming,
                isForced: options.force,
                copiesReferrers: false,
                jobs: context.configuration.jobs,
                progress: { _ in }
            )
            let plan = try await transfer.plan(selection, for: store)
            let report = IndexReport(context: context, draft: draft, plan: plan, traffic: traffic)
            if let refusal = TransferRefusal(plan) {
                try report.printPlan(as: options.format)
                throw refusal
            }
            if options.dryRun { return try report.printPlan(as: options.format) }
            try await join.copyImages(of: images)
            try report.print(await transfer.apply([(plan, selection, store)]), as: options.format)
            if let file = options.outputDigest { try AtomicFile.write("\(digest)\n", to: file) }
        }
    }

    // MARK: Places

    private func location(_ text: String, _ place: String) throws -> ImageLocation {
        do {
            return try ImageLocation(parsing: text)
        } catch {
            throw ConfigurationError(
                "\(place): \(error.description)",
                hint: "write an image such as ghcr.io/acme/ui@sha256:… or oci:DIR:NAME"
            )
        }
    }

    /// What a digest file names: an image of the target's repository, or one by its whole name.
    private func location(inDigestFile file: String, _ target: ImageLocation) throws -> ImageLocation {
        guard let data = FileManager.default.contents(atPath: file), data.count <= 4096 else {
            throw ConfigurationError(
                "the digest file \(file) cannot be read",
                hint: "write one with `tagboat build --output-digest \(file)`"
            )
        }
        let text = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard text.count == 1, let name = text.first.map(String.init) else {
            throw ConfigurationError("the digest file \(file) does not hold one digest")
        }
        guard let digest = try? OCI.Digest(parsing: name) else { return try location(name, "the digest file \(file)") }
        guard case .registry(let reference) = target else {
            throw ConfigurationError(
                "the digest file \(file) names no place, and \(options.target) keeps no images by digest",
                hint: "join on a registry, or write the image's whole name into the file"
            )
        }
        return .registry(ImageReference(repository: reference.repository, digest: digest))
    }

    /// Elsewhere than on a registry, what has no name cannot be found again.
    private func requireName(_ target: ImageLocation, _ tags: Set<OCI.Tag>) throws(ConfigurationError) {
        if case .registry = target { return }
        guard tags.isEmpty else { return }
        throw ConfigurationError(
            "the index gets no name in \(options.target)",
            hint: "write one behind it, as in oci:DIR:NAME, or add --tag"
        )
    }
}
