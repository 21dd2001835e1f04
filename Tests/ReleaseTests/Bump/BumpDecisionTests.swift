import Changes
import Git
import TestSupport
import Testing
import Versioning

@testable import Release

@Suite struct BumpDecisionTests {
    /// A history in short: what is released, where HEAD is, and what was committed since.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        var request: BumpRequest = .init(.automatic)
        var current: String?
        /// Releases that HEAD contains; the highest one counts.
        var contained: [String] = []
        /// Releases of other branches.
        var elsewhere: [String] = []
        /// Messages since the last stable release, the newest first.
        var messages: [String] = []
        /// How many of them came after the last release of any kind.
        var afterLast: Int?
        var branch = "main"
        var policy = BumpPolicy()
        let outcome: String
        var testDescription: String { name }
    }

    static let automatic: [Case] = [
        Case(name: "a fix", contained: ["2.1.106"], messages: ["fix: a"], outcome: "raise 2.1.107"),
        Case(name: "a feature", contained: ["2.1.106"], messages: ["fix: a", "feat: b"], outcome: "raise 2.2.0"),
        Case(name: "a breaking change", contained: ["2.1.106"], messages: ["fix!: a"], outcome: "raise 3.0.0"),
        Case(name: "nothing for users", contained: ["2.1.106"], messages: ["docs: a"], outcome: "stay 2.1.106"),
        Case(name: "nothing at all", contained: ["2.1.106"], outcome: "stay 2.1.106"),
        Case(name: "the first release", messages: ["feat: a"], outcome: "raise 0.1.0"),
        Case(
            name: "the first release as configured",
            messages: ["fix: a"],
            policy: BumpPolicy(initial: SemanticVersion(1, 0, 0)),
            outcome: "raise 1.0.0"
        ),
        Case(name: "0.x breaks", contained: ["0.4.2"], messages: ["feat!: a"], outcome: "raise 0.5.0"),
        Case(name: "0.x grows", contained: ["0.4.2"], messages: ["feat: a"], outcome: "raise 0.4.3"),
        Case(
            name: "0.x as everywhere",
            contained: ["0.4.2"],
            messages: ["feat!: a"],
            policy: BumpPolicy(zero: .same),
            outcome: "raise 1.0.0"
        ),
        Case(
            name: "a version that a commit asks for",
            contained: ["2.1.106"],
            messages: ["chore: go\n\nRelease-As: 4.0.0"],
            outcome: "raise 4.0.0"
        ),
        Case(
            name: "the first candidate",
            request: .init(.automatic, channel: "rc"),
            contained: ["2.1.106"],
            messages: ["feat: a"],
            outcome: "raise 2.2.0-rc.1"
        ),
        Case(
            name: "the next candidate",
            request: .init(.automatic, channel: "rc"),
            contained: ["2.1.106", "2.2.0-rc.1"],
            messages: ["fix: b", "feat: a"],
            afterLast: 1,
            outcome: "raise 2.2.0-rc.2"
        ),
        Case(
            name: "a candidate of what is one already",
            request: .init(.automatic, channel: "rc"),
            contained: ["2.1.106", "2.2.0-rc.1"],
            messages: ["docs: b", "feat: a"],
            afterLast: 1,
            outcome: "stay 2.2.0-rc.1"
        ),
        Case(
            name: "a candidate beside one of another branch",
            request: .init(.automatic, channel: "rc"),
            contained: ["2.1.106"],
            elsewhere: ["2.2.0-rc.1"],
            messages: ["feat: a"],
            outcome: "raise 2.2.0-rc.2"
        ),
        Case(
            name: "a candidate becomes stable",
            contained: ["2.1.106", "2.2.0-rc.2"],
            messages: ["feat: a"],
            afterLast: 0,
            outcome: "raise 2.2.0"
        ),
        Case(
            name: "a candidate of more than was announced",
            request: .init(.automatic, channel: "rc"),
            contained: ["2.1.106", "2.2.0-rc.2"],
            messages: ["feat!: b", "feat: a"],
            afterLast: 1,
            outcome: "raise 3.0.0-rc.1"
        ),
        Case(
            name: "a version set by hand is released",
            current: "2.2.0",
            contained: ["2.1.106"],
            messages: ["feat: a"],
            outcome: "finish 2.2.0"
        ),
        Case(
            name: "a version set by hand is too low",
            current: "2.1.107",
            contained: ["2.1.106"],
            messages: ["feat: a"],
            outcome: "raise 2.2.0"
        ),
        Case(
            name: "a candidate whose run was interrupted",
            request: .init(.automatic, channel: "rc"),
            current: "2.2.0-rc.1",
            contained: ["2.1.106"],
            messages: ["feat: a"],
            outcome: "finish 2.2.0-rc.1"
        ),
        Case(
            name: "a fix on an old line",
            contained: ["2.1.106"],
            elsewhere: ["2.2.0", "3.0.0"],
            messages: ["fix: a"],
            branch: "2.1.x",
            outcome: "raise 2.1.107"
        ),
        Case(
            name: "a feature does not fit an old line",
            contained: ["2.1.106"],
            messages: ["feat: a"],
            branch: "2.1.x",
            outcome: "refused: 2.2.0 is not on the line 2.1.x of the branch 2.1.x: minor, because 1 feat: 0000000 a"
        ),
        Case(
            name: "another branch was there first",
            contained: ["2.1.106"],
            elsewhere: ["2.2.0"],
            messages: ["feat: a"],
            outcome: "refused: 2.2.0 is already released: the git tag v2.2.0 is on 2222222"
        ),
    ]

    static let explicit: [Case] = [
        Case(name: "patch", request: .init(.level(.patch)), current: "2.1.106", outcome: "raise 2.1.107"),
        Case(name: "from nothing", request: .init(.level(.minor)), outcome: "raise 0.1.0"),
        Case(
            name: "a candidate",
            request: .init(.level(.minor), channel: "rc"),
            current: "2.1.106",
            outcome: "raise 2.2.0-rc.1"
        ),
        Case(
            name: "the next candidate by the file alone",
            request: .init(.level(.minor), channel: "rc"),
            current: "2.2.0-rc.1",
            outcome: "raise 2.2.0-rc.2"
        ),
        Case(
            name: "back to an earlier channel",
            request: .init(.level(.minor), channel: "beta"),
            current: "2.2.0-rc.1",
            contained: ["2.2.0-rc.1"],
            outcome: "refused: 2.2.0-beta.1 is not higher than 2.2.0-rc.1"
        ),
        Case(
            name: "build metadata",
            request: .init(.level(.patch), buildMetadata: "5.linux"),
            current: "2.1.106+4",
            outcome: "raise 2.1.107+5.linux"
        ),
        Case(
            name: "a level too many for the line",
            request: .init(.level(.minor)),
            current: "2.1.106",
            branch: "2.1.x",
            outcome: "refused: 2.2.0 is not on the line 2.1.x of the branch 2.1.x"
        ),
        Case(
            name: "a file of another line",
            request: .init(.level(.patch)),
            current: "3.0.0",
            branch: "2.1.x",
            outcome: "refused: the version 3.0.0 is not on the line 2.1.x of the branch 2.1.x"
        ),
        Case(
            name: "set",
            request: .init(.exactly(SemanticVersion(3, 0, 0))),
            current: "2.1.106",
            contained: ["2.1.106"],
            outcome: "raise 3.0.0"
        ),
        Case(
            name: "set lower",
            request: .init(.exactly(SemanticVersion(2, 1, 0))),
            current: "2.1.106",
            contained: ["2.1.106"],
            outcome: "refused: 2.1.0 is not higher than 2.1.106"
        ),
        Case(
            name: "set lower by force",
            request: .init(.exactly(SemanticVersion(2, 1, 0)), isForced: true),
            current: "2.1.106",
            contained: ["2.1.106"],
            outcome: "raise 2.1.0"
        ),
        Case(
            name: "what exists cannot be forced",
            request: .init(.exactly(SemanticVersion(2, 1, 0)), isForced: true),
            current: "2.1.106",
            contained: ["2.1.106"],
            elsewhere: ["2.1.0"],
            outcome: "refused: 2.1.0 is already released: the git tag v2.1.0 is on 2222222"
        ),
        Case(
            name: "the same release under other metadata",
            request: .init(.exactly(SemanticVersion(2, 2, 0, buildMetadata: ["2"]))),
            current: "2.1.106",
            contained: ["2.1.106"],
            elsewhere: ["2.2.0+1"],
            outcome: "refused: 2.2.0+2 is already released: the git tag v2.2.0+1 is on 2222222"
        ),
    ]

    @Test(arguments: automatic + explicit)
    func decides(case: Case) throws {
        #expect(try outcome(`case`) == `case`.outcome)
    }

    @Test func whatADependencyAsksForCounts() throws {
        var facts = try facts(Case(name: "", contained: ["1.2.3"], messages: ["docs: a"], outcome: ""))
        facts.demand = .init(.patch, reason: "patch, because lib is released")
        let decision = try BumpDecision(.init(.automatic), facts)
        #expect(
            decision
                == .raise(to: SemanticVersion(1, 2, 4), level: .patch, reason: "patch, because lib is released")
        )
    }

    @Test func aRunThatWasInterruptedIsFinished() throws {
        var facts = BumpFacts()
        facts.current = SemanticVersion(2, 2, 0)
        facts.committed = SemanticVersion(2, 1, 106)
        #expect(try BumpDecision(.init(.level(.minor)), facts).version == "finish 2.2.0")
        #expect(try BumpDecision(.init(.level(.major)), facts).version == "raise 3.0.0")
        facts.committed = nil
        facts.isHeadReleaseCommit = true
        #expect(try BumpDecision(.init(.level(.minor)), facts).version == "finish 2.2.0")
        facts.releases = [
            ReleaseTag(version: Version(SemanticVersion(2, 2, 0)), name: "v2.2.0", commit: try Self.id("2"))
        ]
        #expect(try BumpDecision(.init(.level(.minor)), facts).version == "raise 2.3.0")
    }

    @Test func aRaisedVersionIsAlwaysHigherAndNewAndOnItsLine() throws {
        var random = RandomNumbers(seed: 5)
        func number() -> UInt64 { UInt64(random.next() % 4) }
        var raised = 0
        for _ in 0..<3_000 {
            func version() -> SemanticVersion {
                let core = SemanticVersion(number(), number(), number())
                let prerelease = [PrereleaseIdentifier(unchecked: "rc"), PrereleaseIdentifier(Int(number()))]
                return random.next() % 3 == 0
                    ? SemanticVersion(core.major, core.minor, core.patch, prerelease: prerelease) : core
            }
            let contained = (0..<Int(number())).map { _ in version() }
            let elsewhere = (0..<Int(number())).map { _ in version() }
            let types = ["feat: a", "fix: b", "docs: c", "feat!: d", "none"]
            let branch = ["main", "2.x", "1.2.x"][Int(random.next() % 3)]
            var facts = try facts(
                Case(
                    name: "",
                    contained: contained.map(\.description),
                    elsewhere: elsewhere.map(\.description),
                    messages: (0..<Int(number())).map { _ in types[Int(random.next() % 5)] },
                    branch: branch,
                    outcome: ""
                )
            )
            facts.current = facts.last?.version
            let targets: [BumpRequest.Target] = [.automatic, .level(.patch), .level(.minor), .level(.major)]
            let channel = random.next() % 3 == 0 ? "rc" : nil
            let request = BumpRequest(targets[Int(random.next() % 4)], channel: channel)
            guard case .raise(let version, _, _)? = try? BumpDecision(request, facts) else { continue }
            raised += 1
            #expect(facts.last.map { version > $0.version } ?? true)
            #expect(!facts.releases.contains { $0.version.text == version.description })
            #expect(facts.line?.contains(version) ?? true)
            #expect(channel == nil ? version.isStable : version.channel == channel)
        }
        #expect(raised > 500)
    }

    // MARK: Facts

    private func outcome(_ item: Case) throws -> String {
        do {
            return try BumpDecision(item.request, facts(item), policy: item.policy).version
        } catch let refusal as BumpRefusal {
            return "refused: \(refusal)"
        }
    }

    private func facts(_ item: Case) throws -> BumpFacts {
        func release(_ text: String, _ digit: String) throws -> ReleaseTag {
            let version = Version(try SemanticVersion(parsing: text))
            return ReleaseTag(version: version, name: "v" + text, commit: try Self.id(digit))
        }
        func known(_ release: ReleaseTag?) throws -> KnownRelease? {
            try release.map { tag in
                KnownRelease(version: try SemanticVersion(parsing: tag.version.text), commit: tag.commit, tag: tag)
            }
        }
        var facts = BumpFacts()
        facts.branch = item.branch
        facts.line = ReleaseLine(branch: item.branch, patterns: BranchPattern.defaults)
        let contained = try item.contained.map { try release($0, "1") }
        let onLine = contained.filter { facts.line?.contains($0.version) ?? true }
        facts.releases = try contained + item.elsewhere.map { try release($0, "2") }
        facts.last = try known(onLine.max { $0.version < $1.version })
        facts.lastStable = try known(onLine.filter(\.version.isStable).max { $0.version < $1.version })
        let current = try item.current.map { try SemanticVersion(parsing: $0) }
        facts.current = current ?? facts.last?.version
        let hash = String(repeating: "0", count: 40)
        let commits = item.messages.map { CommitRecord(hash: hash, message: $0) }
        facts.sinceLastStable = ChangeSet(commits)
        facts.sinceLast = ChangeSet(Array(commits.prefix(item.afterLast ?? commits.count)))
        return facts
    }

    private static func id(_ digit: String) throws -> CommitID {
        try #require(CommitID(hex: String(repeating: digit, count: 40)))
    }
}

extension BumpDecision {
    /// The decision in short.
    fileprivate var version: String {
        switch self {
        case .raise(let version, _, _): "raise \(version)"
        case .finish(let version, _): "finish \(version)"
        case .stay(let version, _): "stay \(version?.description ?? "nothing")"
        }
    }
}
