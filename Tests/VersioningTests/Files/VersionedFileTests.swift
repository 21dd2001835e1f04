import Testing

@testable import Versioning

@Suite struct VersionedFileTests {
    @Test(arguments: VersionedFileSample.all + [.plist])
    func readsTheVersionAndNothingElse(_ sample: VersionedFileSample) throws {
        let file = try sample.file()
        #expect(try file.version().text == sample.version)
        #expect(file.disagreements(with: try VersionScheme.semantic.version(sample.version)).isEmpty)
        for place in file.places {
            let line = sample.content.utf8.prefix(place.range.lowerBound).count { $0 == UInt8(ascii: "\n") } + 1
            #expect(place.line == line)
        }
    }

    @Test(arguments: VersionedFileSample.all)
    func changesTheVersionAndNothingElse(_ sample: VersionedFileSample) throws {
        let version = try VersionScheme.semantic.version("3.0.0-rc.1")
        let written = try sample.file().replacingVersion(with: version)
        #expect(String(decoding: written.bytes, as: UTF8.self) == sample.replacing(with: sample.prerelease))
        let again = try VersionedFile(parsing: written.bytes, path: sample.path, request: sample.request())
        #expect(try again.version() == version)
        #expect(again.places.map(\.range) == written.places.map(\.range))
    }

    @Test func writesNumbersAlone() throws {
        let sample = VersionedFileSample.plist
        let written = try sample.file().replacingVersion(with: try VersionScheme.semantic.version("3.0.0"))
        #expect(String(decoding: written.bytes, as: UTF8.self) == sample.replacing(with: "3.0.0"))
    }

    /// Samples with CRLF in place of LF still say the same, and keep their line ends.
    @Test(arguments: VersionedFileSample.all.filter { !$0.marked.utf8.contains(0x0D) })
    func keepsLineEnds(_ sample: VersionedFileSample) throws {
        let marked = String(sample.marked.flatMap { $0 == "\n" ? "\r\n" : String($0) })
        let windows = VersionedFileSample(
            sample.path,
            kind: sample.kind,
            keys: sample.keys,
            pattern: sample.pattern,
            count: sample.count,
            version: sample.version,
            prerelease: sample.prerelease,
            marked
        )
        let version = try VersionScheme.semantic.version("3.0.0-rc.1")
        let written = try windows.file().replacingVersion(with: version)
        #expect(String(decoding: written.bytes, as: UTF8.self) == windows.replacing(with: sample.prerelease))
    }

    struct Refused: Sendable, CustomStringConvertible {
        let sample: VersionedFileSample
        let error: String

        init(
            _ path: String,
            keys: [String] = [],
            pattern: String? = nil,
            count: Int? = nil,
            _ content: String,
            _ error: String
        ) {
            sample = VersionedFileSample(path, keys: keys, pattern: pattern, count: count, content)
            self.error = error
        }

        var description: String { error }
    }

