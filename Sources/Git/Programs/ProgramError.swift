/// Why a program could not be run to its end.
package struct ProgramError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        case notInstalled
        case notStarted
        case timedOut
        case noInput(String)
    }

    package let kind: Kind
    /// The program's name.
    package let program: String

    init(_ kind: Kind, _ program: String) {
        self.kind = kind
        self.program = program
    }

    package var description: String {
        switch kind {
        case .notInstalled: "the program \(program) is not installed"
        case .notStarted: "the program \(program) could not be started"
        case .timedOut: "\(program) did not end in time and was stopped"
        case .noInput(let problem): "what \(program) is to read could not be written: \(problem)"
        }
    }

    package var hint: String {
        switch kind {
        case .notInstalled: "install it, or correct its name"
        case .notStarted: "check that it is a program that you may run"
        case .timedOut: "give more time with --timeout, or run again"
        case .noInput: "check the folder for temporary files and the free space"
        }
    }
}
