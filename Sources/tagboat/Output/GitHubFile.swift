import Registry
import SystemPackage

/// The files by which a step of GitHub Actions, Gitea or Forgejo speaks to those after it ("Workflow commands").
enum GitHubFile {
    /// Adds values, as outputs or variables.
    ///
    /// - Throws: `FileFailure`.
    static func set(_ values: [(name: String, value: String)], in path: String) throws {
        try append(values.map { entry($0.name, $0.value) }.joined(), to: path)
    }

    /// Adds text; what earlier steps wrote stays.
    ///
    /// - Throws: `FileFailure`.
    static func append(_ text: String, to path: String) throws {
        do {
            let file = try FileDescriptor.open(
                FilePath(path),
                .writeOnly,
                options: [.append, .create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            )
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch {
            throw FileFailure(FilePath(path), "cannot be written", error)
        }
    }

    /// A value between two lines that do not occur in it ("Workflow commands", multiline strings).
    private static func entry(_ name: String, _ value: String) -> String {
        var delimiter = "ghadelimiter_tagboat"
        while value.contains(delimiter) { delimiter += "_" }
        return "\(name)<<\(delimiter)\n\(value)\n\(delimiter)\n"
    }
}
