import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import Git

/// A shallow clone answers as the whole history would, or says that it cannot tell.
@Suite struct ShallowHistoryTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let seed: Int
        let depth: Int
        let branches: Bool

        var testDescription: String { "seed \(seed), depth \(depth), \(branches ? "all branches" : "one branch")" }

        static let all = [1, 2, 3].flatMap { seed in
            [1, 2, 3, 5, 8, 13].flatMap { depth in
                [false, true].map { Case(seed: seed, depth: depth, branches: $0) }
            }
        }
    }

    @Test(arguments: Case.all)
    func neverAnswersWrongly(_ test: Case) async throws {
        try await Sandbox.with { sandbox in
            let count = 80
            let history = RandomHistory(seed: test.seed, commits: count, dates: .skewed)
            let ids = try await history.make(in: sandbox)
            try await sandbox.git("branch", "--force", "tip", "c\(count - 1)")
            for number in 0..<count where number % 7 != 0 { try dropBranch(number, sandbox) }
            let options = test.branches ? ["--no-single-branch"] : ["--single-branch"]
            try await sandbox.git(
                ["clone", "--quiet", "--depth", "\(test.depth)", "--branch", "tip"] + options
                    + ["file://\(sandbox.folder)", "../shallow"]
            )
            let repository = try sandbox.open(sandbox.root.appending("shallow"))
            let listed = try await sandbox.git("rev-list", "--all", in: sandbox.root.appending("shallow"))
            let fetched = Set(listed.split(separator: "\n").compactMap { CommitID(hex: String($0)) })
            let present = (0..<count).filter { fetched.contains(ids[$0]) }
            var answers = 0
            var random = RandomNumbers(seed: test.seed)
            for _ in 0..<150 {
                let (base, tip) = (random.pick(present), random.pick(present))
                let expected = Set(history.reachable[tip].subtracting(history.reachable[base]).map { ids[$0] })
                if let found = try await known({ try await repository.commitIDs(from: [ids[base]], to: ids[tip]) }) {
                    #expect(Set(found) == expected, "\(base)..\(tip)")
                    answers += 1
                }
                let isContained = history.reachable[tip].contains(base)
                if let found = try await known({ try await repository.isAncestor(ids[base], of: ids[tip]) }) {
                    #expect(found == isContained, "\(base) of \(tip)")
                    answers += 1
                }
            }
            #expect(answers > 0)
            // Versions rise along the history, as those of releases do; the higher the number, the later.
            let tip = count - 1
            let releases = stride(from: count - 2, through: 0, by: -9).filter { present.contains($0) }
            if let found = try await known({
                try await repository.first(of: releases.map { ids[$0] }, containedIn: ids[tip])
            }) {
                let all = stride(from: count - 2, through: 0, by: -9)
                #expect(found == all.first { history.reachable[tip].contains($0) }.map { ids[$0] })
            }
        }
    }

    private func dropBranch(_ number: Int, _ sandbox: Sandbox) throws {
        try FileManager.default.removeItem(atPath: sandbox.folder.appending(".git/refs/heads/b\(number)").string)
    }

    /// Nil where the clone cannot tell.
    private func known<Value>(_ answer: () async throws -> Value) async throws -> Value? {
        do {
            return try await answer()
        } catch let error as GitError where error.isIncompleteHistory {
            return nil
        }
    }

    /// A linear history, as most are: all that is inside of the clone is known.
    @Test func knowsWhatIsInside() async throws {
        try await Sandbox.with { sandbox in
            var ids: [CommitID] = []
            for number in 0..<12 { ids.append(try await sandbox.commit("\(number)", at: number)) }
            for depth in 1...12 {
                let name = "../shallow\(depth)"
                try await sandbox.git("clone", "--quiet", "--depth", "\(depth)", "file://\(sandbox.folder)", name)
                let repository = try sandbox.open(sandbox.root.appending("shallow\(depth)"))
                for base in 12 - depth..<12 {
                    #expect(try await repository.commitCount(from: ids[base], to: ids[11]) == 11 - base)
                    #expect(try await repository.isAncestor(ids[base], of: ids[11]))
                    #expect(try await repository.isAncestor(ids[11], of: ids[base]) == (base == 11))
                    #expect(try await repository.first(of: [ids[base]], containedIn: ids[11]) == ids[base])
                }
                let whole = try await known { try await repository.commitCount(from: nil, to: ids[11]) }
                #expect(whole == (depth == 12 ? 12 : nil))
            }
        }
    }
}
