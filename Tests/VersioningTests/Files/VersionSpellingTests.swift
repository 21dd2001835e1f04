import Testing

@testable import Versioning

@Suite struct VersionSpellingTests {
    struct Example: Sendable {
        let spelling: VersionSpelling
        let version: String
        let text: String
        var scheme = VersionScheme.semantic
        var old = ""

        init(
            _ spelling: VersionSpelling,
            _ version: String,
            _ text: String,
            scheme: VersionScheme = .semantic,
            old: String = ""
        ) {
            self.spelling = spelling
            self.version = version
            self.text = text
            self.scheme = scheme
            self.old = old
        }
    }

    /// Both ways: what is written is read as the same version.
    @Test(arguments: [
        Example(.own, "26.7", "26.7", scheme: .numeric(count: 2)),
        Example(.semantic, "2.2.0-rc.1+b.7", "2.2.0-rc.1+b.7"),
        Example(.semantic, "2.2.0rc1", "2.2.0-rc.1", scheme: .python(count: 3)),
        Example(.semantic, "2.2a1", "2.2.0-alpha.1", scheme: .python(count: 2)),
        Example(.python, "2.2.0", "2.2.0"),
        Example(.python, "2.2.0-alpha.1", "2.2.0a1"),
        Example(.python, "2.2.0-beta.12", "2.2.0b12"),
        Example(.python, "2.2.0-rc.1", "2.2.0rc1"),
        Example(.python, "2.2.0-dev.4", "2.2.0.dev4"),
        Example(.python, "2.2.0-dev.4.g503a2eb", "2.2.0.dev4+g503a2eb"),
        Example(.python, "2.2.0-rc.1+b.7", "2.2.0rc1+b.7"),
        Example(.python, "2.2.0rc1.post2", "2.2.0rc1.post2", scheme: .python(count: 3)),
        Example(.python, "26.7", "26.7", scheme: .numeric(count: 2)),
        Example(.gem, "2.2.0", "2.2.0"),
        Example(.gem, "2.2.0-rc.1", "2.2.0.rc.1"),
        Example(.numbers, "2.2.0", "2.2.0"),
        Example(.numbers, "26.7", "26.7", scheme: .numeric(count: 2)),
        Example(.assembly, "2.2.0", "2.2.0.0", old: "1.0.0.0"),
        Example(.assembly, "1.2.3.4", "1.2.3.4", scheme: .numeric(count: 4), old: "1.0"),
    ])
    func writesAndReads(_ example: Example) throws {
        let version = try example.scheme.version(example.version)
        let text = try example.spelling.text(of: version, scheme: example.scheme, replacing: example.old)
        #expect(text == example.text)
        #expect(try example.spelling.version(from: text, scheme: example.scheme) == version)
        #expect(example.spelling.text(text, says: version, scheme: example.scheme))
    }

    /// One way: another spelling of the same.
    @Test(arguments: [
        Example(.python, "2.2.0-alpha", "2.2.0a0"), Example(.python, "2.2.0-rc1", "2.2.0rc1"),
        Example(.python, "2.2.0-pre.2", "2.2.0rc2"), Example(.python, "2.2.0+B-7", "2.2.0+b.7"),
        Example(.assembly, "2.2.0-rc.1", "2.2.0.0", old: "1.0.0.0"), Example(.prefix, "2.2.0-rc.1", "2.2.0"),
        Example(.suffix, "2.2.0-rc.1", "rc.1"), Example(.suffix, "2.2.0", ""),
        Example(.semanticKeepingBuild, "2.2.0", "2.2.0+45", old: "2.1.0+45"),
        Example(.semanticKeepingBuild, "2.2.0+46", "2.2.0+46", old: "2.1.0+45"),
    ])
    func writes(_ example: Example) throws {
        let version = try example.scheme.version(example.version)
        #expect(try example.spelling.text(of: version, scheme: example.scheme, replacing: example.old) == example.text)
        #expect(example.spelling.text(example.text, says: version, scheme: example.scheme))
    }

    @Test(arguments: [
        // Where nothing ranks alike, or a part would be lost.
        Example(.python, "2.2.0-snapshot", "none of alpha.N"), Example(.python, "2.2.0-1", "none of alpha.N"),
        Example(.python, "2.2.0-rc.1.dev.4", "nothing may follow"),
        Example(.python, "2.2.0-rc.x", "nothing may follow"),
        Example(.python, "2.2.0-rc.99999999999999999999", "nothing may follow"),
        Example(.semantic, "2.2.0.post1", "post release", scheme: .python(count: 3)),
        Example(.semantic, "2.2.0rc1.dev4", "towards a prerelease", scheme: .python(count: 3)),
        Example(.semantic, "1.2.3.4", "three numbers", scheme: .numeric(count: 4)),
        Example(.semantic, "26.7", "three numbers", scheme: .numeric(count: 2)),
        Example(.gem, "2.2.0-1", "starts with a number"), Example(.gem, "2.2.0+b", "build metadata"),
        Example(.gem, "2.2.0-rc-1", "hyphen"), Example(.numbers, "2.2.0-rc.1", "there is more to it"),
        Example(.numbers, "2.2.0+b", "there is more to it"),
        Example(.numbers, "1.2.3.4", "there is more to it", scheme: .numeric(count: 4)),
        Example(.assembly, "2.65535.0", "none above 65534"), Example(.prefix, "2.2.0+b", "build metadata"),
    ])
    func refusesWhatItCannotExpress(_ example: Example) throws {
        let version = try example.scheme.version(example.version)
        let error = #expect(throws: VersionError.self) {
            try example.spelling.text(of: version, scheme: example.scheme, replacing: example.old)
        }
        #expect(error?.description.contains(example.text) == true, "\(error?.description ?? "")")
    }

    /// A custom scheme may hold what would end a string.
    @Test func writesNothingThatMustBeEscaped() throws {
        let scheme = VersionScheme.custom(try VersionPattern("(?<major>\\d+).*"))
        let version = try scheme.version("1\", \"x\": \"")
        #expect(throws: VersionError.self) { try VersionSpelling.own.text(of: version, scheme: scheme, replacing: "") }
    }

    @Test(arguments: [("26.7", "\"26.7\""), ("2.1.0", "2.1.0"), ("26", "\"26\"")])
    func quotesWhatYAMLWouldTakeForANumber(version: String, written: String) throws {
        let scheme = VersionScheme.custom(try VersionPattern("(?<major>\\d+)(\\.(?<minor>\\d+))*"))
        let request = try VersionedFile.Request(path: "a.yaml", keys: ["tag"])
        let file = try VersionedFile(
            parsing: Array("tag: 1 # x".utf8),
            path: "a.yaml",
            request: request,
            scheme: scheme
        )
        let bytes = try file.replacingVersion(with: try scheme.version(version)).bytes
        #expect(String(decoding: bytes, as: UTF8.self) == "tag: \(written) # x")
    }
}
