/// A reference to an image on a registry: `[HOST/]PATH[:TAG][@DIGEST]`.
package struct ImageReference: Hashable, Sendable {
    package let repository: RepositoryName
    package let tag: Tag?
    package let digest: Digest?

    package init(repository: RepositoryName, tag: Tag? = nil, digest: Digest? = nil) {
        self.repository = repository
        self.tag = tag
        self.digest = digest
    }

    /// Parses a reference; nothing is assumed for a missing tag.
    ///
    /// - Throws: `ReferenceError` that says which part breaks which rule.
    package init(parsing text: String) throws(ReferenceError) {
        let (named, digest) = text.split(atFirst: "@")
        // A colon before the last slash belongs to the host's port.
        let lastSegment = named.lastIndex(of: "/").map(named.index(after:)) ?? named.startIndex
        let colon = named[lastSegment...].firstIndex(of: ":")
        repository = try RepositoryName(parsing: named[..<(colon ?? named.endIndex)])
        if let colon {
            tag = try Tag(String(named[named.index(after: colon)...]))
        } else {
            tag = nil
        }
        if let digest {
            self.digest = try Digest(parsing: String(digest))
        } else {
            self.digest = nil
        }
    }

    /// What to ask the repository for: the digest where one is given, else the tag, else `latest`.
    package var selector: ManifestSelector {
        if let digest { return .digest(digest) }
        return .tag(tag ?? .latest)
    }
}

extension ImageReference: CustomStringConvertible {
    package var description: String {
        "\(repository)\(tag.map { ":\($0)" } ?? "")\(digest.map { "@\($0)" } ?? "")"
    }
}

/// Which manifest of a repository is meant.
package enum ManifestSelector: Hashable, Sendable, CustomStringConvertible {
    case tag(Tag)
    case digest(Digest)

    package var description: String {
        switch self {
        case .tag(let tag): tag.name
        case .digest(let digest): digest.description
        }
    }
}
