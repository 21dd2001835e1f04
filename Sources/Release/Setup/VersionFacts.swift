package import Versioning

/// What a folder tells about the project's version.
package struct VersionFacts: Equatable, Sendable {
    /// A manifest that carries a version.
    package struct Manifest: Equatable, Sendable {
        package let path: String
        package let version: Version

        package init(_ path: String, _ version: Version) {
            self.path = path
            self.version = version
        }
    }

    /// Where the version is to come from.
    package enum Source: Equatable, Sendable {
        /// A version file that is there.
        case file(String)
        /// A version file that is there and holds something that is no semantic version.
        case unreadable(String, problem: String)
        /// A new VERSION file, with the version of a manifest.
        case manifest(String)
        /// The git tags, of which this one is the highest.
        case tags(highest: String)
        /// A new VERSION file: nothing tells of any version.
        case nothing
    }

    package let source: Source
    /// The version now; nil where the file cannot be read.
    package let version: Version?
    /// The manifests that say this version.
    package let manifests: [Manifest]
    /// The manifests that say another one.
    package let others: [Manifest]
    /// What stands before the version in the names of git tags.
    package let tagPrefix: String

    /// The version of a project that nothing was released of.
    package static let first = Version(SemanticVersion(0, 1, 0))

    /// Whether a VERSION file is to be written.
    package var needsFile: Bool {
        switch source {
        case .manifest, .nothing: true
        case .file, .unreadable, .tags: false
        }
    }

    /// Finds the version.
    ///
    /// - Parameters:
    ///   - paths: the files of the folder.
    ///   - contents: what the version files and manifests hold.
    ///   - gitTags: the names of the git tags.
    package init(paths: [String], contents: [String: [UInt8]], gitTags: [String]) {
        let (prefix, highest) = Self.tags(gitTags)
        tagPrefix = prefix
        let found = Self.manifests(paths, contents)
        if let path = Self.versionFiles.first(where: paths.contains) {
            do {
                let file = try VersionFile(parsing: contents[path] ?? [], path: path)
                source = .file(path)
                version = file.version
            } catch {
                source = .unreadable(path, problem: error.description)
                version = nil
            }
        } else if let first = found.first {
            source = .manifest(first.path)
            version = first.version
        } else if let highest {
            source = .tags(highest: highest.name)
            version = highest.version
        } else {
            source = .nothing
            version = Self.first
        }
        let version = version
        manifests = found.filter { $0.version == version }
        others = found.filter { $0.version != version }
    }

    /// Whether a file may tell about the version.
    static func isWanted(_ path: String) -> Bool { versionFiles.contains(path) || isManifest(path) }

    // MARK: Files

    static let versionFiles = ["VERSION", "VERSION.txt", "version.txt", ".version"]

    /// The manifests that are looked for, the likeliest to be kept first.
    private static let manifestNames = [
        "package.json", "Cargo.toml", "pyproject.toml", "pom.xml", "build.gradle", "build.gradle.kts",
        "gradle.properties", "composer.json", "Directory.Build.props", "mix.exs", "pubspec.yaml", "setup.cfg",
        "Chart.yaml", "package-lock.json",
    ]

    private static let manifestExtensions = [".gemspec", ".csproj", ".fsproj"]

    private static func isManifest(_ path: String) -> Bool {
        !path.contains("/") && (manifestNames.contains(path) || manifestExtensions.contains(where: path.hasSuffix))
    }

    /// The manifests that say a version; a placeholder such as 0.0.0 counts as none.
    private static func manifests(_ paths: [String], _ contents: [String: [UInt8]]) -> [Manifest] {
        let named = manifestNames.filter(paths.contains)
        let others = paths.filter { path in isManifest(path) && !named.contains(path) }
        return (named + others.sorted()).compactMap { path in
            guard let bytes = contents[path], let request = try? VersionedFile.Request(path: path),
                let version = try? VersionedFile(parsing: bytes, path: path, request: request).version(),
                version.numbers.contains(where: { $0 > 0 })
            else { return nil }
            return Manifest(path, version)
        }
    }

    // MARK: Git tags

    /// The prefix that most tags of versions have, and the highest version under it.
    private static func tags(_ names: [String]) -> (prefix: String, highest: (name: String, version: Version)?) {
        var series: [String: [(name: String, version: SemanticVersion)]] = [:]
        for name in names {
            guard let (prefix, version) = split(name) else { continue }
            series[prefix, default: []].append((name, version))
        }
        // `v` is usual, so it wins where two are as frequent; then the order of bytes decides, so that one always does.
        let best = series.max { left, right in
            if left.value.count != right.value.count { return left.value.count < right.value.count }
            if (left.key == "v") != (right.key == "v") { return right.key == "v" }
            return right.key.utf8.lexicographicallyPrecedes(left.key.utf8)
        }
        guard let best else { return ("v", nil) }
        let highest = best.value.max { $0.version < $1.version }
        return (best.key, highest.map { ($0.name, Version($0.version)) })
    }

    /// A tag's name as prefix and version; nil for a tag of something else.
    private static func split(_ name: String) -> (prefix: String, version: SemanticVersion)? {
        for index in name.indices where name[index].isASCII && name[index].isNumber {
            // Not in the middle of a number.
            if index > name.startIndex, name[name.index(before: index)].isNumber { continue }
            if let version = try? SemanticVersion(parsing: String(name[index...])) { return (String(name[..<index]), version) }
        }
        return nil
    }
}
