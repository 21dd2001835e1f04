import Git

/// The commands that the configuration has run before and after the steps of a release.
package struct Hooks: Sendable {
    /// The commands of each point, in their order.
    package var commands: [HookPoint: [String]]
    /// Where they run: the top of the work tree.
    package var folder: String
    package var environment: [String: String]
    /// When a command is stopped; nil for never.
    package var deadline: ContinuousClock.Instant?
    /// In a dry run nothing is run.
    package var isDryRun: Bool
    /// Takes the line that announces a command.
    package var announce: @Sendable (String) -> Void

    package init(
        _ commands: [HookPoint: [String]],
        in folder: String,
        environment: [String: String],
        deadline: ContinuousClock.Instant? = nil,
        isDryRun: Bool = false,
        announce: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.commands = commands
        self.folder = folder
        self.environment = environment
        self.deadline = deadline
        self.isDryRun = isDryRun
        self.announce = announce
    }

    /// Runs the commands of a point one after the other, each by `sh -c`; their output goes to standard error.
    ///
    /// - Parameters:
    ///   - point: when it is.
    ///   - plan: what is to be done, as JSON, which each command can read from its standard input.
    ///   - variables: what stands in their environment.
    /// - Throws: `HookError` at the first that fails; `ProgramError`.
    package func run(_ point: HookPoint, plan: [UInt8], variables: HookVariables) async throws {
        guard !isDryRun, let commands = commands[point], !commands.isEmpty else { return }
        if let outer = environment[HookVariables.hook] { throw HookError(nested: point, in: outer) }
        for command in commands {
            announce("hook \(point.rawValue): \(command)")
            let program = Program(
                "sh",
                ["-c", command],
                environment: variables.environment(at: point),
                folder: folder,
                input: plan
            )
            let result = try await program.run(.standardError, deadline: deadline)
            guard result.isSuccess else {
                throw HookError(hook: point.rawValue, command: command, ending: result.ending)
            }
        }
    }
}
