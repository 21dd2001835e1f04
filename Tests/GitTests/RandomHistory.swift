import SystemPackage
import TestSupport

@testable import Git

/// A history that a seed decides, and what is true of it by the plainest reckoning there is.
struct RandomHistory: Sendable {
    /// What its dates are like.
    enum Dates: String, CaseIterable, Sendable {
        /// Each commit is later than those before it.
        case rising
        /// All at the same second.
        case equal
        /// Every fourth commit was made by a clock that is wrong by years.
        case skewed
        /// Any order at all.
        case random
    }

    /// The parents of each commit, by numbers that are smaller than its own.
    let parents: [[Int]]
    let dates: [Int]
    /// Each commit with all of its ancestors.
    let reachable: [Set<Int>]

    init(seed: Int, commits: Int, dates kind: Dates) {
        var random = RandomNumbers(seed: seed)
        var parents: [[Int]] = []
        var dates: [Int] = []
        for number in 0..<commits {
            let near = max(0, number - 1 - random.below(6))
            switch random.below(20) {
            case 0 where number > 0 || random.chance(2): parents.append([])
            case 1..<12 where number > 0: parents.append([number - 1])
            case 12..<15 where number > 0: parents.append([near])
            case 15..<19 where number > 2:
                parents.append(Self.distinct([number - 1, random.below(number), near]))
            case _ where number > 4:
                // An octopus.
                parents.append(Self.distinct((0..<5).map { _ in random.below(number) }))
            default: parents.append(number > 0 ? [number - 1] : [])
            }
            let date = 1_600_000_000 + 60 * number
            switch kind {
            case .rising: dates.append(date)
            case .equal: dates.append(1_600_000_000)
            case .skewed:
                dates.append(random.chance(4) ? date - 200_000_000 + random.below(400_000_000) : date)
            case .random: dates.append(random.below(2_000_000_000))
            }
        }
        self.parents = parents
        self.dates = dates
        var reachable: [Set<Int>] = []
        for (number, own) in parents.enumerated() {
            reachable.append(own.reduce(into: [number]) { $0.formUnion(reachable[$1]) })
        }
        self.reachable = reachable
    }

    private static func distinct(_ numbers: [Int]) -> [Int] {
        var seen: Set<Int> = []
        return numbers.filter { seen.insert($0).inserted }
    }

    /// Makes it in a repository, with the tag `c7` on commit 7, and gives the commits' names.
    func make(in sandbox: Sandbox) async throws -> [CommitID] {
        var stream = ""
        for (number, own) in parents.enumerated() {
            // A branch that exists would be the first parent of a commit that has none.
            stream += "commit refs/heads/b\(number)\nmark :\(number + 1)\n"
            stream +=
                "committer Ada <ada@example.com> \(dates[number]) +0000\ndata \("\(number)".utf8.count)\n\(number)\n"
            for (place, parent) in own.enumerated() { stream += "\(place == 0 ? "from" : "merge") :\(parent + 1)\n" }
            stream += "\nreset refs/tags/c\(number)\nfrom :\(number + 1)\n\n"
        }
        try await run("git", ["fast-import", "--quiet"], in: sandbox.folder, input: Array(stream.utf8)).requireSuccess()
        let listed = try await sandbox.git("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/tags/c*")
        var ids: [Int: CommitID] = [:]
        for line in listed.split(separator: "\n") {
            let words = line.split(separator: " ")
            ids[Int(words[0].dropFirst()) ?? -1] = CommitID(hex: String(words[1]))
        }
        return parents.indices.compactMap { ids[$0] }
    }

    /// Pairs of commits to ask about.
    func pairs(_ count: Int, seed: Int) -> [(base: Int, tip: Int)] {
        var random = RandomNumbers(seed: seed)
        return (0..<count).map { _ in (random.below(parents.count), random.below(parents.count)) }
    }
}

/// What there is of a commit-graph.
enum GraphShape: String, CaseIterable, Sendable {
    case none, whole, chain, stale, oldGenerations, turnedOff

    func write(in sandbox: Sandbox, commits: Int) async throws {
        func write(_ tips: Range<Int>, _ options: String..., settings: [String] = []) async throws {
            let names = try await run("git", ["rev-parse"] + tips.map { "c\($0)" }, in: sandbox.folder).standardOutput
            try await run(
                "git",
                settings + ["commit-graph", "write", "--no-progress", "--stdin-commits"] + options,
                in: sandbox.folder,
                input: Array(names.utf8)
            ).requireSuccess()
        }
        switch self {
        case .none: break
        case .whole: try await write(0..<commits)
        case .oldGenerations: try await write(0..<commits, settings: ["-c", "commitGraph.generationVersion=1"])
        case .chain:
            try await write(0..<commits / 3, "--split=no-merge")
            try await write(0..<commits / 2, "--split=no-merge")
            try await write(0..<commits, "--split=no-merge")
        case .stale: try await write(0..<commits / 2)
        case .turnedOff:
            try await write(0..<commits)
            try await sandbox.git("config", "core.commitGraph", "false")
        }
    }
}
