import Registry
import Release

/// Everything about a build that is known before it begins.
struct BuildPlan {
    let builder: Builder
    let request: BuildRequest
    let workspace: BuildWorkspace
    /// Where the image goes in the end.
    let output: ImageLocation
    /// Whether that place is tagboat's own, and holds one image at a time.
    let isOwnOutput: Bool
    /// A file to add to the image.
    let file: AddedFile?
    let description: BuildDescription
    let project: Project

    /// The command lines, as a shell takes them.
    ///
    /// - Throws: `BuildRefusal` for what the builder cannot do.
    func commandLines() throws -> [String] {
        try builder.commands(for: request).map { command in
            let assignments = command.assignments.map { "\($0.name)=\(ShellWord.quote($0.value))" }
            let words = assignments + ([command.program] + command.arguments).map(ShellWord.quote)
            return words.joined(separator: " ") + (command.isOptional ? " || true" : "")
        }
    }
}
