@testable import Versioning

extension FuzzTarget {
    static let versionFiles: [FuzzTarget] = [jsonScanner, manifests, patterns]

    /// The scanner takes what the grammar takes, and nothing else.
    private static let jsonScanner = FuzzTarget(name: "json-scanner", count: 8_000) { input in
        var text = input.jsonValue(level: 0)
        if input.oneIn(200) {
            let depth = 90 + input.below(20)
            text = String(repeating: "[", count: depth) + text + String(repeating: "]", count: depth)
        }
        let bytes = input.isDamaged() ? input.damaged(Array(text.utf8)) : Array(text.utf8)
        input.shown = bytes
        let values = try? JSONScanner.values(in: bytes, below: [[]])
        let isMarked = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let depth = JSONGrammar.depth(isMarked ? Array(bytes.dropFirst(3)) : bytes)
        guard let values else { return depth.map { $0 <= 100 } ?? false ? "it is refused, against the grammar" : nil }
        guard let depth, depth <= 101 else { return "it is accepted, against the grammar" }
        return isInOrder(values.map(\.range), in: bytes) ? nil : "its values are not in order"
    }

    private static func isInOrder(_ ranges: [Range<Int>], in bytes: [UInt8]) -> Bool {
        zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
            && (ranges.last?.upperBound ?? 0) <= bytes.count
    }

    /// Whatever stands in a file, it is refused with an error of one line, or the edit changes the version alone.
    private static let manifests = FuzzTarget(name: "version-files", count: 30_000) { input in
        let sample = input.pick(Self.samples)
        var bytes = Array(sample.content.utf8)
        if !input.oneIn(8) { bytes = input.damaged(bytes) }
        input.shown = bytes
        guard let request = try? VersionedFile.Request(path: sample.path, keys: sample.keys, pattern: sample.pattern)
        else {
            return "the sample is wrong"
        }
        guard let version = try? VersionScheme.semantic.version("7.8.9") else { return "no version" }
        do throws(VersionFileError) {
            let file = try VersionedFile(parsing: bytes, path: sample.path, request: request)
            guard isInOrder(file.places.map(\.range), in: bytes) else { return "its places are not in order" }
            _ = file.disagreements(with: version)
            _ = try? file.version()
            let written = try file.replacingVersion(with: version)
            var rest = written.bytes[...]
            var end = 0
            for (old, new) in zip(file.places, written.places) {
                guard rest.starts(with: bytes[end..<old.range.lowerBound]) else { return "other bytes have changed" }
                rest = written.bytes[new.range.upperBound...]
                end = old.range.upperBound
            }
            guard rest.elementsEqual(bytes[end...]) else { return "the end has changed" }
            // A place that no version stood in may mean something else when one stands there.
            guard (try? file.version()) != nil else { return nil }
            let again = try VersionedFile(parsing: written.bytes, path: sample.path, request: request)
            return again.disagreements(with: version).isEmpty ? nil : "what is written is not read"
        } catch {
            return FuzzInput.isOneLine(error.description) && error.description.utf8.count < 2000 && !error.hint.isEmpty
                ? nil : "the error is \(error.description.debugDescription)"
        }
    }

    private struct Sample: Sendable {
        let path: String
        var keys: [String] = []
        var pattern: FilePattern?
        let content: String
    }

