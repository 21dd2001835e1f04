import Dockerfile
import Linting
import OCI

/// The JSON form of a look at Dockerfiles: docs/json.md, schema `tagboat.lint/1`.
struct LintDocument: Encodable {
    let schema = "tagboat.lint/1"
    let passed: Bool
    let errors: Int
    let warnings: Int
    let notes: Int
    let files: [File]

    struct File: Encodable {
        let path: String
        let problem: OrNull<Problem>
        let images: [Image]
        let findings: [Finding]
        let updates: [Update]
    }

    struct Problem: Encodable {
        let line: OrNull<Int>
        let problem: String
    }

    struct Image: Encodable {
        let line: Int
        let column: Int
        let role: String
        let repository: String
        let tag: OrNull<String>
        let digest: OrNull<String>
    }

    struct Finding: Encodable {
        let rule: String
        let severity: String
        let line: Int
        let column: Int
        let endLine: Int
        let endColumn: Int
        let problem: String
        let hint: String
        let ignored: OrNull<String>
    }

    struct Update: Encodable {
        let line: Int
        let column: Int
        let image: String
        let old: OrNull<String>
        let new: String
        let written: Bool
    }

    init(_ report: LintReport) {
        passed = report.hasPassed
        errors = report.count(.error)
        warnings = report.count(.warning)
        notes = report.count(.note)
        files = report.files.map { file in
            var problem: Problem?
            var images: [Image] = []
            switch file.content {
            case .file(let linted): images = linted.references.map { Image(at: $0.place, $0.role, $0.reference) }
            case .unreadable(let line, let text): problem = Problem(line: OrNull(line), problem: text)
            }
            return File(
                path: file.path,
                problem: OrNull(problem),
                images: images,
                findings: file.findings.map(Finding.init),
                updates: file.updates.map { Update($0, isWritten: !report.isDryRun) }
            )
        }
    }
}

extension LintDocument.Image {
    fileprivate init(at place: SourcePlace, _ role: Dockerfile.ImageUse.Role, _ reference: ImageReference) {
        line = place.line
        column = place.column
        self.role =
            switch role {
            case .base: "base"
            case .source: "source"
            case .frontend: "frontend"
            }
        repository = "\(reference.repository.registry)/\(reference.repository.path)"
        tag = OrNull(reference.tag?.name)
        digest = OrNull(reference.digest?.description)
    }
}

extension LintDocument.Finding {
    fileprivate init(_ finding: LintFinding) {
        rule = finding.rule.rawValue
        severity = finding.severity.rawValue
        line = finding.start.line
        column = finding.start.column
        endLine = finding.end.line
        endColumn = finding.end.column
        problem = finding.problem
        hint = finding.hint
        ignored = OrNull(finding.reason)
    }
}

extension LintDocument.Update {
    fileprivate init(_ update: DigestUpdate, isWritten: Bool) {
        line = update.place.line
        column = update.place.column
        image = "\(update.image)"
        old = OrNull(update.old?.description)
        new = update.new.description
        written = isWritten
    }
}
