import Dockerfile
import Linting

/// Findings as annotations of a workflow run: lines `::error file=…,line=…::PROBLEM`, which the runner reads off the
/// output (GitHub, "Workflow commands for GitHub Actions").
enum WorkflowAnnotations {
    static func render(_ report: LintReport) -> String {
        var lines: [String] = []
        for file in report.files {
            for finding in file.open {
                var properties = [
                    ("file", file.projectPath), ("line", "\(finding.start.line)"), ("col", "\(finding.start.column)"),
                ]
                if finding.end.line == finding.start.line, finding.end.column > finding.start.column {
                    properties += [("endLine", "\(finding.end.line)"), ("endColumn", "\(finding.end.column)")]
                } else {
                    properties.append(("endLine", "\(finding.end.line)"))
                }
                properties.append(("title", finding.rule.rawValue))
                lines.append(command(finding.severity, properties, "\(finding.problem)\n\(finding.hint)"))
            }
            if case .unreadable(let line, let problem) = file.content {
                let place = [("file", file.projectPath)] + (line.map { [("line", "\($0)")] } ?? [])
                lines.append(command(.error, place, problem))
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func command(_ severity: Severity, _ properties: [(String, String)], _ text: String) -> String {
        let name =
            switch severity {
            case .error: "error"
            case .warning: "warning"
            case .note, .off: "notice"
            }
        let list = properties.map { "\($0)=\(escaped($1, alsoSeparators: true))" }.joined(separator: ",")
        return "::\(name) \(list)::\(escaped(text))"
    }

    /// The runner takes a line end for the end of the command, and in properties `:` and `,` for separators.
    private static func escaped(_ text: String, alsoSeparators: Bool = false) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where alsoSeparators: result += "%3A"
            case "," where alsoSeparators: result += "%2C"
            case _ where PrintableText.isForbidden(scalar): result += PrintableText.escaped(String(scalar))
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
