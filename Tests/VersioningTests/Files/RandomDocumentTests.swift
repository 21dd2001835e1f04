import Testing

@testable import Versioning

/// A file edit changes nothing else, and what is written is read again, for documents that chance makes.
@Suite struct RandomDocumentTests {
    @Test(arguments: RandomDocument.Format.allCases)
    func changesTheVersionAndNothingElse(_ format: RandomDocument.Format) throws {
        let scheme = VersionScheme.semantic
        let request = try VersionedFile.Request(path: format.rawValue)
        for seed in 1...300 {
            var document = RandomDocument(format, seed: seed)
            let old = try scheme.version(document.version())
            let new = try scheme.version(document.version())
            let (before, after) = document.make()
            let spelling = request.kind.spelling
            let content = before + Array(try spelling.text(of: old, scheme: scheme, replacing: "").utf8) + after
            let file = try VersionedFile(parsing: content, path: format.rawValue, request: request)
            #expect(try file.version() == old)
            let written = try file.replacingVersion(with: new).bytes
            let wanted = before + Array(try spelling.text(of: new, scheme: scheme, replacing: "").utf8) + after
            guard written == wanted else {
                Issue.record("seed \(seed): \(String(decoding: content, as: UTF8.self).debugDescription)")
                return
            }
            #expect(try VersionedFile(parsing: written, path: format.rawValue, request: request).version() == new)
        }
    }
}

/// Documents with one version among things that look like it.
struct RandomDocument {
    enum Format: String, CaseIterable, Sendable {
        case json = "package.json"
        case toml = "Cargo.toml"
        case python = "pyproject.toml"
        case yaml = "Chart.yaml"
        case xml = "pom.xml"
        case properties = "gradle.properties"
        case dockerfile = "Dockerfile"
        case swift = "Package.swift"
        case gradle = "build.gradle.kts"
    }

    private let format: Format
    private var state: UInt64
    private let lineEnd: String

    init(_ format: Format, seed: Int) {
        self.format = format
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15
        lineEnd = seed.isMultiple(of: 3) ? "\r\n" : "\n"
    }

    private mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    private mutating func pick(_ texts: [String]) -> String { texts[below(texts.count)] }

    /// A version that every ecosystem has a form for.
    mutating func version() -> String {
        let prerelease = pick(["", "", "-rc.\(below(20))", "-alpha.\(below(3))", "-beta.\(below(3))"])
        return "\(below(30)).\(below(30)).\(below(200))" + prerelease
    }

    /// What stands before the version and behind it.
    mutating func make() -> ([UInt8], [UInt8]) {
        let noise = self.noise
        func part(_ count: Int, _ self: inout RandomDocument) -> String {
            (0..<count).map { _ in
                self.pick(noise).split(separator: "\n", omittingEmptySubsequences: false)
                    .joined(separator: self.lineEnd)
            }.joined()
        }
        let mark = pick(["", "\u{FEFF}"])
        let (start, opening, closing, end) = frame
        let before = mark + start + part(below(6), &self) + opening
        let after = closing + part(below(6), &self) + end
        return (Array(before.utf8), Array(after.utf8))
    }

    private var frame: (String, String, String, String) {
        switch format {
        case .json: ("{\"a\": 1,\(lineEnd)", "\"version\" : \"", "\",", "\"z\": [] }")
        case .toml:
            ("[package]\(lineEnd)", "version = '", "' # v\(lineEnd)", "[dependencies]\(lineEnd)version = '1.0.0'")
        case .python: ("[project]\(lineEnd)", "version=\"", "\"\(lineEnd)", "")
        case .yaml: ("name: a\(lineEnd)", "version: ", " # c\(lineEnd)", "x: y")
        case .xml: ("<?xml version='1.0'?><project>", "<version> ", "\t</version>", "</project>")
        case .properties: ("", "version = ", " \(lineEnd)", "end=1")
        case .dockerfile: ("FROM a\(lineEnd)", "ARG VERSION=\"", "\" B=1\(lineEnd)", "")
        case .swift: ("", "let version = \"", "\"\(lineEnd)", "")
        case .gradle: ("", "version = \"", "\"\(lineEnd)", "")
        }
    }

    /// Whole pieces that hold no version of the project's.
    private var noise: [String] {
        switch format {
        case .json:
            [
                "\"b\": {\"version\": \"1.0.0\"},\n", "\"c\":[{\"version\":\"2.0.0\"}, \"}\"],",
                "\"d\\\"version\\\":\": \"\\\\\",\n",
                "\t\"e\": \"\\\"version\\\": \\\"1.0.0\\\"\" ,", "\"ü🚢\": null,", "\"\": {\"\": {}},\n",
            ]
        case .toml, .python:
            [
                "# version = \"1.0.0\"\n", "\n\t\n", "a = 1\n", "'x y' = \"version = '1'\"\n",
                "t = \"\"\"\nversion = \"1.0.0\"\n[a]\n\\\"\"\"\"\n",
                "l = [\n  \"version\", # ]\n  { version = \"1.0.0\" },\n]\n",
                "s = '''\n[b]\nversion = '1'\n'''\n", "i = { version = \"1.0.0\", k = [1, 2] }\n",
                "p.version = \"1.0.0\"\n",
            ]
        case .yaml:
            [
                "# version: 1.0.0\n", "\n", "a:\n  version: 1.0.0\n", "b:\n- version: 1.0.0\n  c: d\n- e\n",
                "f: |\n  version: 1.0.0\n\n  version: 2\n", "g: 'it''s\n  version: 1.0.0'\n",
                "h: \"\\\"\n  version: 1.0.0\"\n",
                "i: {version: 1.0.0,\n  version: 2}\n", "j: >-\n   version: 1\n", "k: it's # version: 1\n",
                "l: 'x' # '\n",
            ]
        case .xml:
            [
                "<!-- <version>1.0.0</version> -->\n", "<a><version>1.0.0</version></a>",
                "<b x='<version>' y=\">\"/>\n",
                "<c><![CDATA[</c><version>1.0.0</version>]]></c>", "<?p <version>1</version>?>",
                "<d>text &amp; <e/></d>\n",
            ]
        case .properties:
            [
                "# version=1.0.0\n", "!version=1\n", "\n", "a.version=1.0.0\n", "b=c\\\n version=1.0.0\n",
                "version2=1\n", "  d e\n",
            ]
        case .dockerfile:
            [
                "# ARG VERSION=1.0.0\n", "\n", "ENV VERSION=1.0.0\n", "RUN a \\\n  # c\n  ARG VERSION=1.0.0\n",
                "ARG VERSION\n",
                "RUN <<A <<-'B'\nARG VERSION=1.0.0\nA\nARG VERSION=2\n\tB\n",
                "LABEL version=\"1.0.0\" x='ARG VERSION=1'\n",
                "COPY a b\n",
            ]
        case .swift, .gradle:
            [
                "// version = \"1.0.0\"\n", "/* version = \"1.0.0\"\n/* */ \" */\n", "a(version: \"1.0.0\")\n",
                "x { b = \"1\" }\n",
                "let s = \"version = \\\"1.0.0\\\"\"\n", "t = \"\"\"\nversion = \"1.0.0\"\n\"\"\"\n",
                "if version == \"1.0.0\" { }\n",
                "b(\"x\",\n  version = \"1.0.0\")\n", "// it's\n", "versions = \"1.0.0\"\n",
            ]
        }
    }
}
