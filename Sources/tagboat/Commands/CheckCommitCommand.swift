import ArgumentParser
import Changes
import FoundationEssentials
import Git
import Release
import SystemPackage

/// `tagboat check commit`: whether commit messages follow the grammar and the team's rules.
struct CheckCommitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commit",
        abstract: "Check commit messages: one, as a commit-msg hook does, or those of a range.",
        discussion: """
            Messages follow Conventional Commits 1.0.0 (docs/commits.md). Exit code 1 where one does not. What git \
            writes itself for merges and reverts is fine; so are fixups, except in a range.
            """
    )

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Argument(help: ArgumentHelp("The file with the message, as git names it to the hook; - is standard input."))
    var file: String?

    @Option(help: ArgumentHelp("The message itself.", valueName: "text")) var message: String?

    @Option(
        help: ArgumentHelp(
            "The commits to check, FROM..TO or FROM.. for all up to HEAD.",
            valueName: "range"
        )
    )
    var range: String?

    @Option(
        help: ArgumentHelp(
            "What comment lines begin with (default: git's core.commentChar for a file, none otherwise).",
            valueName: "text"
        )
    )
    var commentChar: String?

    @OptionGroup var policy: CommitPolicyOptions
    @Option(help: "How to print it: text or json.") var format: Format = .text
    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard [file, message, range].count(where: { $0 != nil }) == 1 else {
            throw ValidationError("name one thing to check: a file, -, --message or --range")
        }
        guard commentChar?.isEmpty != true else { throw ValidationError("--comment-char needs a character") }
    }

    func run() async throws {
        let context = try CommandContext(shared, flags: [policy.configuration()])
        let check: CommitCheck
        if let range {
            check = try await CommitCheck(range, context: context)
        } else {
            let (name, text) = try read()
            let comment = try await comment(context)
            let findings = context.configuration.commitPolicy.findings(in: text, comment: comment)
            check = CommitCheck(messages: [.init(name: name, commit: nil, findings: findings)])
        }
        switch format {
        case .text: Output.standard.write(CheckText(style: context.style).render(check, isRange: range != nil))
        case .json: Output.standard.write(try JSONText.render(CheckDocument(check)))
        }
        if !check.hasPassed { throw ExitStatus.findings }
    }

    /// The message and where it comes from; bytes that are not UTF-8 are replaced, as in what git tells.
    private func read() throws -> (name: String, text: String) {
        if let message { return ("message", message) }
        guard let file, file != "-" else {
            return ("stdin", String(decoding: try StandardInput.read(), as: UTF8.self))
        }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ConfigurationError("\(file) cannot be read", hint: "name the file that holds the message")
        }
        return (file, String(decoding: data, as: UTF8.self))
    }

    private func comment(_ context: CommandContext) async throws -> String? {
        if let commentChar { return commentChar }
        guard let file, file != "-" else { return nil }
        // The file may lie anywhere, so a repository that is none, or cannot be read, only leaves git's default.
        guard let git = try? GitRepository(discoveringFrom: context.folder.string) else { return "#" }
        for key in ["core.commentstring", "core.commentchar"] {
            if let value = try? await git.configuredValue(key), !value.isEmpty, value != "auto" { return value }
        }
        return "#"
    }
}
