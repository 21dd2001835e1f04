/// A file that carries the version among other things.
///
/// The file's bytes are kept, so that writing a new version changes the version's bytes and nothing else.
package struct VersionedFile: Equatable, Sendable {
    package let path: String
    package let bytes: [UInt8]
    /// Where the version stands, from the file's start to its end; at least one place.
    package let places: [VersionPlace]
    package let scheme: VersionScheme
    private let hint: String

    /// Finds the version in a file.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - path: the file's name, for errors.
    ///   - request: what the file is.
    ///   - scheme: how the project writes its versions.
    /// - Throws: `VersionFileError` that names file, line and what was expected.
    package init(
        parsing bytes: [UInt8],
        path: String,
        request: Request,
        scheme: VersionScheme = .semantic
    ) throws(VersionFileError) {
        let hint = request.kind.hint
        let places: [VersionPlace]
        if request.kind == .versionFile {
            let file = try VersionFile(parsing: bytes, path: path, scheme: scheme)
            let line = 1 + bytes[..<file.versionRange.lowerBound].count { $0 == UInt8(ascii: "\n") }
            places = [
                VersionPlace(
                    key: "the version",
                    range: file.versionRange,
                    line: line,
                    text: file.version.text,
                    spelling: .own,
                    style: .text
                )
            ]
        } else {
            do {
                let name = path.split(separator: "/").last.map(String.init) ?? path
                places = try PlaceSearch(bytes: bytes, name: name, request: request).places()
            } catch {
                throw error.error(path: path, bytes: bytes, hint: hint)
            }
        }
        self.path = path
        self.bytes = bytes
        self.places = places
        self.scheme = scheme
        self.hint = hint
    }

    private init(_ old: VersionedFile, bytes: [UInt8], places: [VersionPlace]) {
        path = old.path
        scheme = old.scheme
        hint = old.hint
        self.bytes = bytes
        self.places = places
    }

    /// The version that the file says.
    ///
    /// - Returns: the version in the project's scheme, whatever the file's spelling.
    /// - Throws: `VersionFileError` where it is none, or two places say different ones.
    package func version() throws(VersionFileError) -> Version {
        var found: (version: Version, place: VersionPlace)?
        for place in places where place.spelling != .suffix {
            let version = try version(at: place)
            if let found, found.version != version {
                throw VersionFileError(
                    path: path,
                    line: place.line,
                    problem: "\(place.key) is \(place.text), but \(found.place.key) in line \(found.place.line) is "
                        + found.place.text,
                    hint: "make them agree, or name the right one under `keys:`"
                )
            }
            if found == nil { found = (version, place) }
        }
        guard let found else { throw VersionFileError(path: path, line: nil, problem: "no version in it", hint: hint) }
        return found.version
    }

    private func version(at place: VersionPlace) throws(VersionFileError) -> Version {
        var text = place.text
        if place.spelling == .prefix, let suffix = places.first(where: { $0.spelling == .suffix }), suffix.text != "" {
            text += "-" + suffix.text
        }
        do {
            return try place.spelling.version(from: text, scheme: scheme)
        } catch {
            throw VersionFileError(path: path, line: place.line, problem: "\(place.key): \(error)", hint: hint)
        }
    }

    /// The places that say none of the expected versions.
    ///
    /// A run that was stopped leaves some files with the old version and some with the new one; so both are expected.
    ///
    /// - Parameters:
    ///   - version: the version that the file should say.
    ///   - next: the version that is about to be written; nil where there is none.
    /// - Returns: one for each place that disagrees, in the file's order.
    package func disagreements(with version: Version, or next: Version? = nil) -> [VersionDisagreement] {
        places.compactMap { place in
            let isExpected = [version, next].compactMap { $0 }.contains {
                place.spelling.text(place.text, says: $0, scheme: scheme)
            }
            guard !isExpected else { return nil }
            let expected = try? place.spelling.text(of: version, scheme: scheme, replacing: place.text)
            return VersionDisagreement(
                path: path,
                line: place.line,
                key: place.key,
                found: place.text.isEmpty ? "empty" : place.text,
                expected: expected ?? version.text
            )
        }
    }

    /// The same file with another version in every place.
    ///
    /// - Parameter version: the version to write, in the project's scheme.
    /// - Returns: the file with its new bytes.
    /// - Throws: `VersionFileError` where the file's format cannot express the version.
    package func replacingVersion(with version: Version) throws(VersionFileError) -> VersionedFile {
        var bytes: [UInt8] = []
        var places: [VersionPlace] = []
        var end = 0
        for place in self.places {
            let text: String
            do {
                text = try place.replacement(version, scheme: scheme)
            } catch {
                throw VersionFileError(
                    path: path,
                    line: place.line,
                    problem: "\(place.key): \(error)",
                    hint: "choose a version that every file can express, or take this file out of `version.files:`"
                )
            }
            bytes += self.bytes[end..<place.range.lowerBound]
            let start = bytes.count
            bytes += text.utf8
            end = place.range.upperBound
            places.append(
                VersionPlace(
                    key: place.key,
                    range: start..<bytes.count,
                    line: place.line,
                    text: text,
                    spelling: place.spelling,
                    style: place.style
                )
            )
        }
        bytes += self.bytes[end...]
        return VersionedFile(self, bytes: bytes, places: places)
    }
}
