import Dockerfile
import Linting
import OCI
import SystemPackage

/// Dockerfiles that were looked at.
struct LintReport {
    struct File {
        /// The file as people named it.
        let path: String
        /// The file from the top of the project, for readers that know only that.
        let projectPath: String
        let content: Content
        let findings: [LintFinding]
        let updates: [DigestUpdate]

        /// What counts: without what comments let pass.
        var open: [LintFinding] { findings.filter { $0.reason == nil } }
    }

    enum Content {
        case file(LintedFile)
        /// A file that could not be read as a Dockerfile: the line, where there is one, and why.
        case unreadable(line: Int?, problem: String)
    }

    let files: [File]
    let isStrict: Bool
    /// Whether updates were only worked out.
    let isDryRun: Bool

    func count(_ severity: Severity) -> Int {
        files.reduce(0) { $0 + $1.open.count { $0.severity == severity } }
    }

    /// The files that are none, and why.
    var unreadable: [(file: File, line: Int?, problem: String)] {
        files.compactMap { file in
            if case .unreadable(let line, let problem) = file.content { (file, line, problem) } else { nil }
        }
    }

    var hasPassed: Bool { count(.error) == 0 && (!isStrict || count(.warning) == 0) && unreadable.isEmpty }
}