    private static let samples: [Sample] = [
        Sample(path: "package.json", content: "{\"a\":[1,{\"version\":\"1.0.0\"}],\"version\":\"1.2.3\"}"),
        Sample(
            path: "package-lock.json",
            content: "{\"version\":\"1.2.3\",\"packages\":{\"\":{\"version\":\"1.2.3\"}}}"
        ),
        Sample(
            path: "Cargo.toml",
            content: "[package] # c\nversion = \"1.2.3\"\na = \"\"\"\n\"\"\"\n[b.'c']\nd = { e = [1] }\n"
        ),
        Sample(
            path: "Cargo.lock",
            content: "[[package]]\nname = \"a\"\nversion = \"1.2.3\"\n[[package]]\nsource = 'x'\n"
        ),
        Sample(path: "pyproject.toml", content: "[project]\nversion = '1.2.3'\ndynamic = [\"a\"]\n"),
        Sample(path: "setup.cfg", content: "[metadata]\nname = a\nversion = 1.2.3\n  b\n[options]\n"),
        Sample(
            path: "pom.xml",
            content: "<project><!-- c --><version>${r}</version><properties><r>1.2.3</r></properties></project>"
        ),
        Sample(path: "a.csproj", content: "<Project><PropertyGroup><Version>1.2.3</Version></PropertyGroup></Project>"),
        Sample(
            path: "Info.plist",
            content: "<!DOCTYPE plist [<!ENTITY a 'b'>]><plist><dict><key>CFBundleShortVersionString</key>"
                + "<string>1.2.3</string></dict></plist>"
        ),
        Sample(
            path: "Chart.yaml",
            content: "a:\n- b: c\nversion: 1.2.3 # d\nappVersion: '1.2.3'\ne: |\n  f\ng: [h,\n i]\n"
        ),
        Sample(path: "pubspec.yaml", content: "version: 1.2.3+4\n\"a\": \"b\\\n c\"\n"),
        Sample(path: "gradle.properties", content: "# a\nb = c\\\n d\nversion = 1.2.3\n"),
        Sample(
            path: "build.gradle.kts",
            content: "plugins { a(\"b\") version \"1\" }\nversion = \"1.2.3\" /* c /* */ */\n"
        ),
        Sample(
            path: "Package.swift",
            content: "let a = #\"b\"#\nstatic let version: String = \"1.2.3\"\nlet c = \"\"\"\nd\n\"\"\"\n"
        ),
        Sample(path: "a.py", content: "'''a'''\n__version__ = '1.2.3'\n# b's\n"),
        Sample(path: "setup.py", content: "setup(name='a',\n version='1.2.3')\n"),
        Sample(path: "mix.exs", content: "def project do\n [a: :b, version: \"1.2.3\", c: [{:d, \"1\"}]]\nend\n"),
        Sample(path: "version.rb", content: "=begin\na\n=end\nmodule B\n VERSION = '1.2.3'.freeze\nend\n"),
        Sample(
            path: "Dockerfile",
            content:
                "# escape=\\\nARG VERSION=1.2.3\nRUN <<A\nb\nA\nLABEL a=b \\\n # c\n org.opencontainers.image.version=\"1.2.3\"\n"
        ),
        Sample(path: "VERSION", content: "# a\nv1.2.3\n"),
        Sample(
            path: "a.txt",
            pattern: try? FilePattern("^v?(?:[ab]|c+?)*=(?<version>[0-9.]+)$"),
            content: "aab=1.2.3\r\nx\nc=1.2.3\n"
        ),
    ]

    /// Any text is a pattern or is refused, and any pattern is searched for in linear time.
    private static let patterns = FuzzTarget(name: "file-patterns", count: 8_000) { input in
        let whole = input.pick([
            "(?:a|b*)*(c)", "^v?(\\d+(?:\\.\\d+)*)$", "(?i)(?<version>[^\"\\s]{1,9})\"", "(a?){20}", "([\\w.-]+)[[:x]",
        ])
        let text = input.damaged(whole)
        input.shown = Array(text.utf8)
        do throws(PatternError) {
            let pattern = try FilePattern(text)
            let bytes = Array("aab1.2.3\"c\r\nv1.2\n".utf8) + input.damaged([0x61, 0x62, 0xC3, 0xBC, 0x63])
            do throws(ScanFailure) {
                let places = try pattern.places(in: bytes)
                return isInOrder(places, in: bytes) ? nil : "its places are not in order"
            } catch {
                return error.problem.isEmpty ? "an error says nothing" : nil
            }
        } catch {
            return error.problem.isEmpty ? "an error says nothing" : nil
        }
    }
}
