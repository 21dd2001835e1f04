/// A version as PEP 440 defines it, in every spelling that its appendix B accepts.
package struct PythonVersion: Hashable, Sendable {
    package enum Phase: String, Sendable {
        case alpha = "a"
        case beta = "b"
        case candidate = "rc"
    }

    package struct Prerelease: Hashable, Sendable {
        package let phase: Phase
        package let number: UInt64
    }

    /// The number before `!`, which outranks all others.
    package let epoch: UInt64
    package let release: [UInt64]
    package let prerelease: Prerelease?
    package let post: UInt64?
    package let development: UInt64?
    /// The local version's segments, lower-cased; empty where there is none.
    package let local: [String]

    /// Whether it is an alpha, beta, candidate or development release.
    package var isPrerelease: Bool { prerelease != nil || development != nil }
    package var isPostrelease: Bool { post != nil }
    package var isDevelopmentRelease: Bool { development != nil }

    /// The normal form, without the local version: `1!2.0rc1.post2.dev3`.
    package var publicText: String {
        var text = epoch == 0 ? "" : "\(epoch)!"
        text += release.map(String.init).joined(separator: ".")
        if let prerelease { text += prerelease.phase.rawValue + "\(prerelease.number)" }
        if let post { text += ".post\(post)" }
        if let development { text += ".dev\(development)" }
        return text
    }

    /// The normal form.
    package var text: String { publicText + (local.isEmpty ? "" : "+" + local.joined(separator: ".")) }

    package static func == (left: PythonVersion, right: PythonVersion) -> Bool { left.text == right.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Reads a version.
    ///
    /// - Throws: `VersionError` where PEP 440 does not know the spelling.
    package init(parsing text: String) throws(VersionError) {
        var reader = Reader(text)
        reader.skip("v")
        guard let first = reader.number() else { throw Self.error(text, "a release number is missing") }
        if reader.skip("!") {
            epoch = first
            guard let number = reader.number() else { throw Self.error(text, "a release number is missing") }
            release = [number] + reader.furtherNumbers()
        } else {
            epoch = 0
            release = [first] + reader.furtherNumbers()
        }
        prerelease = reader.prerelease()
        post = reader.post()
        development = reader.development()
        if reader.skip("+") {
            guard let segments = reader.localSegments() else {
                throw Self.error(text, "its local version is malformed")
            }
            local = segments
        } else {
            local = []
        }
        guard reader.isAtEnd else { throw Self.error(text, "\"\(reader.rest)\" is left over") }
        guard !reader.overflowed else { throw Self.error(text, "a number is larger than \(UInt64.max)") }
    }

    private static func error(_ text: String, _ problem: String) -> VersionError {
        VersionError(text, "a version of PEP 440", problem)
    }
}

extension PythonVersion {
    /// The version for tags and lines.
    ///
    /// More or fewer release numbers than every version of the project has are refused, since `1.2` could be a release
    /// as well as the line of `1.2.3`.
    func version(numbers count: Int) throws(VersionError) -> Version {
        guard release.count == count else {
            throw VersionError(text, "a version of PEP 440 with \(count) release numbers", "it has \(release.count)")
        }
        guard epoch == 0 else {
            throw VersionError(text, "a version that a tag can name", "an epoch has no place in an image's tag")
        }
        var ends: [Int] = []
        for number in release { ends.append((ends.last.map { $0 + 1 } ?? 0) + "\(number)".utf8.count) }
        return Version(
            text: text,
            numbers: release,
            numberEnds: ends,
            isStable: !isPrerelease,
            isDevelopment: development != nil && local.first.map(Self.isHash) ?? false,
            channel: development == nil ? prerelease?.phase.rawValue : nil,
            precedence: precedence,
            build: local.map(PrereleaseIdentifier.init(unchecked:))
        )
    }

    /// A local version that names a commit, `g503a2eb`.
    private static func isHash(_ segment: String) -> Bool {
        segment.hasPrefix("g") && segment.utf8.count >= 5 && segment.utf8.dropFirst().allSatisfy(\.isHexadecimalDigit)
    }

    /// The order of PEP 440, "Summary of permitted suffixes and relative ordering", as numbers.
    private var precedence: [PrereleaseIdentifier] {
        let phase: UInt64 =
            switch prerelease?.phase {
            case .alpha?: 1
            case .beta?: 2
            case .candidate?: 3
            // A development release of the version itself comes before all of its prereleases.
            case nil: post == nil && development != nil ? 0 : 4
            }
        let ranks: [UInt64] = [
            phase, prerelease?.number ?? 0, post.map { _ in 1 } ?? 0, post ?? 0, development == nil ? 1 : 0,
            development ?? 0,
        ]
        return ranks.map { PrereleaseIdentifier(unchecked: "\($0)") }
    }
}

/// Reads the parts of a version one after the other; each function leaves its place alone where its part is absent.
private struct Reader {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var overflowed = false

    init(_ text: String) {
        let lowered = Array(text.lowercased().utf8)
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        bytes = Array(lowered.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    var isAtEnd: Bool { position == bytes.count }
    var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

    @discardableResult
    mutating func skip(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func skipSeparator() -> Bool { skip(".") || skip("-") || skip("_") }

    mutating func number() -> UInt64? {
        let digits = bytes[position...].prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty else { return nil }
        position += digits.count
        if let number = UInt64(String(decoding: digits, as: UTF8.self)) { return number }
        overflowed = true
        return 0
    }

    mutating func furtherNumbers() -> [UInt64] {
        var numbers: [UInt64] = []
        while true {
            let start = position
            guard skip("."), let number = number() else {
                position = start
                return numbers
            }
            numbers.append(number)
        }
    }

    mutating func prerelease() -> PythonVersion.Prerelease? {
        let spellings: [(String, PythonVersion.Phase)] = [
            ("alpha", .alpha), ("beta", .beta), ("preview", .candidate), ("pre", .candidate), ("rc", .candidate),
            ("a", .alpha), ("b", .beta), ("c", .candidate),
        ]
        let start = position
        _ = skipSeparator()
        for (word, phase) in spellings where skip(word) {
            return PythonVersion.Prerelease(phase: phase, number: numberBehindSeparator() ?? 0)
        }
        position = start
        return nil
    }

    mutating func post() -> UInt64? {
        let start = position
        // `1.0-1` is a post release in short.
        if skip("-"), let number = number() { return number }
        position = start
        _ = skipSeparator()
        for word in ["post", "rev", "r"] where skip(word) { return numberBehindSeparator() ?? 0 }
        position = start
        return nil
    }

    mutating func development() -> UInt64? {
        let start = position
        _ = skipSeparator()
        if skip("dev") { return numberBehindSeparator() ?? 0 }
        position = start
        return nil
    }

    private mutating func numberBehindSeparator() -> UInt64? {
        let start = position
        _ = skipSeparator()
        if let number = number() { return number }
        position = start
        return nil
    }

    mutating func localSegments() -> [String]? {
        let segments = bytes[position...].split(omittingEmptySubsequences: false) { ".-_".utf8.contains($0) }
        let isSegment: (ArraySlice<UInt8>) -> Bool = { segment in
            !segment.isEmpty && segment.allSatisfy { $0.isASCIIDigit || (0x61...0x7A).contains($0) }
        }
        guard segments.allSatisfy(isSegment) else { return nil }
        position = bytes.count
        return segments.map { segment in
            let text = String(decoding: segment, as: UTF8.self)
            return UInt64(text).map(String.init) ?? text
        }
    }
}

extension UInt8 {
    var isHexadecimalDigit: Bool { isASCIIDigit || (0x61...0x66).contains(self) }
}
