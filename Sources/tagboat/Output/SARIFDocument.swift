import Dockerfile
import Linting

/// Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0, an OASIS standard).
struct SARIFDocument: Encodable {
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    struct Run: Encodable {
        let tool: Tool
        let invocations: [Invocation]
        /// Our columns count characters, not what UTF-16 makes of them (section 3.14.17).
        let columnKind = "unicodeCodePoints"
        let originalUriBaseIds = ["SRCROOT": Message.Described(description: Message(text: "The top of the project."))]
        let results: [Result]
    }

    struct Message: Encodable {
        let text: String

        struct Described: Encodable { let description: Message }
    }

    struct Tool: Encodable {
        let driver: Driver

        struct Driver: Encodable {
            let name = "tagboat"
            let semanticVersion: String
            let informationUri: String
            let rules: [Rule]
        }

        struct Rule: Encodable {
            let id: String
            let shortDescription: Message
            let helpUri: String
            let defaultConfiguration: Level

            struct Level: Encodable { let level: String }
        }
    }

    struct Invocation: Encodable {
        let executionSuccessful: Bool
        let toolExecutionNotifications: [Notification]

        struct Notification: Encodable {
            let level = "error"
            let message: Message
            let locations: [Location]
        }
    }

    struct Location: Encodable {
        let physicalLocation: Physical

        struct Physical: Encodable {
            let artifactLocation: Artifact
            let region: Region?
        }

        struct Artifact: Encodable {
            let uri: String
            let uriBaseId: String?
        }

        struct Region: Encodable {
            let startLine: Int
            var startColumn: Int?
            var endLine: Int?
            var endColumn: Int?
        }
    }

    struct Result: Encodable {
        let ruleId: String
        let ruleIndex: Int
        let level: String
        let message: Message
        let locations: [Location]
        let suppressions: [Suppression]

        /// A comment in the file that lets the finding pass (section 3.35).
        struct Suppression: Encodable {
            let kind = "inSource"
            let justification: String
        }
    }

    init(_ report: LintReport) {
        let rules = LintRule.allCases
        let results = report.files.flatMap { file in
            file.findings.map { finding in
                Result(
                    ruleId: finding.rule.rawValue,
                    ruleIndex: rules.firstIndex(of: finding.rule) ?? 0,
                    level: Self.level(finding.severity),
                    message: Message(text: "\(finding.problem); \(finding.hint)"),
                    locations: [Location(file, Location.Region(finding))],
                    suppressions: finding.reason.map { [Result.Suppression(justification: $0)] } ?? []
                )
            }
        }
        let problems = report.unreadable.map { file, line, problem in
            Invocation.Notification(
                message: Message(text: problem),
                locations: [Location(file, line.map { Location.Region(startLine: $0) })]
            )
        }
        let driver = Tool.Driver(
            semanticVersion: ProductVersion.text,
            informationUri: ProductHome.address,
            rules: rules.map { rule in
                Tool.Rule(
                    id: rule.rawValue,
                    shortDescription: Message(text: rule.summary),
                    helpUri: ProductHome.documentation("linting.md#\(rule.rawValue)"),
                    defaultConfiguration: Tool.Rule.Level(level: Self.level(rule.defaultSeverity))
                )
            }
        )
        runs = [
            Run(
                tool: Tool(driver: driver),
                invocations: [
                    Invocation(executionSuccessful: problems.isEmpty, toolExecutionNotifications: problems)
                ],
                results: results
            )
        ]
    }

    private static func level(_ severity: Severity) -> String { severity == .off ? "none" : severity.rawValue }
}

extension SARIFDocument.Location {
    fileprivate init(_ file: LintReport.File, _ region: Region?) {
        let isBelowTop = !file.projectPath.hasPrefix("/") && !file.projectPath.hasPrefix("../")
        physicalLocation = Physical(
            artifactLocation: Artifact(
                uri: (file.projectPath.hasPrefix("/") ? "file://" : "") + Self.uri(file.projectPath),
                uriBaseId: isBelowTop ? "SRCROOT" : nil
            ),
            region: region
        )
    }

    /// A path as part of a URI: what may not stand there is written as its bytes (RFC 3986, section 2.1).
    private static func uri(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let isUnreserved =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~/".utf8.contains(byte)
            if isUnreserved {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += PrintableText.hex(UInt32(byte), "%", "", digits: 2).uppercased()
            }
        }
    }
}

extension SARIFDocument.Location.Region {
    fileprivate init(_ finding: LintFinding) {
        startLine = finding.start.line
        startColumn = finding.start.column
        endLine = finding.end.line
        endColumn = finding.end.column
    }
}
