package import Changes
package import Git
import Registry
import Tagging
import Versioning

/// Works out what a run of `bump` is going to do; nothing is written.
package struct BumpPlanning {
    /// What a release brings, for the changelog.
    package struct News: Sendable {
        /// The changes, the newest first.
        package let changes: [Change]
        /// The git tag of the release before it; nil for the first one.
        package let previousTag: String?
    }

    private let targets: [BumpTarget]
    private let components: ComponentMap
    private let request: BumpRequest
    private let git: GitRepository?
    private let extent: BumpPlan.Extent
    /// The branch, where the checkout does not tell.
    private let branch: String?
    private let remote: String
    private let message: MessageTemplate
    /// Tells which tags a remote has; nil where nothing is pushed.
    private let remoteTags: (([String]) async throws -> Set<String>)?
    /// The changelog with a release in it; nil where none is written.
    private let changelog: ((BumpTarget, BumpPlan.Release, News) async throws -> FileChange?)?

    package init(
        _ targets: [BumpTarget],
        components: ComponentMap,
        request: BumpRequest,
        git: GitRepository?,
        extent: BumpPlan.Extent,
        branch: String?,
        remote: String,
        message: MessageTemplate,
        remoteTags: (([String]) async throws -> Set<String>)?,
        changelog: ((BumpTarget, BumpPlan.Release, News) async throws -> FileChange?)?
    ) {
        self.targets = targets
        self.components = components
        self.request = request
        self.git = git
        self.extent = extent
        self.branch = branch
        self.remote = remote
        self.message = message
        self.remoteTags = remoteTags
        self.changelog = changelog
    }

    /// A target, and what is known of it.
    private struct Subject {
        let target: BumpTarget
        var facts: BumpFacts
        /// The tag of its last release, where the remote does not have it.
        var unpushed: ReleaseTag?
        /// The moving tags that an earlier run has given to that release.
        var unpushedMovingTags: [String] = []
    }

    /// Works out the plan.
    ///
    /// - Throws: `BumpRefusal`, `GitError`, `VersionFileError`, `VersionedFilesError`, `ProjectError`,
    ///   `SemanticVersionError`.
    package func plan() async throws -> BumpPlan {
        var subjects: [Subject] = []
        let tags = try await git?.tags() ?? []
        for target in targets {
            let reader = BumpFactsReader(target.location, options: options(for: target))
            subjects.append(Subject(target: target, facts: try await reader.facts(for: request, git: git, tags: tags)))
        }
        if let remoteTags { try await findUnpushed(&subjects, tags, remoteTags) }
        if request.target == .automatic || changelog != nil { try await readChanges(&subjects) }
        if request.target == .automatic { askForDependents(&subjects) }

        var plan = BumpPlan(releases: [], extent: extent, branch: subjects.first?.facts.branch, remote: remote)
        for subject in subjects { try await add(subject, to: &plan) }
        plan.unpushedTags = subjects.compactMap(\.unpushed?.name)
        plan.unpushedMovingTags = subjects.flatMap(\.unpushedMovingTags)
            .filter { name in !plan.releases.contains { $0.movingTags.contains { $0.name == name } } }
        plan.message = try message(of: plan.releases)
        if extent == .push, plan.branch == nil, plan.releases.contains(where: \.isNew) {
            throw BumpRefusal.noBranch
        }
        return plan
    }

    private func options(for target: BumpTarget) -> BumpFactsReader.Options {
        let message = self.message
        let name = target.component?.name
        return BumpFactsReader.Options(
            source: target.source,
            policy: target.tags,
            lines: target.lines,
            branch: branch,
            isRecorded: extent >= .commit,
            message: { version in
                let fields = MessageTemplate.Fields(version: version.description, component: name)
                return (try? message.render(fields)) ?? ""
            }
        )
    }

    // MARK: History

    /// Reads what was changed since the last releases, in one walk where there are components.
    private func readChanges(_ subjects: inout [Subject]) async throws {
        guard let git, let tip = try await git.head().commit else { return }
        var history: ComponentHistory?
        if subjects.contains(where: { $0.target.component != nil }) {
            let bases = subjects.compactMap { subject in
                subject.target.component.flatMap { component in
                    subject.facts.lastStable.map { (component.name, $0.commit) }
                }
            }
            history = try await ComponentHistory(
                of: components,
                since: Dictionary(bases) { first, _ in first },
                to: tip,
                in: git
            )
        }
        for index in subjects.indices {
            let (target, facts) = (subjects[index].target, subjects[index].facts)
            let commits: [CommitRecord]
            if let history, let component = target.component {
                commits = history.commits(of: component.name)
            } else {
                let bases = facts.lastStable.map { [$0.commit] } ?? []
                commits = try await git.commits(from: bases, to: tip).map(CommitRecord.init)
            }
            let all = ChangeSet(commits, rules: target.rules)
            subjects[index].facts.sinceLastStable = all
            subjects[index].facts.sinceLast = all
            if let last = facts.last, facts.last != facts.lastStable {
                let newer = Set(try await git.commitIDs(from: [last.commit], to: tip).map(\.description))
                subjects[index].facts.sinceLast = ChangeSet(
                    commits.filter { newer.contains($0.hash) },
                    rules: target.rules
                )
            }
        }
    }

    /// Hands down what the releases of components ask of those that depend on them.
    private func askForDependents(_ subjects: inout [Subject]) {
        var levels: [String: BumpLevel] = [:]
        for subject in subjects {
            if let component = subject.target.component { levels[component.name] = subject.facts.sinceLast?.level }
        }
        let bumps = ComponentBumps(components, levels: levels)
        for index in subjects.indices {
            guard let name = subjects[index].target.component?.name, let bump = bumps[name], let reason = bump.reason
            else { continue }
            subjects[index].facts.demand = BumpFacts.Demand(bump.level, reason: reason)
        }
    }

    private func findUnpushed(
        _ subjects: inout [Subject],
        _ tags: [GitTag],
        _ remoteTags: ([String]) async throws -> Set<String>
    ) async throws {
        let names = subjects.compactMap(\.facts.last?.tag?.name)
        guard !names.isEmpty else { return }
        let there = try await remoteTags(names)
        let commits = Dictionary(tags.map { ($0.name, $0.commit) }) { first, _ in first }
        for index in subjects.indices {
            let (target, facts) = (subjects[index].target, subjects[index].facts)
            guard let tag = facts.last?.tag, !there.contains(tag.name) else { continue }
            let places = MovingGitTags(
                releasing: tag.version,
                after: facts.releases.map(\.version),
                lines: target.movingTags,
                policy: target.tags
            )
            subjects[index].unpushed = tag
            subjects[index].unpushedMovingTags = places.taken.map(\.name).filter { commits[$0] == tag.commit }
        }
    }

    // MARK: Releases

    private func add(_ subject: Subject, to plan: inout BumpPlan) async throws {
        let (target, facts) = (subject.target, subject.facts)
        let name = target.component?.name
        // A run that ended before the push has made the release already.
        if request.target != .automatic, let unpushed = subject.unpushed, let git,
            try await git.head().commit == unpushed.commit
        {
            let reason = "its tag \(unpushed.name) is pushed, which an earlier run could not do"
            plan.staying.append(.init(component: name, version: facts.last?.version, reason: reason))
            return
        }
        switch try BumpDecision(request, facts, policy: target.bump) {
        case .raise(let version, let level, let reason):
            try await add(version, level, reason, isNew: true, subject, to: &plan)
        case .finish(let version, let reason):
            try await add(version, nil, reason, isNew: false, subject, to: &plan)
        case .stay(let version, let reason):
            plan.staying.append(.init(component: name, version: version, reason: reason))
        }
    }

    private func add(
        _ version: SemanticVersion,
        _ level: BumpLevel?,
        _ reason: String,
        isNew: Bool,
        _ subject: Subject,
        to plan: inout BumpPlan
    ) async throws {
        let (target, facts) = (subject.target, subject.facts)
        let places = MovingGitTags(
            releasing: Version(version),
            after: facts.releases.map(\.version),
            lines: target.movingTags,
            policy: target.tags
        )
        let release = BumpPlan.Release(
            component: target.component?.name,
            previous: (isNew ? facts.current ?? facts.last?.version : facts.last?.version).map { Version($0) },
            version: Version(version),
            level: level,
            reason: reason,
            isNew: isNew,
            tag: target.tags.gitTags.name(of: version.description),
            movingTags: places.taken,
            withheldTags: places.withheld
        )
        plan.releases.append(release)
        try await addFiles(of: release, version, subject, to: &plan)
    }

    /// Adds the files that change, the version file last: until it has changed, the same run again does the same.
    private func addFiles(
        of release: BumpPlan.Release,
        _ version: SemanticVersion,
        _ subject: Subject,
        to plan: inout BumpPlan
    ) async throws {
        let (target, facts) = (subject.target, subject.facts)
        if let current = facts.current {
            let disagreements = target.files.disagreements(with: Version(current), or: release.version)
            guard disagreements.isEmpty else { throw VersionedFilesError.disagreement(disagreements) }
        }
        let versionFile = try target.file(with: version, isTagged: facts.last != nil)
        let place = versionFile.map { AtomicFile.resolved($0.path) }
        var files = try target.files.changes(to: release.version).filter { $0.path != place }
        if let changelog {
            let stable = release.version.isStable
            let changes = (stable ? facts.sinceLastStable : facts.sinceLast)?.changes ?? []
            let base = stable ? facts.lastStable : facts.last
            let news = News(changes: changes, previousTag: base?.tag?.name)
            if let file = try await changelog(target, release, news) { files.append(file) }
        }
        plan.files += files + (versionFile.map { [$0] } ?? [])
    }

    private func message(of releases: [BumpPlan.Release]) throws -> String {
        guard releases.count != 1, !releases.isEmpty else {
            return try releases.first.map { try message.render($0.fields) } ?? ""
        }
        let versions = releases.map { release in (release.component.map { $0 + " " } ?? "") + "\(release.version)" }
        return try message.render(MessageTemplate.Fields(version: versions.joined(separator: ", ")))
    }
}
