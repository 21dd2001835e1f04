import FoundationEssentials
import Glibc
import Registry
import SystemPackage
import Tagging

/// The outputs of docker/metadata-action, under its names.
struct MetadataOutputs {
    private let metadata: Metadata
    private let values: [(name: String, value: String)]

    init(_ metadata: Metadata, separators: (tags: String, labels: String, annotations: String)) {
        self.metadata = metadata
        values = [
            ("version", metadata.version),
            ("tags", metadata.tags.joined(separator: separators.tags)),
            ("tag-names", metadata.tagNames.joined(separator: separators.tags)),
            ("labels", metadata.labels.joined(separator: separators.labels)),
            ("annotations", metadata.annotations.joined(separator: separators.annotations)),
            ("json", metadata.json.compact),
        ]
    }

    /// For people: each part under its name.
    var text: String {
        let parts = [("tags", metadata.tags), ("labels", metadata.labels), ("annotations", metadata.annotations)]
        return "version\n  \(metadata.version)\n"
            + parts.map { name, lines in name + "\n" + lines.map { "  \($0)\n" }.joined() }.joined()
    }

    /// The variables that the action exports, for a shell.
    var shellVariables: String {
        values.map { "\(Self.variable($0.name))=\(ShellWord.quote($0.value))\n" }.joined()
    }

    /// Sets the outputs of a step, where the CI system names a file for them.
    ///
    /// - Parameters:
    ///   - environment: names the files: `GITHUB_OUTPUT`, `GITHUB_ENV`.
    ///   - exportsVariables: whether later steps shall see the outputs as variables too.
    /// - Throws: `FileFailure`.
    func set(in environment: [String: String], exportsVariables: Bool) throws {
        guard let outputFile = environment["GITHUB_OUTPUT"], !outputFile.isEmpty else { return }
        var values = values
        let folder = try temporaryFolder(environment["RUNNER_TEMP"])
        for parts in [Metadata.BakeParts.tags, .labels, .annotations, .all] {
            let file = folder.appending("docker-metadata-action-bake\(parts.rawValue).json")
            try AtomicFile.write(metadata.bakeDefinition(parts).pretty, to: file.string)
            values.append(("bake-file\(parts.rawValue)", file.string))
        }
        try GitHubFile.set(values, in: outputFile)
        if exportsVariables, let file = environment["GITHUB_ENV"], !file.isEmpty {
            try GitHubFile.set(values.map { (Self.variable($0.name), $0.value) }, in: file)
        }
    }

    private static func variable(_ name: String) -> String {
        "DOCKER_METADATA_OUTPUT_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    private func temporaryFolder(_ parent: String?) throws -> FilePath {
        let parent = parent.flatMap { $0.isEmpty ? nil : $0 } ?? FileManager.default.temporaryDirectory.path
        var template = Array("\(parent)/docker-metadata-XXXXXX".utf8CString)
        guard let path = mkdtemp(&template) else {
            throw FileFailure(FilePath(parent), "cannot be written", Errno(rawValue: errno))
        }
        return FilePath(String(cString: path))
    }
}

extension AtomicFile {
    /// Writes a whole text.
    static func write(_ text: String, to path: String) throws {
        let file = try AtomicFile(FilePath(path))
        try file.append(text.utf8)
        try file.commit()
    }
}
