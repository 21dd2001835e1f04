import FoundationEssentials

/// The user's own `git`, for everything that goes over the network: their credential helpers, ssh agents and hooks
/// work there as ever.
package struct GitProgram: Sendable {
    /// The name or path of the program.
    package var executable: String
    /// Where it runs: in the work tree, or in a bare repository.
    package let folder: String
    /// Changes to the environment of the process, which git gets whole.
    package var environment: [String: String?]
    /// When it is stopped; nil for never.
    package let deadline: ContinuousClock.Instant?
    /// Takes what it says to people, line by line, without any credentials.
    package let tell: @Sendable (String) -> Void

    package init(
        in folder: String,
        executable: String = "git",
        environment: [String: String?] = [:],
        deadline: ContinuousClock.Instant? = nil,
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.folder = folder
        self.executable = executable
        self.environment = environment
        self.deadline = deadline
        self.tell = tell
    }

    func run(_ arguments: [String]) async throws -> ProgramResult {
        var changes = environment
        // Messages in English, which the reasons of a failure are read from; nothing else changes with it, and
        // in the C locale it says nothing.
        changes["LANGUAGE"] = "en"
        let program = Program(executable, arguments, environment: changes, folder: folder)
        return try await program.run(.kept(errorLines: { tell(RedactedText.redact($0)) }), deadline: deadline)
    }

    /// Fetches from a remote.
    ///
    /// A repository that was open before does not see how far the history reaches then; open it again.
    ///
    /// - Parameters:
    ///   - remote: the remote's name or URL.
    ///   - depth: how much of the history.
    ///   - references: refspecs; empty for what the configuration says.
    /// - Throws: `GitProgramError`, `ProgramError`.
    package func fetch(from remote: String, depth: FetchDepth = .same, references: [String] = []) async throws {
        let result = try await run(["fetch", "--tags"] + depth.arguments + ["--", remote] + references)
        guard result.isSuccess else { throw GitProgramError(result, doing: .fetching, remote: remote) }
    }

    /// The references of a remote.
    ///
    /// - Parameters:
    ///   - remote: the remote's name or URL.
    ///   - patterns: names such as `refs/tags/v2`; all where there is none.
    /// - Returns: the references, in the remote's order.
    /// - Throws: `GitProgramError`, `ProgramError`.
    package func remoteReferences(of remote: String, matching patterns: [String] = []) async throws -> [RemoteReference]
    {
        let result = try await run(["ls-remote", "--quiet", "--", remote] + patterns)
        guard result.isSuccess else { throw GitProgramError(result, doing: .reading, remote: remote) }
        return RemoteReference.list(result.text)
    }
}

/// How much of a shallow clone's missing history a fetch brings.
package enum FetchDepth: Hashable, Sendable {
    case same
    /// So many commits more.
    case deeper(Int)
    /// All of it; git refuses that for a repository that is not shallow.
    case whole

    var arguments: [String] {
        switch self {
        case .same: []
        case .deeper(let count): ["--deepen=\(count)"]
        case .whole: ["--unshallow"]
        }
    }
}

/// A reference of a remote.
package struct RemoteReference: Hashable, Sendable {
    /// The whole name, such as `refs/tags/v2`.
    package let name: String
    /// The object that it names.
    package let object: ObjectID
    /// What an annotated tag stands for; the object itself for all else.
    package var target: ObjectID

    /// Reads the output of `git ls-remote`.
    static func list(_ text: String) -> [RemoteReference] {
        var references: [RemoteReference] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            guard parts.count == 2, let object = ObjectID(hex: String(parts[0])) else { continue }
            // A tag's target follows the tag.
            if parts[1].hasSuffix("^{}"), references.last?.name == String(parts[1].dropLast(3)) {
                references[references.count - 1].target = object
            } else {
                references.append(RemoteReference(name: String(parts[1]), object: object, target: object))
            }
        }
        return references
    }
}
