package import Git
package import OCI

/// A builder that did not do what it was asked for.
package struct BuilderFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        case ended(ProgramResult.Ending)
        /// It said that all is well, and made nothing for a platform.
        case noImage(Platform)
    }

    package let kind: Kind
    package let description: String
    package let hint: String

    init(_ command: BuilderCommand, _ ending: ProgramResult.Ending) {
        kind = .ended(ending)
        let words = [command.program] + command.arguments.prefix { !$0.hasPrefix("-") }.prefix(2)
        description = "`\(words.joined(separator: " "))` failed with \(ending.text)"
        hint = "see what it says above; `tagboat build --dry-run` prints the whole command line"
    }

    init(_ builder: Builder, lacks platform: Platform) {
        kind = .noImage(platform)
        description = "\(builder.name) made no image for \(platform), and did not say so"
        hint = "see what it says above; does every base image have this platform?"
    }
}
