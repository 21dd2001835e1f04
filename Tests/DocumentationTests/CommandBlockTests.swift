import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// Every command block of the documentation does what the page says.
@Suite struct CommandBlockTests {
    /// All pages, or the one that a writer works on.
    private static let paths = ProcessInfo.processInfo.environment["TAGBOAT_PAGE"].map { [$0] } ?? Page.paths
    private static let isWriting = ProcessInfo.processInfo.environment["TAGBOAT_PAGE_WRITE"] != nil

    @Test(arguments: paths)
    func doesWhatThePageSays(path: String) async throws {
        let text = try Program.source.pushing(FilePath(path)).readText()
        let failures = try await Session(page: Page(path: path, text: text), text: text).run()
        for failure in failures { Issue.record("\(failure.description)") }
        if Self.isWriting, !failures.isEmpty {
            try Program.source.write(path, Session.corrected(text, by: failures.compactMap(\.correction)))
        }
    }

    /// What is not run has a reason, and there is little of it.
    @Test func fewBlocksAreNotRun() throws {
        var count = 0
        for path in Page.paths {
            for (block, directive) in try Page.read(path).blocks {
                if case .notRun = directive { count += 1 }
                let isGenerated = path == "docs/commands.md"
                let known = ["console", "sh", "yaml", "json", "text", "groovy", "dockerfile", "ini", "mustache"]
                #expect(isGenerated || known.contains(block.language), "\(path):\(block.line): \(block.language)")
                let shows = block.lines.contains { $0.hasPrefix("$ ") }
                #expect(!shows || block.language == "console", "\(path):\(block.line): commands in no console block")
            }
        }
        #expect(count <= 11, "\(count) blocks are not run")
    }
}
