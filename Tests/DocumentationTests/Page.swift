import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// A Markdown file of the documentation.
struct Page: Sendable, CustomTestStringConvertible {
    /// The path from the top of the source, such as `docs/git.md`.
    let path: String
    /// The parts that matter, in their order.
    let elements: [PageElement]

    var testDescription: String { path }

    /// Reads a page out of text.
    ///
    /// - Throws: `PageError` where a block or comment does not end, or a comment tells nothing that is known.
    init(path: String, text: String) throws(PageError) {
        self.path = path
        var parser = PageParser(path: path, text: text)
        elements = try parser.parse()
    }

    /// The names of all pages: those at the top, and all of docs.
    static let paths: [String] = {
        let docs = (try? FileManager.default.subpathsOfDirectory(atPath: Program.source.appending("docs").string)) ?? []
        return ["README.md", "CONTRIBUTING.md", "Benchmarks/README.md"]
            + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    }()

    /// Reads the page at a path from the top of the source.
    static func read(_ path: String) throws -> Page {
        try Page(path: path, text: Program.source.pushing(FilePath(path)).readText())
    }

    /// The blocks with what the comment before each of them says.
    var blocks: [(block: CodeBlock, directive: Directive?)] {
        var pending: Directive?
        var found: [(CodeBlock, Directive?)] = []
        for element in elements {
            switch element {
            case .directive(let directive, _): pending = directive.concernsNextBlock ? directive : pending
            case .block(let block):
                found.append((block, pending))
                pending = nil
            case .heading, .text: break
            }
        }
        return found
    }
}

/// A part of a page; lines count from 1.
enum PageElement: Sendable {
    case heading(String, line: Int)
    case block(CodeBlock)
    case directive(Directive, line: Int)
    /// A line of anything else.
    case text(String, line: Int)
}

/// A fenced block of code.
struct CodeBlock: Sendable {
    /// The word behind the fence; empty where there is none.
    let language: String
    let lines: [String]
    /// The line of the first of them.
    let line: Int

    var text: String { lines.map { $0 + "\n" }.joined() }
}

/// What a comment, which no reader sees, says about the page.
enum Directive: Sendable, Equatable {
    /// Commands that set the stage.
    case run(String)
    /// The next block is the content of a file.
    case file(String)
    /// The next block is a file that describes a pipeline, whose commands are run.
    case pipeline(String)
    /// The next block cannot be run, and why.
    case notRun(reason: String)
    /// How a registry behaves: `HOST ecr`, or `HOST USER PASSWORD`.
    case registry([String])

    var concernsNextBlock: Bool {
        switch self {
        case .file, .pipeline, .notRun: true
        case .run, .registry: false
        }
    }
}

/// A page that cannot be read, with the place.
struct PageError: Error, CustomStringConvertible {
    let description: String
}
