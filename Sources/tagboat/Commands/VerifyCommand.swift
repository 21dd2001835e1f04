import ArgumentParser
import Git
import OCI
import Registry
import Release
import SystemPackage
import Tagging
import Versioning

/// `tagboat verify`: whether every moving tag is where the rule says.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that every moving version tag is on the highest release of its line.",
        discussion: "Exit code 1 where one is not."
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var tags: TagOptions
    @Option(
        help: ArgumentHelp(
            "What tells which versions are released: registry, git or both (default: registry).",
            valueName: "source"
        )
    )
    var evidence: String?
    @Option(help: "How to print it: text or json.") var format: Format = .text
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        var flags = FlagConfiguration()
        flags.set("policy.evidence", evidence, flag: "--evidence")
        let context = try CommandContext(shared, flags: [registry.configuration(), tags.configuration(), flags])
        let naming = try TagNaming(policy: context.configuration.tagPolicy, context: try context.contextOfNoCommit())
        let evidence = context.configuration.evidence
        let gitVersions = try await gitVersions(evidence, context: context)
        let images = try context.images()
        let audits = try await Stores.with(source: nil, targets: images, access: .pull, context: context) { stores in
            var audits: [TagAudit] = []
            for store in stores.targets {
                audits.append(
                    try await TagAudit.read(store, gitVersions: gitVersions, evidence: evidence, naming: naming)
                )
            }
            return audits
        }
        switch format {
        case .text: Output.standard.write(AuditText(style: context.style).render(audits))
        case .json: Output.standard.write(try JSONText.render(AuditDocument(audits)))
        }
        if audits.contains(where: { !$0.drift.isEmpty }) { throw ExitStatus.findings }
    }

    /// The versions that git tags name, where they count as evidence; else no checkout is needed.
    private func gitVersions(_ evidence: Evidence, context: CommandContext) async throws -> Set<Version>? {
        if evidence == .registry { return nil }
        let git = try GitRepository(discoveringFrom: context.folder.string)
        let head: String
        switch try await git.head() {
        case .branch(_, let id), .detached(let id): head = id.description
        case .unborn: head = ""
        }
        return try await git.releasedVersions(context.configuration.tagPolicy, head: head)
    }
}

/// Findings as people read them.
private struct AuditText {
    let style: Style

    func render(_ audits: [TagAudit]) -> String {
        audits.map(section).joined(separator: "\n")
    }

    private func section(_ audit: TagAudit) -> String {
        var table = Table(indent: "  ")
        for finding in audit.findings {
            let mark =
                finding.isInPlace
                ? Table.Cell(text: "ok", paint: style.good) : Table.Cell(text: "drift", paint: style.bad)
            let detail = finding.drift ?? finding.expected?.description ?? "gone"
            table.add([Table.Cell(text: finding.tag.name), mark, Table.Cell(text: detail)])
        }
        let summary =
            audit.findings.isEmpty
            ? "no releases" : "\(audit.findings.count - audit.drift.count) in place, \(audit.drift.count) drifted"
        return ([audit.name] + table.lines + ["  \(summary)"]).joined(separator: "\n") + "\n"
    }
}

/// The JSON form: docs/json.md, schema `tagboat.verify/1`.
private struct AuditDocument: Encodable {
    let schema = "tagboat.verify/1"
    let inPlace: Bool
    let repositories: [Repository]

    struct Repository: Encodable {
        let name: String
        let tags: [Entry]
    }

    struct Entry: Encodable {
        let tag: String
        let rule: String
        let inPlace: Bool
        let expectedVersion: String?
        let expectedDigest: String?
        let actualVersion: String?
        let actualDigest: String?
    }

    init(_ audits: [TagAudit]) {
        inPlace = audits.allSatisfy(\.drift.isEmpty)
        repositories = audits.map { audit in
            Repository(
                name: audit.name,
                tags: audit.findings.map { finding in
                    Entry(
                        tag: finding.tag.name,
                        rule: finding.rule,
                        inPlace: finding.isInPlace,
                        expectedVersion: finding.expected?.description,
                        expectedDigest: finding.expectedDigest?.description,
                        actualVersion: finding.actual?.description,
                        actualDigest: finding.actualDigest?.description
                    )
                }
            )
        }
    }
}
