/// A secret for the time of the build, by where it is; the value itself never passes through here.
package struct SecretReference: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        case file(String)
        case variable(String)
    }

    /// What `RUN --mount=type=secret,id=…` calls it.
    package let id: String
    package let source: Source

    package init(id: String, _ source: Source) {
        self.id = id
        self.source = source
    }

    /// Reads `id=NAME,src=FILE` or `id=NAME,env=VARIABLE`.
    ///
    /// - Throws: `BuildRefusal`, which does not repeat the text: it may be the secret itself.
    package init(parsing text: String) throws(BuildRefusal) {
        var id: String?
        var type: String?
        var sources: [Source] = []
        for field in text.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let key = parts.first, let value = parts.dropFirst().first, !value.isEmpty else {
                throw Self.unreadable
            }
            switch key {
            case "id": id = value
            case "type": type = value
            case "src", "source": sources.append(type == "env" ? .variable(value) : .file(value))
            case "env": sources.append(.variable(value))
            default: throw Self.unreadable
            }
        }
        guard let id, sources.count == 1, let source = sources.first, type.map(["file", "env"].contains) ?? true
        else { throw Self.unreadable }
        self.init(id: id, source)
    }

    private static var unreadable: BuildRefusal {
        BuildRefusal(
            "a secret is not named by a reference; its text is not shown, as it may be the secret itself",
            hint: "write id=NAME,src=FILE or id=NAME,env=VARIABLE"
        )
    }

    /// As docker, podman and buildah all take it.
    package var text: String {
        switch source {
        case .file(let path): "id=\(id),src=\(path)"
        case .variable(let name): "id=\(id),env=\(name)"
        }
    }
}
