import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

@testable import Git

/// A commit-graph whose bytes are not those that git wrote never changes an answer.
@Suite struct DamagedGraphTests {
    private static let count = 60

    private func withHistory(
        _ body: (Sandbox, RandomHistory, [CommitID], inout RandomNumbers) async throws -> Void
    ) async throws {
        try await Sandbox.with { sandbox in
            let history = RandomHistory(seed: 8, commits: Self.count, dates: .skewed)
            let ids = try await history.make(in: sandbox)
            var random = RandomNumbers(seed: 12)
            try await body(sandbox, history, ids, &random)
        }
    }

    /// Asks a repository that is opened anew, and tells what it answers wrongly.
    private func wrongAnswers(
        _ sandbox: Sandbox,
        _ history: RandomHistory,
        _ ids: [CommitID],
        _ random: inout RandomNumbers
    ) async throws -> [String] {
        let repository = try sandbox.open()
        var wrong: [String] = []
        for _ in 0..<6 {
            let (base, tip) = (random.below(Self.count), random.below(Self.count))
            let expected = Set(history.reachable[tip].subtracting(history.reachable[base]).map { ids[$0] })
            let found = try await repository.commitIDs(from: [ids[base]], to: ids[tip])
            if Set(found) != expected { wrong.append("\(base)..\(tip)") }
            let isAncestor = try await repository.isAncestor(ids[base], of: ids[tip])
            if isAncestor != history.reachable[tip].contains(base) { wrong.append("\(base) of \(tip)") }
            let candidates = (0..<5).map { _ in random.below(Self.count) }
            let first = try await repository.first(of: candidates.map { ids[$0] }, containedIn: ids[tip])
            if first != candidates.first(where: { history.reachable[tip].contains($0) }).map({ ids[$0] }) {
                wrong.append("first of \(candidates) in \(tip)")
            }
        }
        return wrong
    }

    private func replace(_ path: FilePath, _ bytes: [UInt8]) throws {
        try FileManager.default.removeItem(atPath: path.string)
        _ = try path.removingLastComponent().write(path.lastComponent?.string ?? "", bytes)
    }

    @Test(arguments: [GraphShape.whole, .chain])
    func flippedBytes(_ shape: GraphShape) async throws {
        try await withHistory { sandbox, history, ids, random in
            try await shape.write(in: sandbox, commits: Self.count)
            let info = sandbox.folder.appending(".git/objects/info")
            let files =
                shape == .whole
                ? [info.appending("commit-graph")]
                : try FileManager.default.contentsOfDirectory(atPath: info.appending("commit-graphs").string).sorted()
                    .map { info.appending("commit-graphs/\($0)") }
            #expect(files.count == (shape == .whole ? 1 : 4))
            for _ in 0..<160 {
                let file = random.pick(files)
                let original = try file.readBytes()
                var damaged = original
                for _ in 0...random.below(3) {
                    damaged[random.below(damaged.count)] ^= UInt8(1 << random.below(8))
                }
                try replace(file, damaged)
                let wrong = try await wrongAnswers(sandbox, history, ids, &random)
                #expect(wrong.isEmpty, "\(file.lastComponent?.string ?? ""): \(differences(original, damaged))")
                try replace(file, original)
            }
        }
    }

    @Test func cutOffAndForeignFiles() async throws {
        try await withHistory { sandbox, history, ids, random in
            try await GraphShape.whole.write(in: sandbox, commits: Self.count)
            let file = sandbox.folder.appending(".git/objects/info/commit-graph")
            let original = try file.readBytes()
            var variants = (0..<60).map { _ in Array(original.prefix(random.below(original.count))) }
            variants += [[], Array("CGPH".utf8), original + original, Array(original.reversed())]
            variants.append(original.map { _ in UInt8.max })
            for variant in variants {
                try replace(file, variant)
                #expect(try await wrongAnswers(sandbox, history, ids, &random) == [], "\(variant.count) bytes")
            }
        }
    }

    /// Where a walk is long, its rows are used without their objects: then the file's checksum must be right.
    @Test func aLongWalkVerifiesTheChecksum() async throws {
        try await Sandbox.with { sandbox in
            let count = CommitSource.patience + 1500
            let stream = (0..<count).map { number in
                "commit refs/heads/main\nmark :\(number + 1)\ncommitter Ada <ada@example.com> \(1_600_000_000 + number)"
                    + " +0000\ndata 2\nc\n\n"
            }.joined()
            try await run("git", ["fast-import", "--quiet"], in: sandbox.folder, input: Array(stream.utf8))
                .requireSuccess()
            try await sandbox.git("commit-graph", "write", "--reachable", "--no-progress")
            let file = sandbox.folder.appending(".git/objects/info/commit-graph")
            let original = try file.readBytes()
            let (base, tip) = (try await sandbox.id("main~5200"), try await sandbox.id("main"))
            #expect(try await sandbox.open().commitCount(from: nil, to: tip) == count)
            // Some rows claim to be of roots, so that what is behind them is lost.
            var random = RandomNumbers(seed: 4)
            let data = try #require(offset(of: "CDAT", in: original))
            for _ in 0..<6 {
                var damaged = original
                for _ in 0..<40 {
                    let row = data + 36 * random.below(count)
                    for place in 20..<24 { damaged[row + place] = [0x70, 0, 0, 0][place - 20] }
                }
                try replace(file, damaged)
                #expect(try await sandbox.open().commitCount(from: nil, to: tip) == count)
                #expect(try await sandbox.open().commitCount(from: base, to: tip) == 5200)
            }
        }
    }

    /// Where a chunk begins, by the table behind the first 8 bytes.
    private func offset(of chunk: String, in file: [UInt8]) -> Int? {
        stride(from: 8, to: 8 + 12 * Int(file[6]), by: 12).first { file[$0..<$0 + 4].elementsEqual(chunk.utf8) }
            .map { entry in file[entry + 4..<entry + 12].reduce(0) { $0 << 8 | Int($1) } }
    }

    private func differences(_ left: [UInt8], _ right: [UInt8]) -> [String] {
        left.indices.filter { left[$0] != right[$0] }.map { "\($0): \(left[$0]) became \(right[$0])" }
    }
}
