import SystemPackage
import TestSupport
import Testing

@testable import Git

/// Our own walks against what is true of random histories, with all that a commit-graph and clocks can do to them.
@Suite struct RandomHistoryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let seed: Int
        let dates: RandomHistory.Dates
        let graph: GraphShape

        var testDescription: String { "seed \(seed), \(dates.rawValue) dates, \(graph.rawValue)" }

        static let all = RandomHistory.Dates.allCases.flatMap { dates in
            GraphShape.allCases.map { graph in
                Case(seed: dates.place * 100 + graph.place, dates: dates, graph: graph)
            }
        }
    }

    @Test(arguments: Case.all)
    func agreesWithThePlainReckoning(_ test: Case) async throws {
        try await Sandbox.with { sandbox in
            let history = RandomHistory(seed: test.seed, commits: 150, dates: test.dates)
            let ids = try await history.make(in: sandbox)
            try #require(ids.count == 150)
            try await test.graph.write(in: sandbox, commits: 150)
            let repository = try sandbox.open()
            let usesGraph = try await repository.hasExactKeys
            #expect(usesGraph == [.whole, .chain, .stale].contains(test.graph))
            for (base, tip) in history.pairs(150, seed: test.seed + 1) {
                let expected = history.reachable[tip].subtracting(history.reachable[base])
                let commits = try await repository.commitIDs(from: [ids[base]], to: ids[tip])
                #expect(Set(commits) == Set(expected.map { ids[$0] }), "\(base)..\(tip)")
                #expect(commits.count == expected.count)
                #expect(try await repository.commitCount(from: ids[base], to: ids[tip]) == expected.count)
                let isAncestor = try await repository.isAncestor(ids[base], of: ids[tip])
                #expect(isAncestor == history.reachable[tip].contains(base), "\(base) of \(tip)")
            }
        }
    }

    /// Git itself, on fewer pairs, since each one takes a process.
    @Test(arguments: RandomHistory.Dates.allCases)
    func agreesWithGit(_ dates: RandomHistory.Dates) async throws {
        try await Sandbox.with { sandbox in
            let history = RandomHistory(seed: 77, commits: 120, dates: dates)
            let ids = try await history.make(in: sandbox)
            try await GraphShape.whole.write(in: sandbox, commits: 120)
            let repository = try sandbox.open()
            for (base, tip) in history.pairs(12, seed: 5) {
                let listed = try await sandbox.git("rev-list", "c\(tip)", "^c\(base)")
                let expected = listed.split(separator: "\n").map { String($0) }
                let commits = try await repository.commitIDs(from: [ids[base]], to: ids[tip]).map(\.description)
                #expect(Set(commits) == Set(expected))
                let status = try await run(
                    "git",
                    ["merge-base", "--is-ancestor", "c\(base)", "c\(tip)"],
                    in: sandbox.folder
                ).exitCode
                #expect(try await repository.isAncestor(ids[base], of: ids[tip]) == (status == 0))
            }
        }
    }

    @Test(arguments: RandomHistory.Dates.allCases, [GraphShape.none, .whole, .stale])
    func findsTheFirstThatIsContained(_ dates: RandomHistory.Dates, _ graph: GraphShape) async throws {
        try await Sandbox.with { sandbox in
            let history = RandomHistory(seed: 11, commits: 200, dates: dates)
            let ids = try await history.make(in: sandbox)
            try await graph.write(in: sandbox, commits: 200)
            let repository = try sandbox.open()
            var random = RandomNumbers(seed: 3)
            for _ in 0..<120 {
                let tip = random.below(200)
                let candidates = (0..<1 + random.below(30)).map { _ in random.below(200) }
                let expected = candidates.first { history.reachable[tip].contains($0) }
                let found = try await repository.first(of: candidates.map { ids[$0] }, containedIn: ids[tip])
                #expect(found == expected.map { ids[$0] })
                let any = try await repository.any(of: candidates.map { ids[$0] }, containedIn: ids[tip])
                #expect((any != nil) == (expected != nil))
                #expect(
                    any.map { id in candidates.contains { ids[$0] == id && history.reachable[tip].contains($0) } }
                        ?? true
                )
            }
        }
    }

    @Test(arguments: RandomHistory.Dates.allCases, [GraphShape.none, .whole])
    func partsAHistoryByReleases(_ dates: RandomHistory.Dates, _ graph: GraphShape) async throws {
        try await Sandbox.with { sandbox in
            let history = RandomHistory(seed: 23, commits: 150, dates: dates)
            let ids = try await history.make(in: sandbox)
            try await graph.write(in: sandbox, commits: 150)
            let repository = try sandbox.open()
            let tips = stride(from: 7, to: 150, by: 13).map { $0 }
            for bases in [[], [20], [90, 33]] {
                var known = bases.reduce(into: Set<Int>()) { $0.formUnion(history.reachable[$1]) }
                let lists = try await repository.newCommits(in: tips.map { ids[$0] }, beyond: bases.map { ids[$0] })
                try #require(lists.count == tips.count)
                for (tip, list) in zip(tips, lists) {
                    let expected = history.reachable[tip].subtracting(known)
                    #expect(Set(list.map(\.id)) == Set(expected.map { ids[$0] }))
                    #expect(list.count == expected.count)
                    known.formUnion(expected)
                    // No parent before a child of its own.
                    var met: Set<CommitID> = []
                    for commit in list {
                        #expect(met.isDisjoint(with: commit.parents))
                        met.insert(commit.id)
                    }
                }
            }
        }
    }

    /// The same walks where nothing but the cut-offs decides: no room for wrong clocks, and none that is wrong.
    @Test func endsEarlyAndStillRight() async throws {
        try await Sandbox.with { sandbox in
            let history = RandomHistory(seed: 41, commits: 400, dates: .rising)
            let ids = try await history.make(in: sandbox)
            let repository = try sandbox.open()
            let none = WalkSlack(commits: 0, seconds: 0)
            for (base, tip) in history.pairs(200, seed: 9) {
                let expected = history.reachable[tip].subtracting(history.reachable[base])
                let own = try await repository.own(from: ids[base], to: ids[tip], slack: none)
                #expect(Set(own) == Set(expected.map { ids[$0] }))
                let candidates = [base, tip / 2, tip / 3, 17]
                let found = try await repository.place(of: candidates.map { ids[$0] }, in: ids[tip], slack: none)
                #expect(found == candidates.firstIndex { history.reachable[tip].contains($0) })
            }
        }
    }

    /// The work is that of the commits since a release, whatever comes before it.
    @Test(arguments: [GraphShape.none, .whole])
    func readsNoFurtherThanItMust(_ graph: GraphShape) async throws {
        try await Sandbox.with { sandbox in
            let parents = 5000
            let stream = (0..<parents).map { number in
                "commit refs/heads/main\nmark :\(number + 1)\ncommitter Ada <ada@example.com> \(1_600_000_000 + 3600 * number)"
                    + " +0000\ndata 2\nc\n\n"
            }.joined()
            try await run("git", ["fast-import", "--quiet"], in: sandbox.folder, input: Array(stream.utf8))
                .requireSuccess()
            if graph == .whole { try await sandbox.git("commit-graph", "write", "--reachable", "--no-progress") }
            let repository = try sandbox.open()
            let (base, tip) = (try await sandbox.id("main~20"), try await sandbox.id("main"))
            #expect(try await repository.commitCount(from: base, to: tip) == 20)
            #expect(try await repository.first(of: [base], containedIn: tip) == base)
            #expect(try await repository.commits(from: [base], to: tip).count == 20)
            let met = try await repository.metCount
            #expect(met < (graph == .none ? 400 : 40), "\(met)")
            // And far enough: with the checksum verified, rows stand for objects.
            #expect(try await repository.commitCount(from: nil, to: tip) == parents)
            #expect(try await repository.commitCount(from: sandbox.id("main~4990"), to: tip) == 4990)
        }
    }
}

extension RandomHistory.Dates {
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension GraphShape {
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension GitRepository {
    fileprivate var hasExactKeys: Bool { get throws { try commitSource().hasExactKeys } }

    /// How many commits were looked at so far, or named as the parents of such.
    fileprivate var metCount: Int { get throws { try commitSource().count } }

    fileprivate func own(from base: CommitID, to tip: CommitID, slack: WalkSlack) throws(GitError) -> [CommitID] {
        let source = try commitSource()
        let (base, tip) = (source.number(of: base), source.number(of: tip))
        return try AncestorPainting(from: [base], to: [tip], in: source, slack: slack).own.map { source.ids[$0] }
    }

    fileprivate func place(of candidates: [CommitID], in tip: CommitID, slack: WalkSlack) throws(GitError) -> Int? {
        let source = try commitSource()
        var search = CommitSearch(in: source, slack: slack)
        return try search.first(of: candidates.map { source.number(of: $0) }, in: source.number(of: tip))
    }
}
