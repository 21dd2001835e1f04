package import OCI
package import SystemPackage

/// Where an image or a repository is, as people name it: a registry reference, or `oci:DIR[:NAME]`.
package enum ImageLocation: Hashable, Sendable {
    case registry(ImageReference)
    case layout(FilePath, name: String?)

    /// Parses the text of `--from`, `--image` or the configuration.
    ///
    /// - Throws: `ReferenceError`.
    package init(parsing text: String) throws(ReferenceError) {
        guard text.hasPrefix("oci:") else {
            self = .registry(try ImageReference(parsing: text))
            return
        }
        let parts = text.dropFirst("oci:".count).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let directory = parts.first, !directory.isEmpty else {
            throw ReferenceError(text, "an image layout is written oci:DIR or oci:DIR:NAME")
        }
        let name = parts.count > 1 ? String(parts[1]) : nil
        guard name != "" else {
            throw ReferenceError(text, "the name behind the last colon is empty")
        }
        self = .layout(FilePath(String(directory)), name: name)
    }

    /// Parses the name of a repository, that is, a location without tag, digest or name in it.
    ///
    /// - Throws: `ReferenceError`.
    package init(parsingRepository text: String) throws(ReferenceError) {
        try self.init(parsing: text)
        let isRepository =
            switch self {
            case .registry(let reference): reference.tag == nil && reference.digest == nil
            case .layout(_, let name): name == nil
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
        }
    }

    /// The tag that is named; nil where none is, or the name is no tag.
    package var tag: Tag? {
        switch self {
        case .registry(let reference): reference.tag
        case .layout(_, let name): name.flatMap { try? Tag($0) }
        }
    }

    /// The same location with a layout's folder taken from another one, where it is relative.
    package func relative(to folder: FilePath) -> ImageLocation {
        guard case .layout(let directory, let name) = self, directory.isRelative else { return self }
        return .layout(folder.pushing(directory).lexicallyNormalized(), name: name)
    }
}
