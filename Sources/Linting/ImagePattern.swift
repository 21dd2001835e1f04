package import OCI
import Versioning

/// Images that are allowed: patterns of registry, repository and tag, in which `*` and `?` are wildcards.
package struct ImagePattern: Hashable, Sendable, CustomStringConvertible {
    /// How far an image fits.
    package enum Fit: Comparable, Sendable {
        /// Another repository.
        case none
        /// The repository, but not the tag.
        case repository
        /// Repository and tag, but there is no digest, as there must be.
        case tag
        case whole
    }

    private let registry: String
    private let repository: String
    /// Any of them will do; none stands for every tag, and for an image without one.
    private let tags: [String]
    private let needsDigest: Bool

    /// - Parameters:
    ///   - registry: a pattern of the registry's name, with its port.
    ///   - repository: a pattern of the path on the registry, `library/` included for Docker Hub's official images.
    ///   - tags: patterns of tags; any of them will do, and none stands for every tag.
    ///   - needsDigest: whether the image must be pinned, too.
    package init(registry: String, repository: String, tags: [String] = [], needsDigest: Bool = false) {
        self.registry = registry
        self.repository = repository
        self.tags = tags
        self.needsDigest = needsDigest
    }

    /// Reads `[REGISTRY/]REPOSITORY[:TAG][@]`, which is completed as a reference is: `alpine:3.*` is on Docker Hub.
    ///
    /// A first part with a wildcard is a registry where more follows. A final `@` asks for a digest.
    ///
    /// - Returns: nil where repository, tag or registry are empty, or there is a digest.
    package init?(_ text: String) {
        let needsDigest = text.hasSuffix("@")
        let named = needsDigest ? text.dropLast() : text[...]
        let segment = named.lastIndex(of: "/").map(named.index(after:)) ?? named.startIndex
        let colon = named[segment...].firstIndex(of: ":")
        let tag = colon.map { named[named.index(after: $0)...] }
        let name = named[..<(colon ?? named.endIndex)]
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.allSatisfy({ !$0.isEmpty }), tag?.isEmpty != true,
            !named.contains(where: { $0 == "@" || $0.isWhitespace })
        else { return nil }
        let tags = tag.map { [String($0)] } ?? []
        let isHost = first == "localhost" || first.contains { ".:*?".contains($0) }
        if parts.count > 1, isHost {
            let rest = name[name.index(after: first.endIndex)...]
            let host = ["index.docker.io", "registry-1.docker.io"].contains(first) ? "docker.io" : String(first)
            let isOfficial = host == "docker.io" && !rest.contains("/") && rest != "*"
            self.init(
                registry: host,
                repository: (isOfficial ? "library/" : "") + rest,
                tags: tags,
                needsDigest: needsDigest
            )
        } else {
            let path = (parts.count == 1 ? "library/" : "") + name
            self.init(registry: "docker.io", repository: path, tags: tags, needsDigest: needsDigest)
        }
    }

    /// How far an image fits; one without tag and digest has the tag `latest`.
    package func fit(_ image: ImageReference) -> Fit {
        guard GlobPattern(registry.lowercased()).matches(image.repository.registry.name.lowercased()),
            GlobPattern(repository).matches(image.repository.path)
        else { return .none }
        if !tags.isEmpty {
            guard let tag = image.tag ?? (image.digest == nil ? .latest : nil),
                tags.contains(where: { GlobPattern($0).matches(tag.name) })
            else { return .repository }
        }
        return needsDigest && image.digest == nil ? .tag : .whole
    }

    /// The patterns of tags, for people.
    package var tagText: String { tags.joined(separator: ", ") }

    package var description: String {
        let tag = tags.isEmpty ? "" : tags.count == 1 ? ":\(tags[0])" : ":{\(tags.joined(separator: ","))}"
        return "\(registry)/\(repository)\(tag)\(needsDigest ? "@" : "")"
    }
}