    @Test(arguments: [
        Refused("package.json", "{}", "package.json: no version in it"),
        Refused("package.json", #"{"a":{"version":"1.0.0"}}"#, "package.json: no version in it"),
        Refused("package.json", "{\n\"version\": 1.0\n}", "package.json:2: version: expected a string"),
        Refused("package.json", "{\"version\":{}}", "package.json:1: version: expected a string"),
        Refused(
            "package.json",
            "{\"version\":\"1.0.0\",\n\"version\":\"1.0.0\"}",
            "package.json:2: version stands twice; the first one is in line 1"
        ),
        Refused("package.json", "{\n \"version\": \"1.0.0\",\n}", "package.json:3: expected a key in double quotes"),
        Refused("package.json", "{\"version\":\"1.0.0\"} x", "package.json:1: expected the end of the document"),
        Refused("package.json", "{\"version\":\"1.0.0", "package.json:1: expected the string's end"),
        Refused(
            "package.json",
            "{\"version\":\"${v}\"}",
            "package.json:1: version is ${v}, which is put together elsewhere"
        ),
        Refused("package.json", String(repeating: "[", count: 200), "package.json:1: more than 100 levels"),
        Refused(
            "Cargo.toml",
            "[package]\nname = 'a'\nversion.workspace = true\n",
            "Cargo.toml:3: the version is inherited from the workspace"
        ),
        Refused(
            "Cargo.toml",
            "[package]\nversion = { workspace = true }\n",
            "Cargo.toml:2: the version is inherited from the workspace"
        ),
        Refused(
            "Cargo.toml",
            "[dependencies]\nversion = '1.0.0'",
            "Cargo.toml: no version under [package] or [workspace.package]"
        ),
        Refused("Cargo.toml", "[package]\nversion = '1.0.0\n", "Cargo.toml:2: expected the string's end"),
        Refused("Cargo.toml", "[package]\nversion = '1.0.0' x\n", "Cargo.toml:2: expected the end of the line"),
        Refused("Cargo.toml", "[package\nversion = '1.0.0'", "Cargo.toml:1: expected the end of the table's name"),
        Refused(
            "Cargo.lock",
            "[[package]]\nname='a'\nversion='1.0.0'\n[[package]]\nname='b'\nversion='1.0.0'",
            "Cargo.lock: 2 packages have no source"
        ),
        Refused(
            "Cargo.lock",
            keys: ["c"],
            "[[package]]\nname='a'\nversion='1.0.0'\n",
            "Cargo.lock: no package c without a source"
        ),
        Refused(
            "pyproject.toml",
            "[project]\nname = 'a'\ndynamic = [\n'readme',\n'version']",
            "pyproject.toml:5: the version is dynamic: the build takes it from elsewhere"
        ),
        Refused(
            "setup.cfg",
            "[metadata]\nversion = attr: a.b\n",
            "setup.cfg:2: the version is taken from elsewhere: attr: a.b"
        ),
        Refused(
            "pom.xml",
            "<project><parent><version>1.0.0</version></parent>\n</project>",
            "pom.xml:1: the version is inherited from the parent"
        ),
        Refused(
            "pom.xml",
            "<project><version>${x}</version></project>",
            "pom.xml:1: version is ${x}, and there is no such property in this file"
        ),
        Refused("pom.xml", "<project>\n<version>1.0.0</project>", "pom.xml:2: </project> closes no element"),
        Refused(
            "pom.xml",
            "<project>\n<version>1<!-- -->2</version></project>",
            "pom.xml:2: version is in several pieces"
        ),
        Refused("pom.xml", "<project><version/></project>", "pom.xml:1: version is empty"),
        Refused(
            "pom.xml",
            "<project><version>&v;</version></project>",
            "pom.xml:1: version is &v;, which is put together elsewhere"
        ),
        Refused("Info.plist", "bplist00\u{1}", "Info.plist: the property list is binary"),
        Refused(
            "Info.plist",
            "<plist><dict><key>CFBundleShortVersionString</key><string>$(MARKETING_VERSION)</string></dict></plist>",
            "Info.plist:1: CFBundleShortVersionString is $(MARKETING_VERSION), which is put together elsewhere"
        ),
        Refused(
            "Info.plist",
            "<plist><dict/></plist>",
            "Info.plist: no key CFBundleShortVersionString at the top of the property list"
        ),
        Refused("a.csproj", "<Project/>", "a.csproj: no <Version> or <VersionPrefix> in a <PropertyGroup>"),
        Refused(
            "a.csproj",
            "<Project><PropertyGroup><Version>1.0.0</Version>\n<Version>1.0.1</Version></PropertyGroup></Project>",
            "a.csproj:2: a second Version, which is another version"
        ),
        Refused("build.gradle", "plugins { id 'a' version '1.0.0' }", "build.gradle: no version with a string in it"),
        Refused("build.gradle", "\nversion = \"$a\"", "build.gradle:2: version is no plain string"),
        Refused("Version.swift", "let version = \"1.0.\" + x", "Version.swift:1: version is no plain string"),
        Refused(
            "Version.swift",
            "struct A { let version = \"1.0.0\" }\nstruct B { let version = \"1.0.0\" }",
            "Version.swift:2: version stands twice; the first one is in line 1"
        ),
        Refused("gradle.properties", "version=1.0.0\nversion=1.0.0\n", "gradle.properties:2: version stands twice"),
        Refused(
            "Dockerfile",
            "FROM a\nARG VERSION\n",
            "Dockerfile: no ARG VERSION with a value, and no label org.opencontainers.image.version"
        ),
        Refused(
            "Dockerfile",
            "ARG VERSION=1.0.0\nFROM a\nARG VERSION=1.0.1",
            "Dockerfile:3: ARG VERSION is 1.0.1, but in line 1 it is 1.0.0"
        ),
        Refused("Dockerfile", "ARG VERSION=\"1.0\".0", "Dockerfile:1: ARG VERSION is put together from several pieces"),
        Refused("a.txt", pattern: "v([0-9]+)", "none", "a.txt: the pattern matches nowhere"),
        Refused("a.txt", pattern: "v([0-9]+)", count: 3, "v1 v2", "a.txt: the pattern matches 2 times, not 3 times"),
        Refused(
            "a.txt",
            pattern: "()",
            String(repeating: "x", count: 2000),
            "a.txt: the pattern matches more than 1000 times"
        ),
        Refused("values.yaml", keys: ["image.tag"], "image: { tag: 1.0.0 }\n", "values.yaml: no image.tag in it"),
        Refused("values.yaml", keys: ["tag"], "tag: *v\n", "values.yaml:1: tag: expected a string"),
        Refused("values.yaml", keys: ["tag"], "tag: |\n  1.0.0\n", "values.yaml:1: tag: expected a string"),
    ])
    func namesFileLineAndProblem(_ refused: Refused) {
        let error = #expect(throws: VersionFileError.self) { try refused.sample.file() }
        #expect(error?.description == refused.error)
        #expect(error?.hint.isEmpty == false)
    }

    @Test func toldOfOtherEncodings() throws {
        let request = try VersionedFile.Request(path: "a.csproj")
        for start: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
            let error = #expect(throws: VersionFileError.self) {
                try VersionedFile(parsing: start + [0x3C, 0], path: "a.csproj", request: request)
            }
            #expect(error?.description == "a.csproj: the file is UTF-16 text")
        }
        // What stands outside of the version need not be UTF-8.
        let latin = try VersionedFile(
            parsing: Array("# ".utf8) + [0xE9] + Array("\nversion=1.0.0\n".utf8),
            path: "gradle.properties",
            request: VersionedFile.Request(path: "gradle.properties")
        )
        #expect(try latin.replacingVersion(with: VersionScheme.semantic.version("2.0.0")).bytes[2] == 0xE9)
    }

    @Test func tellsWhatDisagrees() throws {
        let scheme = VersionScheme.semantic
        let content = "version: 1.0.0\nappVersion: \"1.27\"\n"
        let file = try VersionedFileSample("charts/ui/Chart.yaml", content).file()
        let found = file.disagreements(with: try scheme.version("1.0.0")).map(\.description)
        #expect(found == ["charts/ui/Chart.yaml:2: appVersion is 1.27, not 1.0.0"])
        #expect(file.disagreements(with: try scheme.version("0.9.0"), or: try scheme.version("1.0.0")).count == 1)
        #expect(throws: VersionFileError.self) { try file.version() }
        let written = try file.replacingVersion(with: try scheme.version("1.1.0"))
        #expect(String(decoding: written.bytes, as: UTF8.self) == "version: 1.1.0\nappVersion: \"1.1.0\"\n")
    }
}
