package import Git

/// A hook that failed, which stops the run.
package struct HookError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        case failed(ProgramResult.Ending)
        /// A hook runs tagboat, which would run hooks again.
        case nested
    }

    package let kind: Kind
    package let description: String
    package let hint: String

    init(hook: String, command: String, ending: ProgramResult.Ending) {
        kind = .failed(ending)
        description = "the hook \(hook), `\(command)`, failed with \(ending.text)"
        hint = "see what it says above; the run stopped there"
    }

    init(nested point: HookPoint, in outer: String) {
        kind = .nested
        description = "the hook \(outer) runs tagboat, which has commands to run at \(point.rawValue)"
        hint = "let a hook run tagboat only for what has no hooks, or with `--config` of another file"
    }
}
