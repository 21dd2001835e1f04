/// One version in the forms of several ecosystems.
///
/// Only forms that keep the order are converted: a version that would rank elsewhere, or lose a part, is refused.
extension SemanticVersion {
    /// The semantic form of a project's version.
    init(_ version: Version, scheme: VersionScheme) throws(VersionError) {
        if case .python = scheme {
            try self.init(try PythonVersion(parsing: version.text))
            return
        }
        do {
            try self.init(parsing: version.text)
        } catch {
            throw VersionError(version.text, "a semantic version", error.problem)
        }
    }

    /// The semantic form of a version of PEP 440: `2.2.0-rc.1` for `2.2rc1`.
    init(_ python: PythonVersion) throws(VersionError) {
        func refused(_ problem: String) -> VersionError {
            VersionError(python.text, "a version that a semantic version can express", problem)
        }
        guard python.epoch == 0 else { throw refused("it has an epoch") }
        guard python.release.count <= 3 else { throw refused("it has \(python.release.count) release numbers") }
        guard python.post == nil else { throw refused("nothing ranks like its post release") }
        var identifiers: [String] = []
        var build = python.local
        if let prerelease = python.prerelease {
            // `rc1.dev4` ranks below `rc1`, but `rc.1.dev.4` above `rc.1`.
            guard python.development == nil else { throw refused("it develops towards a prerelease") }
            let words: [PythonVersion.Phase: String] = [.alpha: "alpha", .beta: "beta", .candidate: "rc"]
            identifiers = [words[prerelease.phase] ?? prerelease.phase.rawValue, String(prerelease.number)]
        } else if let development = python.development {
            identifiers = ["dev", String(development)]
            if let hash = build.first, hash.hasPrefix("g"), hash.utf8.count > 4 {
                identifiers.append(hash)
                build.removeFirst()
            }
        }
        let numbers = python.release + [0, 0]
        self.init(
            numbers[0],
            numbers[1],
            numbers[2],
            prerelease: identifiers.map(PrereleaseIdentifier.init(unchecked:)),
            buildMetadata: build
        )
    }

    /// The form of RubyGems, whose prereleases stand behind a dot: `2.2.0.rc.1`.
    var gemText: String {
        get throws(VersionError) {
            func refused(_ problem: String) -> VersionError {
                VersionError(description, "a version that RubyGems can express", problem)
            }
            guard buildMetadata.isEmpty else { throw refused("it has build metadata") }
            if let first = prerelease.first, first.isNumeric { throw refused("its prerelease starts with a number") }
            guard prerelease.allSatisfy({ !$0.description.utf8.contains(UInt8(ascii: "-")) }) else {
                throw refused("its prerelease holds a hyphen")
            }
            return (["\(major).\(minor).\(patch)"] + prerelease.map(\.description)).joined(separator: ".")
        }
    }

    /// Reads the form of RubyGems, or the semantic one.
    init(gem text: String) throws(VersionError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isGem = parts.count > 3 && !text.utf8.contains(UInt8(ascii: "-"))
        let semantic =
            isGem
            ? parts[..<3].joined(separator: ".") + "-" + parts[3...].joined(separator: ".") : text
        do {
            try self.init(parsing: semantic)
        } catch {
            throw VersionError(text, "a version of RubyGems", error.problem)
        }
    }
}

extension PythonVersion {
    /// The form of PEP 440 of a project's version.
    init(_ version: Version, scheme: VersionScheme) throws(VersionError) {
        if scheme == .semantic {
            try self.init(try SemanticVersion(version, scheme: scheme))
        } else {
            try self.init(parsing: version.text)
        }
    }

    /// The form of PEP 440 of a semantic version: `2.2.0rc1` for `2.2.0-rc.1`.
    ///
    /// Prereleases may be called alpha, beta or rc, or as PEP 440 also spells them, and dev; one number may follow.
    init(_ version: SemanticVersion) throws(VersionError) {
        func refused(_ problem: String) -> VersionError {
            VersionError(version.description, "a version that PEP 440 can express", problem)
        }
        var text = "\(version.major).\(version.minor).\(version.patch)"
        var local = version.buildMetadata.map { $0.lowercased() }
        var rest = version.prerelease.map(\.description)[...]
        if let first = rest.popFirst() {
            // `rc1` is read as `rc.1`.
            let word = String(first.prefix { !$0.isNumber })
            let digits = String(first.dropFirst(word.count))
            let number = digits.isEmpty && rest.first.map { UInt64($0) != nil } ?? false ? rest.removeFirst() : digits
            guard number.isEmpty || UInt64(number) != nil, let suffix = Self.suffixes[word.lowercased()] else {
                throw refused("its prerelease is none of alpha.N, beta.N, rc.N and dev.N")
            }
            text += suffix + (number.isEmpty ? "0" : number)
            if suffix == ".dev", let hash = rest.first, hash.hasPrefix("g") {
                rest.removeFirst()
                local.insert(hash.lowercased(), at: 0)
            }
            guard rest.isEmpty else { throw refused("nothing may follow in its prerelease") }
        }
        if !local.isEmpty { text += "+" + local.joined(separator: ".") }
        do {
            try self.init(parsing: text)
        } catch {
            throw refused(error.problem)
        }
    }

    private static let suffixes: [String: String] = [
        "alpha": "a", "a": "a", "beta": "b", "b": "b", "rc": "rc", "c": "rc", "pre": "rc", "preview": "rc",
        "dev": ".dev",
    ]

    /// The text with as many release numbers as the project has, where only zeros are missing or too many.
    func text(numbersOf scheme: VersionScheme) -> String {
        guard case .python(let count) = scheme, release.count != count else { return text }
        var numbers = release
        while numbers.count > count, numbers.last == 0 { numbers.removeLast() }
        while numbers.count < count { numbers.append(0) }
        let head = (epoch == 0 ? "" : "\(epoch)!") + release.map(String.init).joined(separator: ".")
        let tail = text.dropFirst(head.count)
        return (epoch == 0 ? "" : "\(epoch)!") + numbers.map(String.init).joined(separator: ".") + tail
    }
}
