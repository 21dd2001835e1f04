/// Finds where the version stands in a file of some kind.
struct PlaceSearch {
    let bytes: [UInt8]
    /// The file's name, without its folder.
    let name: String
    let request: VersionedFile.Request

    var keys: [String] { request.keys }
    var kind: VersionFileKind { request.kind }

    /// A place as a scanner finds it.
    struct Found {
        let key: String
        let range: Range<Int>
        let spelling: VersionSpelling
        var style: VersionPlace.Style = .text
    }

    /// The places, from the file's start to its end.
    func places() throws(ScanFailure) -> [VersionPlace] {
        guard !bytes.starts(with: [0xFE, 0xFF]), !bytes.starts(with: [0xFF, 0xFE]) else {
            throw ScanFailure(place: nil, problem: "the file is UTF-16 text", hint: "save it as UTF-8")
        }
        var places: [VersionPlace] = []
        var counted = 0
        var end = -1
        var line = 1
        let found = try found().sorted { $0.range.lowerBound < $1.range.lowerBound }
        for found in found {
            let range = withoutV(found)
            // Two keys may lead to one place.
            guard range.lowerBound > end else { continue }
            line += bytes[counted..<range.lowerBound].count { $0 == UInt8(ascii: "\n") }
            counted = range.lowerBound
            end = range.upperBound
            places.append(
                VersionPlace(
                    key: found.key,
                    range: range,
                    line: line,
                    text: try text(range, of: found.key),
                    spelling: found.spelling,
                    style: found.style
                )
            )
        }
        guard !places.isEmpty else { throw ScanFailure(place: nil, problem: "no version in it") }
        return places
    }

    /// A `v` before the version stays, where the file may write what the project likes.
    func withoutV(_ found: Found) -> Range<Int> {
        let range = found.range
        guard found.spelling == .own, range.count > 1, bytes[range.lowerBound] | 0x20 == UInt8(ascii: "v"),
            bytes[range.lowerBound + 1].isASCIIDigit
        else { return range }
        return (range.lowerBound + 1)..<range.upperBound
    }

    /// What stands in a place; what refers to something else is no place for a version.
    private func text(_ range: Range<Int>, of key: String) throws(ScanFailure) -> String {
        guard let text = String(validating: bytes[range], as: UTF8.self) else {
            throw ScanFailure(place: range.lowerBound, problem: "\(key): bytes that are not UTF-8 text")
        }
        guard !text.utf8.contains(where: { "${}\\@#%<>&\r\n".utf8.contains($0) }) else {
            let shown = text.unicodeScalars.prefix(60).map { $0.value < 0x20 ? " " : String($0) }.joined()
            throw ScanFailure(
                place: range.lowerBound,
                problem: "\(key) is \(shown), which is put together elsewhere",
                hint: "list the file in which the version itself stands, or name that place under `keys:`"
            )
        }
        return text
    }

    private func found() throws(ScanFailure) -> [Found] {
        switch kind {
        case .versionFile: []
        case .json, .packageJSON, .composer, .packageLock: try jsonPlaces()
        case .toml, .cargo, .cargoLock, .pyproject: try tomlPlaces()
        case .yaml, .chart, .pubspec: try yamlPlaces()
        case .maven, .plist, .msbuild: try xmlPlaces()
        case .setupConfiguration, .properties: try propertyPlaces()
        case .dockerfile: try dockerfilePlaces()
        case .gradle, .swift, .python, .mix, .ruby, .podspec: try sourcePlaces()
        case .regex: try patternPlaces()
        }
    }

    private func patternPlaces() throws(ScanFailure) -> [Found] {
        let ranges = try request.pattern?.places(in: bytes) ?? []
        guard !ranges.isEmpty else { throw ScanFailure(place: nil, problem: "the pattern matches nowhere") }
        if let count = request.count, count != ranges.count {
            throw ScanFailure(
                place: nil,
                problem: "the pattern matches \(ranges.count) times, not \(count) times"
            )
        }
        return ranges.map { Found(key: "the version", range: $0, spelling: .own) }
    }

    func failure(_ problem: String, at place: Int? = nil, hint: String? = nil) -> ScanFailure {
        ScanFailure(place: place, problem: problem, hint: hint)
    }

    /// The line of a place, from 1.
    func line(_ place: Int) -> Int { 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") } }
}
