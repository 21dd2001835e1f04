package import OCI
package import SystemPackage

/// Where an image or a repository is, as people name it: a registry reference, or one behind the name of a transport.
package enum ImageLocation: Hashable, Sendable {
    case registry(ImageReference)
    /// `oci:DIR[:NAME]`
    case layout(FilePath, name: String?)
    /// `oci-archive:FILE[:NAME]`
    case ociArchive(FilePath, name: String?)
    /// `docker-archive:FILE[:REFERENCE]`
    case dockerArchive(FilePath, reference: ImageReference?)
    /// `docker-daemon:REFERENCE`
    case daemon(ImageReference)

    /// Parses the text of `--from`, `--image` or the configuration.
    ///
    /// - Throws: `ReferenceError`.
    package init(parsing text: String) throws(ReferenceError) {
        guard let colon = text.firstIndex(of: ":") else {
            self = .registry(try ImageReference(parsing: text))
            return
        }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "oci":
            let (directory, name) = try Self.place(
                rest,
                of: text,
                problem: "an image layout is written oci:DIR or oci:DIR:NAME"
            )
            self = .layout(directory, name: name)
        case "oci-archive":
            let (file, name) = try Self.place(
                rest,
                of: text,
                problem: "an archive is written oci-archive:FILE or oci-archive:FILE:NAME"
            )
            self = .ociArchive(file, name: name)
        case "docker-archive":
            let (file, name) = try Self.place(
                rest,
                of: text,
                problem: "an archive is written docker-archive:FILE or docker-archive:FILE:REFERENCE"
            )
            var reference: ImageReference?
            if let name { reference = try ImageReference(parsing: name) }
            self = .dockerArchive(file, reference: reference)
        case "docker-daemon":
            self = .daemon(try ImageReference(parsing: rest))
        default:
            self = .registry(try ImageReference(parsing: text))
        }
    }

    /// Parses the name of a repository, that is, a location without tag, digest or name in it.
    ///
    /// - Throws: `ReferenceError`.
    package init(parsingRepository text: String) throws(ReferenceError) {
        try self.init(parsing: text)
        let isRepository: Bool
        switch self {
        case .registry(let reference), .daemon(let reference), .dockerArchive(_, let reference?):
            isRepository = reference.tag == nil && reference.digest == nil
        case .layout(_, let name), .ociArchive(_, let name):
            isRepository = name == nil
        case .dockerArchive(_, nil):
            throw ReferenceError(
                text,
                "a docker archive keeps a repository's name with every tag: docker-archive:FILE:NAME"
            )
        }
        guard isRepository else {
            throw ReferenceError(text, "a repository is named without tag, digest or image name")
        }
    }

    /// The repository alone, without tag, digest or name.
    package var repository: ImageLocation {
        switch self {
        case .registry(let reference): .registry(ImageReference(repository: reference.repository))
        case .layout(let directory, _): .layout(directory, name: nil)
        case .ociArchive(let file, _): .ociArchive(file, name: nil)
        case .dockerArchive(let file, let reference):
            .dockerArchive(file, reference: reference.map { ImageReference(repository: $0.repository) })
        case .daemon(let reference): .daemon(ImageReference(repository: reference.repository))
        }
    }

    /// The tag that is named; nil where none is, or the name is no tag.
    package var tag: Tag? {
        switch self {
        case .registry(let reference), .daemon(let reference): reference.tag
        case .dockerArchive(_, let reference): reference?.tag
        case .layout(_, let name), .ociArchive(_, let name): name.flatMap { try? Tag($0) }
        }
    }

    /// The same location with a file or folder taken from another folder, where it is relative.
    package func relative(to folder: FilePath) -> ImageLocation {
        func absolute(_ path: FilePath) -> FilePath {
            path.isRelative ? folder.pushing(path).lexicallyNormalized() : path
        }
        return switch self {
        case .registry, .daemon: self
        case .layout(let directory, let name): .layout(absolute(directory), name: name)
        case .ociArchive(let file, let name): .ociArchive(absolute(file), name: name)
        case .dockerArchive(let file, let reference): .dockerArchive(absolute(file), reference: reference)
        }
    }

    /// `PATH[:NAME]`: the path ends at the first colon, as it does for skopeo and podman.
    private static func place(
        _ rest: String,
        of text: String,
        problem: String
    ) throws(ReferenceError) -> (FilePath, String?) {
        // The system would take the path to end there.
        guard !rest.utf8.contains(0) else { throw ReferenceError(text, "a path holds no NUL character") }
        let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first, !path.isEmpty else { throw ReferenceError(text, problem) }
        let name = parts.count > 1 ? String(parts[1]) : nil
        guard name != "" else {
            throw ReferenceError(text, "the name behind the last colon is empty")
        }
        return (FilePath(String(path)), name)
    }
}
