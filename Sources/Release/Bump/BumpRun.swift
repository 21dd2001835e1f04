package import Git
import SystemPackage
import Tagging
import Versioning

/// Carries a plan out: files, commit, tags, push, with the hooks around each.
///
/// Until something is pushed, a step that fails takes back those before it, so that nothing is half-done. Where the
/// push fails, commit and tags stay, and the same command finishes the job.
package struct BumpRun: Sendable {
    /// Who commits and tags, and how.
    package struct Recording: Sendable {
        package let identity: CommitIdentity
        package let commitSigner: CommitSigner?
        package let tagSigner: CommitSigner?
        /// What else the commit takes up where it was changed: files, folders and patterns.
        package let added: [String]
        package let tagMessage: MessageTemplate
        package let movingTagKind: MovingTagKind
        package let messageHook: CommitMessageHook

        package init(
            identity: CommitIdentity,
            commitSigner: CommitSigner?,
            tagSigner: CommitSigner?,
            added: [String],
            tagMessage: MessageTemplate,
            movingTagKind: MovingTagKind,
            messageHook: CommitMessageHook
        ) {
            self.identity = identity
            self.commitSigner = commitSigner
            self.tagSigner = tagSigner
            self.added = added
            self.tagMessage = tagMessage
            self.movingTagKind = movingTagKind
            self.messageHook = messageHook
        }
    }

    private let plan: BumpPlan
    private let git: GitRepository?
    private let recording: Recording?
    private let program: GitProgram?
    private let hooks: Hooks
    /// The plan as JSON, for hooks.
    private let document: [UInt8]

    package init(
        _ plan: BumpPlan,
        git: GitRepository?,
        recording: Recording?,
        program: GitProgram?,
        hooks: Hooks,
        document: [UInt8]
    ) {
        self.plan = plan
        self.git = git
        self.recording = recording
        self.program = program
        self.hooks = hooks
        self.document = document
    }

    /// What was done.
    package struct Outcome: Sendable {
        package var commit: CommitID?
        /// The tags that were not there before, and those that were moved.
        package var madeTags: [String] = []
        package var push: PushReport?
    }

    /// Carries the plan out.
    ///
    /// - Throws: whatever a step throws; what was done before is taken back, unless it was pushed.
    package func run() async throws -> Outcome {
        var outcome = Outcome()
        var undo: [() async throws -> Void] = []
        do {
            if !plan.releases.isEmpty { try await record(&outcome, &undo) }
            if plan.extent >= .push { try await hook(.beforePush, commit: outcome.commit) }
        } catch {
            for step in undo.reversed() {
                do {
                    try await step()
                } catch let second {
                    throw UndoFailure(cause: "\(error)", problem: "\(second)")
                }
            }
            throw error
        }
        if plan.extent >= .push, let program {
            outcome.push = try await push(program)
            try await hook(.afterPush, commit: outcome.commit)
        }
        return outcome
    }

    private func record(_ outcome: inout Outcome, _ undo: inout [() async throws -> Void]) async throws {
        if plan.start <= .files { try await write(&undo) }
        guard let git, let recording, plan.extent >= .commit else { return }
        if plan.start <= .commit {
            try await commit(&outcome, &undo, git, recording)
        } else {
            outcome.commit = try await git.head().commit
        }
        if plan.extent >= .tag { try await tag(&outcome, &undo, git, recording) }
    }

    // MARK: Files

    private func write(_ undo: inout [() async throws -> Void]) async throws {
        try await hook(.beforeBump)
        let written = try FileTransaction(plan.files).run()
        undo.append { try written.putBack() }
        try await hook(.afterBump)
    }

    // MARK: Commit

    private func commit(
        _ outcome: inout Outcome,
        _ undo: inout [() async throws -> Void],
        _ git: GitRepository,
        _ recording: Recording
    ) async throws {
        try await hook(.beforeCommit)
        let head = try await git.head()
        var paths = try await relativePaths(in: git)
        paths += try await git.changedFiles(matching: recording.added).filter { !paths.contains($0) }
        do {
            let made = try await git.commitFiles(
                at: paths,
                message: try await recording.messageHook.apply(to: plan.message, in: git),
                author: recording.identity.author,
                committer: recording.identity.committer,
                signer: recording.commitSigner
            )
            outcome.commit = made
            undo.append { try await git.takeBack(made, before: head) }
        } catch let error as GitError {
            // An earlier run has committed it already.
            guard case .nothingToCommit = error.kind, !plan.releases.contains(where: \.isNew) else { throw error }
            outcome.commit = head.commit
        }
        try await hook(.afterCommit, commit: outcome.commit)
    }

    private func relativePaths(in git: GitRepository) async throws -> [String] {
        guard let top = await git.workingDirectory else { throw ProjectError.noWorkTree }
        let root = FilePath(top).lexicallyNormalized()
        return try plan.files.map { file in
            var path = file.path.lexicallyNormalized()
            guard path.removePrefix(root) else { throw ProjectError.outsideWorkTree(file.path.string) }
            return path.string
        }
    }

    // MARK: Tags

    private func tag(
        _ outcome: inout Outcome,
        _ undo: inout [() async throws -> Void],
        _ git: GitRepository,
        _ recording: Recording
    ) async throws {
        guard let commit = outcome.commit else { return }
        try await hook(.beforeTag, commit: commit)
        let tagger = recording.identity.committer
        let existing = Dictionary(try await git.tags().map { ($0.name, $0.commit) }) { first, _ in first }
        for release in plan.releases {
            if existing[release.tag] == commit { continue }
            let made = try await git.createAnnotatedTag(
                release.tag,
                at: commit,
                message: try recording.tagMessage.render(release.fields),
                tagger: tagger,
                signer: recording.tagSigner
            )
            outcome.madeTags.append(release.tag)
            undo.append { try await git.putBack([MovedTag(name: release.tag, before: nil, now: made)], by: tagger) }
        }
        let moves = plan.releases.flatMap(\.movingTags).map { TagMove(name: $0.name, commit: commit) }
        let moved = try await git.moveTags(
            moves,
            as: recording.movingTagKind,
            message: plan.releases.map(\.version.description).joined(separator: ", "),
            tagger: tagger,
            signer: recording.tagSigner
        )
        let changed = moved.filter { !$0.isUnchanged }
        outcome.madeTags += changed.map(\.name)
        undo.append { try await git.putBack(changed, by: tagger) }
        try await hook(.afterTag, commit: commit)
    }

    // MARK: Push

    private func push(_ program: GitProgram) async throws -> PushReport {
        let moving = plan.pushedMovingTags.map { "refs/tags/\($0)" }
        let held =
            moving.isEmpty
            ? [:]
            : Dictionary(
                try await program.remoteReferences(of: plan.remote, matching: moving).map { ($0.name, $0.object) }
            ) { first, _ in first }
        var references = plan.branch.map { [PushReference.branch($0)] } ?? []
        references += (plan.unpushedTags + plan.releases.map(\.tag)).map { PushReference.tag($0) }
        references += plan.pushedMovingTags.map { .movingTag($0, replacing: held["refs/tags/\($0)"]) }
        return try await program.push(references, to: plan.remote)
    }

    // MARK: Hooks

    private func hook(_ point: HookPoint, commit: CommitID? = nil) async throws {
        func joined(_ texts: [String?]) -> String? {
            let known = texts.compactMap { $0 }
            return known.isEmpty ? nil : known.joined(separator: " ")
        }
        let releases = plan.releases
        let variables = HookVariables(
            version: joined(releases.map(\.version.description)) ?? "",
            previousVersion: joined(releases.map { $0.previous?.description }),
            tag: plan.extent >= .tag ? joined(releases.map(\.tag)) : nil,
            commit: commit?.description,
            level: joined(releases.map { $0.level?.rawValue }),
            component: joined(releases.map(\.component))
        )
        try await hooks.run(point, plan: document, variables: variables)
    }
}

extension BumpPlan.Release {
    /// What messages may say of it.
    package var fields: MessageTemplate.Fields {
        MessageTemplate.Fields(
            version: version.description,
            previousVersion: previous?.description,
            tag: tag,
            level: level?.rawValue,
            component: component
        )
    }
}

/// A step failed, and taking back those before it failed too.
package struct UndoFailure: Error, CustomStringConvertible {
    let cause: String
    let problem: String

    package var description: String { "\(cause); and what was done before could not be taken back: \(problem)" }
    package var hint: String { "look at `git status` and `git log`, and put back what is not wanted" }
}
