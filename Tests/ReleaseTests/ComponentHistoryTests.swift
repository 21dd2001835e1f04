import Changes
import Git
import Release
import SystemPackage
import Tagging
import TestSupport
import Testing
import Versioning

/// Components in a real repository: their last releases and the commits since, from one walk.
@Suite struct ComponentHistoryTests {
    @Test func eachComponentCountsFromItsOwnLastRelease() async throws {
        try await Monorepo.with(components: 3, commits: 0) { repository in
            try await repository.commit("feat: one", ["c0/a"])
            try await repository.git("tag", "c0/v1.0.0")
            try await repository.commit("feat: two", ["c0/a", "c1/a"])
            try await repository.git("tag", "c1/v1.0.0")
            try await repository.commit("fix: three", ["c1/b"])
            try await repository.git("tag", "v9.0.0")
            try await repository.commit("docs: four", ["README"])
            let releases = try await repository.releases()
            #expect(releases.mapValues(\.version.text) == ["c0": "1.0.0", "c1": "1.0.0"])
            #expect(releases["c1"]?.name == "c1/v1.0.0")
            let history = try await repository.history(since: releases)
            #expect(history.commits(of: "c0").map(\.message) == ["feat: two\n"])
            #expect(history.commits(of: "c1").map(\.message) == ["fix: three\n"])
            #expect(history.commits(of: "c2").isEmpty)
        }
    }

    /// The highest version counts, and only where its commit is in the history.
    @Test func aReleaseOfAnotherBranchIsNone() async throws {
        try await Monorepo.with(components: 1, commits: 0) { repository in
            try await repository.commit("feat: one", ["c0/a"])
            try await repository.git("tag", "c0/v1.10.0")
            try await repository.git("tag", "c0/v1.9.0")
            try await repository.git("tag", "c0/v1.11.0-rc.1")
            try await repository.git("checkout", "--quiet", "-b", "next")
            try await repository.commit("feat!: two", ["c0/a"])
            try await repository.git("tag", "c0/v2.0.0")
            try await repository.git("checkout", "--quiet", "main")
            #expect(try await repository.releases()["c0"]?.name == "c0/v1.11.0-rc.1")
        }
    }

    /// Releases on branches that were merged: what each base lacks counts, whichever way it came.
    @Test func releasesThatDoNotFollowEachOther() async throws {
        try await Monorepo.with(components: 2, commits: 0) { repository in
            try await repository.commit("feat: base", ["c0/a", "c1/a"])
            try await repository.git("checkout", "--quiet", "-b", "side")
            try await repository.commit("feat: side", ["c0/b", "c1/b"])
            try await repository.git("tag", "c0/v1.0.0")
            try await repository.git("checkout", "--quiet", "main")
            try await repository.commit("feat: main", ["c0/c", "c1/c"])
            try await repository.git("tag", "c1/v1.0.0")
            try await repository.git("merge", "--quiet", "--no-edit", "side")
            let history = try await repository.history(since: try await repository.releases())
            #expect(history.commits(of: "c0").map(\.message) == ["feat: main\n"])
            #expect(history.commits(of: "c1").map(\.message) == ["feat: side\n"])
        }
    }

    @Test func aFolderThatMovedKeepsItsChanges() async throws {
        try await Monorepo.with(components: 1, commits: 0) { repository in
            let text = (1...50).map { "line \($0)\n" }.joined()
            try await repository.commit("feat: start", ["packages/c0/a", "packages/c0/b"], text: text)
            try await repository.git("tag", "c0/v1.0.0")
            try await repository.commit("feat: before the move", ["packages/c0/a"], text: text + "more\n")
            try await repository.git("mv", "packages/c0", "c0")
            try await repository.commit("refactor: move", ["c0/b"], text: text + "edited\n")
            let history = try await repository.history(since: try await repository.releases())
            #expect(history.commits(of: "c0").map(\.message) == ["refactor: move\n", "feat: before the move\n"])
        }
    }

    @Test func aShallowCloneThatEndsTooSoonIsRefused() async throws {
        try await Monorepo.with(components: 1, commits: 3) { repository in
            try await repository.git("tag", "c0/v1.0.0", "HEAD~2")
            let shallow = try await repository.clone("--depth=2")
            await #expect { _ = try await shallow.releases() } throws: {
                ($0 as? GitError)?.isIncompleteHistory == true
            }
            let deep = try await repository.clone("--depth=3")
            let releases = try await deep.releases()
            #expect(releases["c0"]?.version.text == "1.0.0")
            #expect(try await deep.history(since: releases).commits(of: "c0").count == 2)
        }
    }

    /// At scale, against git's own answer for every component.
    @Test func fiftyComponentsAndTwoThousandCommits() async throws {
        try await Monorepo.with(components: 50, commits: 2000) { repository in
            for index in 0..<50 {
                try await repository.git("tag", "c\(index)/v1.\(index).0", "HEAD~\(1000 + index * 19)")
            }
            let releases = try await repository.releases()
            #expect(releases.count == 50)
            let clock = ContinuousClock()
            var counted: [String: Int] = [:]
            let time = try await clock.measure {
                let history = try await repository.history(since: releases)
                for name in releases.keys { counted[name] = history.commits(of: name).count }
            }
            for index in [0, 7, 23, 49] {
                let range = "c\(index)/v1.\(index).0..HEAD"
                let expected = try await repository.git("rev-list", "--count", range, "--", "c\(index)")
                #expect(counted["c\(index)"].map(String.init) == expected)
            }
            // An unoptimised build on a busy machine; it takes about a second.
            #expect(time < .seconds(20))
        }
    }
}

