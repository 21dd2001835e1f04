/// A repository on a registry: `ghcr.io/acme/gallery-ui`.
package struct RepositoryName: Hashable, Sendable {
    package let registry: RegistryHost
    /// The path on the registry, `library/` included for Docker Hub's official images.
    package let path: String

    /// Parses `[HOST/]PATH` without tag and digest; without a host it is Docker Hub's.
    ///
    /// - Throws: `ReferenceError` that says which rule of the grammar is broken.
    package init(parsing text: some StringProtocol) throws(ReferenceError) {
        guard !text.isEmpty else { throw ReferenceError(text, "a repository name may not be empty") }
        guard text.utf8.count != 64 || !text.utf8.allSatisfy(\.isLowercaseHex) else {
            throw ReferenceError(text, "64 hexadecimal characters are an image identifier, not a repository name")
        }
        let (first, rest) = text.split(atFirst: "/")
        let path: String
        if let rest, RegistryHost.isHost(first) {
            registry = try RegistryHost(parsing: first)
            path = String(rest)
        } else {
            registry = .dockerHub
            path = String(text)
        }
        let isOfficial = registry == .dockerHub && !path.utf8.contains(UInt8(ascii: "/"))
        self.path = isOfficial ? "library/" + path : path

        guard self.path.utf8.count <= 255 else {
            throw ReferenceError(text, "a repository path has at most 255 characters")
        }
        for component in self.path.split(separator: "/", omittingEmptySubsequences: false) {
            guard Self.isPathComponent(component) else { throw ReferenceError(text, Self.problem(with: component)) }
        }
    }

    /// A path that another registry has, too.
    package init(registry: RegistryHost, path: String) {
        self.registry = registry
        self.path = path
    }

    private static func problem(with component: Substring) -> String {
        if component.isEmpty { return "a part of the repository path is empty" }
        if component.utf8.contains(where: \.isUppercaseLetter) {
            return "the repository path must be lower case, \"\(component)\" is not"
        }
        return "\"\(component)\" must be lower-case letters and digits, joined by \".\", \"_\", \"__\" or hyphens"
    }

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*` (distribution-spec, "Pulling manifests").
    private static func isPathComponent(_ component: Substring) -> Bool {
        let isLetter: (UInt8) -> Bool = { $0.isASCIIDigit || $0.isLowercaseLetter }
        guard let first = component.utf8.first, let last = component.utf8.last, isLetter(first), isLetter(last) else {
            return false
        }
        let separators = component.utf8.split(whereSeparator: isLetter)
        return separators.allSatisfy { separator in
            let text = Array(separator)
            return text == Array(".".utf8) || text == Array("_".utf8) || text == Array("__".utf8)
                || text.allSatisfy { $0 == UInt8(ascii: "-") }
        }
    }
}

extension RepositoryName: CustomStringConvertible {
    /// The name as people write it: Docker Hub's official images without `library/`.
    package var description: String {
        if registry == .dockerHub, path.hasPrefix("library/") {
            let name = path.dropFirst("library/".count)
            // `docker.io/a/b` would be another repository than `docker.io/library/a/b`.
            if !name.utf8.contains(UInt8(ascii: "/")) { return "docker.io/\(name)" }
        }
        return "\(registry)/\(path)"
    }
}
