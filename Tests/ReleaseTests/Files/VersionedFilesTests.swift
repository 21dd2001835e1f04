import FoundationEssentials
import SystemPackage
import TestSupport
import Testing
import Versioning

@testable import Release

@Suite struct VersionedFilesTests {
    @Test(arguments: [
        ("*", "", true), ("*.toml", "Cargo.toml", true), ("*.toml", "Cargo.tom", false), ("a*b*c", "axxbyyc", true),
        ("a*b*c", "axxbyy", false), ("?", "a", true), ("?", "", false), ("[a-c]x", "bx", true),
        ("[!a-c]x", "bx", false),
        ("[^a]", "b", true), ("[]]", "]", true), ("[a", "[a", true), ("a.b", "axb", false), ("**", "ab", true),
        ("[-a]", "-", true), ("[a-]", "-", true),
    ])
    func namesMatch(pattern: String, name: String, matches: Bool) {
        #expect(PathPattern.matches(Array(name.utf8)[...], Array(pattern.utf8)[...]) == matches)
    }

    @Test func manyStarsTakeNoTime() {
        let pattern = Array(String(repeating: "a*", count: 40).utf8) + [UInt8(ascii: "b")]
        let name = [UInt8](repeating: UInt8(ascii: "a"), count: 250)
        #expect(!PathPattern.matches(name[...], pattern[...]))
    }

    private func found(_ pattern: String, in folder: FilePath) -> [String] {
        PathPattern(pattern).paths(in: folder).map { path in
            var path = path
            return path.removePrefix(folder) ? path.string : path.string
        }
    }

    @Test func pathsComeInTheOrderOfTheirNames() async throws {
        try await withTemporaryDirectory { folder in
            for name in [
                "crates/b/C.toml", "crates/a/C.toml", "crates/Z/C.toml", "crates/.hidden/C.toml", "crates/C.toml",
            ] {
                try folder.write(name, "")
            }
            try folder.makeDirectory("crates/empty")
            #expect(found("crates/*/C.toml", in: folder) == ["crates/Z/C.toml", "crates/a/C.toml", "crates/b/C.toml"])
            #expect(found("crates/.*/C.toml", in: folder) == ["crates/.hidden/C.toml"])
            #expect(
                found("**/C.toml", in: folder)
                    == ["crates/C.toml", "crates/Z/C.toml", "crates/a/C.toml", "crates/b/C.toml"]
            )
            #expect(found("crates/[ab]/C.toml", in: folder) == ["crates/a/C.toml", "crates/b/C.toml"])
            #expect(found("absent/C.toml", in: folder) == ["absent/C.toml"])
            #expect(found("absent/*", in: folder).isEmpty)
        }
    }

    /// A work tree with some files, and a file outside of it.
    private func withWorkTree(_ body: (FilePath, FilePath) throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let root = FilePath(try #require(realPath(root)))
            try root.makeDirectory("app/.git")
            try root.write("outside/package.json", #"{"version":"1.0.0"}"#)
            try root.write("app/web/package.json", #"{"version":"1.0.0"}"#)
            try root.write("app/crates/a/Cargo.toml", "[package]\nversion = \"1.0.0\"\n")
            try body(root, root.appending("app"))
        }
    }

    private func realPath(_ path: FilePath) -> String? {
        URL(filePath: path.string).resolvingSymlinksInPath().path
    }

    private func read(_ paths: [String], in folder: FilePath, optional: Bool = false) throws -> VersionedFiles {
        let requests = try paths.map { path in
            VersionedFiles.Request(try VersionedFile.Request(path: path, isOptional: optional), in: "")
        }
        return try VersionedFiles.read(requests, in: folder)
    }

    @Test func readsAndChangesEveryFile() async throws {
        try await withWorkTree { _, app in
            let files = try read(["crates/*/Cargo.toml", "web/package.json"], in: app)
            #expect(files.entries.map(\.file.path) == ["crates/a/Cargo.toml", "web/package.json"])
            let scheme = VersionScheme.semantic
            let changes = try files.changes(to: try scheme.version("1.1.0"))
            #expect(
                changes.map { String(decoding: $0.bytes, as: UTF8.self) } == [
                    "[package]\nversion = \"1.1.0\"\n", #"{"version":"1.1.0"}"#,
                ]
            )
            #expect(try files.changes(to: try scheme.version("1.0.0")).isEmpty)
            #expect(files.disagreements(with: try scheme.version("1.0.0")).isEmpty)
            #expect(files.disagreements(with: try scheme.version("0.9.0"), or: try scheme.version("1.0.0")).isEmpty)
            let found = files.disagreements(with: try scheme.version("0.9.0")).map(\.description)
            #expect(
                found == [
                    "crates/a/Cargo.toml:2: package.version is 1.0.0, not 0.9.0",
                    "web/package.json:1: version is 1.0.0, not 0.9.0",
                ]
            )
        }
    }

    @Test func staysInTheWorkTree() async throws {
        try await withWorkTree { root, app in
            let link = app.appending("linked")
            try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "../outside")
            for path in [
                "../outside/package.json", "linked/package.json", root.appending("outside/package.json").string,
            ] {
                let error = #expect(throws: VersionedFilesError.self) { try read([path], in: app) }
                guard case .outside = error else {
                    Issue.record("\(path): \(error.map(String.init(describing:)) ?? "no error")")
                    continue
                }
            }
            // A pattern passes over what lies outside.
            #expect(try read(["*/package.json"], in: app).entries.map(\.file.path) == ["web/package.json"])
            #expect(try read(["**/package.json"], in: app).entries.map(\.file.path) == ["web/package.json"])
            // A link inside of the tree is the file that it leads to.
            try FileManager.default.createSymbolicLink(
                atPath: app.appending("package.json").string,
                withDestinationPath: "web/package.json"
            )
            #expect(try read(["package.json"], in: app).entries.map(\.path) == [app.appending("web/package.json")])
        }
    }

    @Test func tellsWhatIsAbsentOrNamedTwice() async throws {
        try await withWorkTree { _, app in
            func problem(_ paths: [String]) -> String? {
                do {
                    _ = try read(paths, in: app)
                    return nil
                } catch {
                    return "\(error)"
                }
            }
            #expect(
                problem(["a/package.json"]) == "the file a/package.json, which should carry the version, does not exist"
            )
            #expect(problem(["a/*/package.json"]) == "no file matches a/*/package.json")
            #expect(problem(["web/package.json", "./web/package.json"]) == "the file web/package.json is named twice")
            // Patterns may overlap.
            #expect(problem(["web/package.json", "*/package.json"]) == nil)
            #expect(try read(["a/package.json", "a/*/package.json"], in: app, optional: true).entries.isEmpty)
            try app.makeDirectory("d/package.json")
            #expect(problem(["d/package.json"]) == "the file d/package.json cannot be read")
        }
    }
}
