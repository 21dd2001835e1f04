/// How a file writes versions.
///
/// A project has one scheme; its files may need another spelling of the same version, such as Python's `2.2.0rc1` for
/// `2.2.0-rc.1`. What a spelling cannot express is refused, never rounded.
enum VersionSpelling: Equatable, Sendable {
    /// As the project writes it.
    case own
    /// Semantic Versioning.
    case semantic
    /// Semantic Versioning, where a version without build metadata leaves the file's own in place.
    case semanticKeepingBuild
    /// PEP 440, in its normal form.
    case python
    /// RubyGems: the prerelease behind a dot.
    case gem
    /// Up to three numbers and nothing else.
    case numbers
    /// As many numbers as stand there, without the prerelease: .NET's assembly versions.
    case assembly
    /// The numbers alone; the prerelease stands in the suffix.
    case prefix
    /// The prerelease alone.
    case suffix

    /// A version as the file writes it.
    ///
    /// - Parameters:
    ///   - version: the version to write.
    ///   - scheme: how the project writes its versions.
    ///   - old: what stands in the file.
    /// - Returns: a text of letters, digits and `.+-_!~`, which no format must escape.
    /// - Throws: `VersionError` where the spelling has no form for the version.
    func text(of version: Version, scheme: VersionScheme, replacing old: String) throws(VersionError) -> String {
        let text = try unchecked(version, scheme, old)
        let isSafe = text.utf8.allSatisfy { $0.isASCIIDigit || $0.isASCIILetter || ".+-_!~".utf8.contains($0) }
        guard isSafe else {
            throw VersionError(text, "a version that can stand in any file", "only letters, digits and .+-_!~ can")
        }
        return text
    }

    private func unchecked(
        _ version: Version,
        _ scheme: VersionScheme,
        _ old: String
    ) throws(VersionError) -> String {
        switch self {
        case .own: return version.text
        case .semantic: return try SemanticVersion(version, scheme: scheme).description
        case .semanticKeepingBuild:
            let semantic = try SemanticVersion(version, scheme: scheme)
            guard semantic.buildMetadata.isEmpty, let build = old.split(atFirst: "+").after else {
                return semantic.description
            }
            return "\(semantic)+\(build)"
        case .python: return try PythonVersion(version, scheme: scheme).text
        case .gem: return try SemanticVersion(version, scheme: scheme).gemText
        case .numbers:
            guard version.isStable, version.build.isEmpty, version.numbers.count <= 3 else {
                throw VersionError(version.text, "a version of up to three numbers", "there is more to it")
            }
            return version.numbers.map(String.init).joined(separator: ".")
        case .assembly: return try Self.assembly(version, old)
        case .prefix:
            let semantic = try SemanticVersion(version, scheme: scheme)
            guard semantic.buildMetadata.isEmpty else {
                throw VersionError(version.text, "a version of a prefix and a suffix", "it has build metadata")
            }
            return SemanticVersion(semantic.major, semantic.minor, semantic.patch).description
        case .suffix:
            let semantic = try SemanticVersion(version, scheme: scheme)
            return semantic.prerelease.map(\.description).joined(separator: ".")
        }
    }

    /// Two to four numbers up to 65534, zero where the version has fewer.
    private static func assembly(_ version: Version, _ old: String) throws(VersionError) -> String {
        let count = max(2, min(4, old.split(separator: ".", omittingEmptySubsequences: false).count))
        let numbers = (version.numbers + [0, 0, 0, 0]).prefix(max(count, min(4, version.numbers.count)))
        guard version.numbers.count <= 4, numbers.allSatisfy({ $0 <= 65534 }) else {
            throw VersionError(version.text, "an assembly version", "it needs up to four numbers, none above 65534")
        }
        return numbers.map(String.init).joined(separator: ".")
    }

    /// Reads what stands in a file.
    ///
    /// - Throws: `VersionError` where that is no version of the project's scheme.
    func version(from text: String, scheme: VersionScheme) throws(VersionError) -> Version {
        switch self {
        case .own, .prefix, .suffix: return try scheme.version(text)
        case .semantic:
            guard case .python = scheme else { return try scheme.version(text) }
            return try scheme.version(try PythonVersion(try Self.semantic(text)).text(numbersOf: scheme))
        case .semanticKeepingBuild:
            return try Self.semantic.version(from: String(text.split(atFirst: "+").before), scheme: scheme)
        case .python:
            switch scheme {
            case .python: return try scheme.version(try PythonVersion(parsing: text).text(numbersOf: scheme))
            case .semantic: return Version(try SemanticVersion(try PythonVersion(parsing: text)))
            default: return try scheme.version(text)
            }
        case .gem:
            guard scheme == .semantic else { return try scheme.version(text) }
            return Version(try SemanticVersion(gem: text))
        case .numbers, .assembly:
            guard scheme == .semantic else { return try scheme.version(text) }
            var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            while parts.count < 3 { parts.append("0") }
            if parts.count == 4, self == .assembly { parts.removeLast() }
            return try scheme.version(parts.joined(separator: "."))
        }
    }

    private static func semantic(_ text: String) throws(VersionError) -> SemanticVersion {
        do {
            return try SemanticVersion(parsing: text)
        } catch {
            throw VersionError(text, "a semantic version", error.problem)
        }
    }

    /// Whether a file already says a version, in this spelling or an equal one.
    func text(_ text: String, says version: Version, scheme: VersionScheme) -> Bool {
        guard let wanted = try? self.text(of: version, scheme: scheme, replacing: text) else { return false }
        if text == wanted { return true }
        // PEP 440 has many spellings of one version.
        return self == .python && (try? PythonVersion(parsing: text))?.text == wanted
    }
}