/// A repository with components `c0`, `c1` and so on.
private struct Monorepo: Sendable {
    let root: FilePath
    let folder: FilePath
    let map: ComponentMap

    static func with(components: Int, commits: Int, _ body: (Monorepo) async throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let map = try ComponentMap(
                (0..<components).map { Component(name: "c\($0)", paths: [try PathPattern("c\($0)")]) }
            )
            let repository = Monorepo(root: root, folder: try root.makeDirectory("mono"), map: map)
            try await repository.git("init", "--quiet", "--initial-branch=main")
            if commits > 0 { try await repository.importHistory(components: components, commits: commits) }
            try await body(repository)
        }
    }

    /// A history in which each commit changes two components, with a merge now and then.
    private func importHistory(components: Int, commits: Int) async throws {
        var stream = ""
        for number in 0..<commits {
            let message = "feat: number \(number)"
            stream += "commit refs/heads/main\nmark :\(number + 1)\n"
            stream += "committer Ada <ada@example.com> \(1_783_675_800 + number * 60) +0000\n"
            stream += "data \(message.utf8.count)\n\(message)\n"
            if number == 0 {
                for component in 0..<components {
                    for file in 0..<20 { stream += inline("c\(component)/src/part\(file % 4)/file\(file)", "start") }
                }
            }
            for component in [number * 7 % components, number * 13 % components] {
                stream += inline("c\(component)/src/part\(number % 4)/file\(number % 20)", "\(number)")
            }
            stream += "\n"
        }
        _ = try await run("git", ["fast-import", "--quiet"], in: folder, input: Array(stream.utf8)).requireSuccess()
        try await git("reset", "--quiet", "--hard", "main")
    }

    private func inline(_ path: String, _ text: String) -> String {
        "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n"
    }

    func clone(_ option: String) async throws -> Monorepo {
        let name = "clone\(option)"
        _ = try await run("git", ["clone", "--quiet", option, "file://\(folder)", name], in: root).requireSuccess()
        return Monorepo(root: root, folder: root.appending(name), map: map)
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let environment = [
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com",
            "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com",
            "GIT_AUTHOR_DATE": "@1783675800 +0000", "GIT_COMMITTER_DATE": "@1783675800 +0000",
        ]
        let output = try await run("git", arguments, in: folder, environment: environment).requireSuccess()
            .standardOutput
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    func commit(_ message: String, _ paths: [String], text: String? = nil) async throws {
        for path in paths {
            let place = folder.pushing(FilePath(path)).removingLastComponent()
            _ = try await run("mkdir", ["-p", place.string]).requireSuccess()
            _ = try folder.write(path, text ?? "\(message) \(path)\n")
        }
        try await git("add", "--all")
        try await git("commit", "--quiet", "--message", message)
    }

    private func tip(_ git: GitRepository) async throws -> CommitID {
        guard case .branch(_, let id) = try await git.head() else { throw NoBranch() }
        return id
    }

    private struct NoBranch: Error {}

    /// The last release of each component, as `bump` finds it.
    func releases() async throws -> [String: ReleaseTag] {
        let git = try GitRepository(discoveringFrom: folder.string)
        let (tip, tags) = (try await tip(git), try await git.tags())
        var releases: [String: ReleaseTag] = [:]
        for component in map.components {
            var pattern = GitTagPattern(prefix: component.tagPrefix)
            pattern.isPrefixRequired = true
            pattern.otherPrefixes = map.tagPrefixes(besides: component.name)
            let policy = TagPolicy(gitTags: pattern)
            let own = tags.compactMap { tag in
                policy.version(gitTag: tag.name).map { ReleaseTag(version: $0, name: tag.name, commit: tag.commit) }
            }
            let last = try await git.highest(of: own.map { ($0.version, $0.commit) }, containedIn: tip)
            releases[component.name] = own.first { $0.version == last?.version }
        }
        return releases
    }

    func history(since releases: [String: ReleaseTag]) async throws -> ComponentHistory {
        let git = try GitRepository(discoveringFrom: folder.string)
        return try await ComponentHistory(
            of: map,
            since: releases.mapValues(\.commit),
            to: try await tip(git),
            in: git
        )
    }
}
