/// What a finished program left: its two output streams and its exit code.
package struct CommandResult: Sendable, Hashable {
    /// The command line, for messages.
    package let commandLine: String
    /// What the program wrote to its standard output, read as UTF-8.
    package let standardOutput: String
    /// What the program wrote to its standard error, read as UTF-8.
    package let standardError: String
    /// The exit code, or 128 and the signal's number where a signal ended the program.
    package let exitCode: Int32

    /// Passes the result on if the program succeeded.
    ///
    /// - Returns: this result.
    /// - Throws: `CommandError`, with both output streams, for an exit code other than 0.
    @discardableResult
    package func requireSuccess() throws -> CommandResult {
        guard exitCode == 0 else {
            throw CommandError(reason: "exit code \(exitCode)", result: self)
        }
        return self
    }
}

/// A program that failed, or did not end in time.
package struct CommandError: Error, CustomStringConvertible {
    /// What went wrong.
    package let reason: String
    /// What the program had written by then.
    package let result: CommandResult

    /// The failure with both output streams.
    package var description: String {
        """
        \(reason): \(result.commandLine)
        --- standard output
        \(result.standardOutput)
        --- standard error
        \(result.standardError)
        """
    }
}
