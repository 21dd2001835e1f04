extension VersionScheme {
    /// The version of a build some commits after a release: `2.1.107-dev.4.g503a2eb`, or what the scheme has for it.
    ///
    /// - Parameters:
    ///   - release: the version that the commit follows.
    ///   - commits: how many commits it is away from that release.
    ///   - shortHash: the commit's short hash, without the `g`.
    /// - Returns: a development version, which names the commit and never holds a moving version tag.
    /// - Throws: `VersionError` where the release's last number cannot be raised.
    package func development(
        after release: Version,
        commits: Int,
        shortHash: String
    ) throws(VersionError) -> Version {
        switch self {
        case .semantic:
            let semantic = try Self.semantic(release)
            do {
                return Version(try DevelopmentVersion(after: semantic, commits: commits, shortHash: shortHash).version)
            } catch {
                throw VersionError(release.text, "a version that another can follow", error.problem)
            }
        case .python(let count):
            let released = try PythonVersion(parsing: release.text)
            return try version("\(try released.successorText(of: count)).dev\(commits)+g\(shortHash)")
        case .numeric, .calendar, .custom:
            // The shape of `git describe`, since not every such version has a successor that could be named.
            return try version("\(release.text)-\(commits)-g\(shortHash)")
        }
    }

    /// The version of a build before a version that is not released yet.
    package func development(
        before next: Version,
        commits: Int,
        shortHash: String
    ) throws(VersionError) -> Version {
        switch self {
        case .semantic:
            let semantic = try Self.semantic(next)
            return Version(DevelopmentVersion(before: semantic, commits: commits, shortHash: shortHash).version)
        case .python:
            let next = try PythonVersion(parsing: next.text)
            return try version("\(next.publicText).dev\(commits)+g\(shortHash)")
        case .numeric, .calendar, .custom:
            return try version("\(next.text)-dev.\(commits).g\(shortHash)")
        }
    }

    private static func semantic(_ version: Version) throws(VersionError) -> SemanticVersion {
        do {
            return try SemanticVersion(parsing: version.text)
        } catch {
            throw VersionError(version.text, "a semantic version", error.problem)
        }
    }

    /// Reads what `development` makes for schemes that have no development versions of their own; nil for others.
    func developmentVersion(_ text: String) throws(VersionError) -> Version? {
        switch self {
        case .semantic, .python: return nil
        case .numeric, .calendar, .custom: break
        }
        guard let head = Self.headOfDevelopment(text) else { return nil }
        return try version(head).asDevelopment(text: text)
    }

    /// What stands before `-4-g503a2eb` or `-dev.4.g503a2eb`; nil where neither is at the end.
    private static func headOfDevelopment(_ text: String) -> String? {
        for pattern in [
            /(.+)-[0-9]+-g[0-9a-f]{4,}(?:-dirty)?/, /(.+)-dev\.[0-9]+\.g[0-9a-f]{4,}(?:-dirty)?/,
        ] {
            if let match = text.wholeMatch(of: pattern) { return String(match.1) }
        }
        return nil
    }
}

extension PythonVersion {
    /// The next version of the same kind, without local version: `1.2.4`, `1.2.3rc2` or `1.2.3.post2`.
    fileprivate func successorText(of count: Int) throws(VersionError) -> String {
        func successor(_ number: UInt64) throws(VersionError) -> UInt64 {
            let (next, overflow) = number.addingReportingOverflow(1)
            guard !overflow else {
                throw VersionError(text, "a version that another can follow", "its last number cannot be raised")
            }
            return next
        }
        let numbers = release.map(String.init).joined(separator: ".")
        if let post { return numbers + ".post\(try successor(post))" }
        if let prerelease { return numbers + prerelease.phase.rawValue + "\(try successor(prerelease.number))" }
        guard let last = release.last else { return numbers }
        return (release.dropLast().map(String.init) + ["\(try successor(last))"]).joined(separator: ".")
    }
}

extension Version {
    /// The same version as a snapshot of another text.
    fileprivate func asDevelopment(text: String) -> Version {
        Version(
            text: text,
            numbers: numbers,
            numberEnds: numberEnds,
            isStable: false,
            isDevelopment: true,
            channel: nil,
            precedence: precedence,
            build: build
        )
    }
}
