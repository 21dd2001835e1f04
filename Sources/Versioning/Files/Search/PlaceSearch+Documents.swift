/// JSON, TOML and YAML: values that keys lead to.
extension PlaceSearch {
    func jsonPlaces() throws(ScanFailure) -> [Found] {
        guard kind == .packageLock else {
            let keys = documentKeys(["version"])
            return try strings(JSONScanner.values(in: bytes, below: keys.map(\.components)), keys)
        }
        let own = ["version"], root = ["packages", "", "version"]
        let values = try JSONScanner.values(in: bytes, below: [own, root])
        // Lock files of version 1 have no `packages`.
        let hasRoot = values.contains { $0.path == root }
        let keys = (hasRoot ? ["version", "packages..version"] : ["version"]).compactMap(DocumentKey.init)
        return try strings(values, keys)
    }

    func tomlPlaces() throws(ScanFailure) -> [Found] {
        switch kind {
        case .cargo where keys.isEmpty: try cargoPlaces()
        case .cargoLock: try cargoLockPlaces()
        case .pyproject where keys.isEmpty: try pyprojectPlaces()
        default: try tomlPlaces(documentKeys([]))
        }
    }

    func yamlPlaces() throws(ScanFailure) -> [Found] {
        var keys = documentKeys(["version"])
        if kind == .chart, self.keys.isEmpty, let app = DocumentKey("appVersion") { keys.append(app) }
        let values = try YAMLScanner.values(in: bytes, below: keys.map(\.components))
        // A chart need not name the version of what it installs.
        if self.keys.isEmpty {
            keys.removeAll { key in
                key.description == "appVersion" && !values.contains { $0.path == key.components }
            }
        }
        return try strings(values, keys)
    }

    private func tomlPlaces(_ keys: [DocumentKey]) throws(ScanFailure) -> [Found] {
        try strings(TOMLScanner.values(in: bytes, below: keys.map(\.components)), keys)
    }

    private func cargoPlaces() throws(ScanFailure) -> [Found] {
        let known = ["package.version", "workspace.package.version"].compactMap(DocumentKey.init)
        let values = try TOMLScanner.values(in: bytes, below: known.map(\.components))
        let present = known.filter { key in values.contains { $0.path == key.components } }
        if present.isEmpty, let inherited = values.first(where: { $0.path == ["package", "version", "workspace"] }) {
            throw failure(
                "the version is inherited from the workspace",
                at: inherited.range.lowerBound,
                hint: "list the Cargo.toml of the workspace, which holds it under [workspace.package]"
            )
        }
        guard !present.isEmpty else { throw failure("no version under [package] or [workspace.package]") }
        return try strings(values, present)
    }

    private func pyprojectPlaces() throws(ScanFailure) -> [Found] {
        let known = ["project.version", "tool.poetry.version"].compactMap(DocumentKey.init)
        let dynamic = ["project", "dynamic"]
        let values = try TOMLScanner.values(in: bytes, below: known.map(\.components) + [dynamic])
        let present = known.filter { key in values.contains { $0.path == key.components } }
        let isDynamic = values.first { $0.path.starts(with: dynamic) && $0.text == "version" }
        if present.isEmpty, let isDynamic {
            throw failure(
                "the version is dynamic: the build takes it from elsewhere",
                at: isDynamic.range.lowerBound,
                hint: "list the file that the build takes it from, such as a module with __version__"
            )
        }
        guard !present.isEmpty else { throw failure("no version under [project] or [tool.poetry]") }
        return try strings(values, present)
    }

    /// The packages of a lock file that are the project's own, which have no source.
    private func cargoLockPlaces() throws(ScanFailure) -> [Found] {
        var packages: [[String: DocumentValue]] = []
        var current = ""
        for value in try TOMLScanner.values(in: bytes, below: [["package"]]) where value.path.count == 3 {
            if value.path[1] != current { packages.append([:]) }
            current = value.path[1]
            packages[packages.count - 1][value.path[2]] = value
        }
        let own = packages.filter { $0["source"] == nil && $0["version"]?.style == .quoted }
        var chosen = own
        if keys.isEmpty {
            guard own.count == 1 else {
                let names = own.compactMap { $0["name"]?.text }
                throw failure(
                    "\(own.count) packages have no source",
                    hint: "name those that have the project's version under `keys:`, out of: "
                        + names.joined(separator: ", ")
                )
            }
        } else {
            for key in keys where !own.contains(where: { $0["name"]?.text == key }) {
                throw failure("no package \(key) without a source")
            }
            chosen = own.filter { package in package["name"].map { keys.contains($0.text) } ?? false }
        }
        return chosen.compactMap { package in
            guard let version = package["version"], let name = package["name"] else { return nil }
            return Found(key: name.text, range: version.range, spelling: kind.spelling)
        }
    }

    private func documentKeys(_ standard: [String]) -> [DocumentKey] {
        (keys.isEmpty ? standard : keys).compactMap(DocumentKey.init)
    }

    /// One string for each key.
    private func strings(_ values: [DocumentValue], _ keys: [DocumentKey]) throws(ScanFailure) -> [Found] {
        var found: [Found] = []
        for key in keys {
            let matches = values.filter { $0.path == key.components }
            guard let first = matches.first else {
                throw failure(
                    "no \(key) in it",
                    at: values.first { $0.path.starts(with: key.components) }?.range.lowerBound
                )
            }
            guard matches.count == 1 else {
                throw failure(
                    "\(key) stands twice; the first one is in line \(line(first.range.lowerBound))",
                    at: matches[1].range.lowerBound,
                    hint: "leave one of them"
                )
            }
            guard first.style == .quoted || first.style == .plain else {
                throw failure("\(key): expected a string", at: first.range.lowerBound)
            }
            // The application of a chart may be versioned in any way.
            let isFree = kind == .chart && key.description == "appVersion"
            found.append(
                Found(
                    key: key.description,
                    range: first.range,
                    spelling: isFree ? .own : kind.spelling,
                    style: first.style == .plain ? .plainYAML : .text
                )
            )
        }
        return found
    }
}
