import OCI
import Testing
import Versioning

@testable import Tagging

/// The exceptions to the rule of moving tags, and what counts as evidence.
@Suite struct LinePolicyTests {
    private func own(_ number: Int = 9) throws -> ImageFacts {
        ImageFacts(digest: try digest(number), revision: sampleCommit.hash, created: sampleCommit.date)
    }

    private func image(_ number: Int) throws -> ImageFacts {
        ImageFacts(digest: try digest(number), revision: otherRevision)
    }

    private func policy(_ lines: LinePolicy, evidence: Evidence = .registry) -> ReleasePolicy {
        ReleasePolicy(
            tags: TagPolicy(rules: presets("version", "minor", "major", "latest"), lines: lines),
            evidence: evidence
        )
    }

    // MARK: Exceptions

    @Test func aYankedVersionGivesItsTagsBack() throws {
        let held = try [
            "2.1.106": image(1), "2.1.107": own(), "2.1": own(), "2": own(), "latest": own(),
        ]
        let plan = try ReleasePlan(
            "2.1.107",
            image: own(),
            on: held,
            policy: policy(LinePolicy(yanked: [version("2.1.107")]))
        )
        #expect(plan.verdict("2.1.107") == "unchanged")
        #expect(plan.verdict("2.1") == "move: 2.1.106 is the highest release of this line")
        #expect(plan.verdict("latest") == "move: 2.1.106 is the highest release of this line")
    }

    @Test func aYankTakesEffectWithWhateverRunComesNext() throws {
        let held = try [
            "1.9.0": image(1), "2.1.107": image(2), "2.0.3": image(3), "2.1": image(2), "2": image(2),
            "latest": image(2),
        ]
        let yank = policy(LinePolicy(yanked: [try version("2.1.107")]))
        // A snapshot, and a release of another line.
        let snapshot = try ReleasePlan("2.1.107", image: own(), on: held, commits: 3, policy: yank)
        #expect(snapshot.kind.name == "snapshot")
        #expect(snapshot.verdict("2") == "move: 2.0.3 is the highest release of this line")
        let release = try ReleasePlan("1.9.1", image: own(), on: held, policy: yank)
        #expect(release.verdict("2") == "move: 2.0.3 is the highest release of this line")
        #expect(release.verdict("latest") == "move: 2.0.3 is the highest release of this line")
        // Nothing else is left in 2.1.
        #expect(release.verdict("2.1") == nil)
    }

    @Test func aYankedVersionAloneInItsLineGetsNoLine() throws {
        let plan = try ReleasePlan(
            "2.1.107",
            image: own(),
            on: [:],
            policy: policy(LinePolicy(yanked: [version("2.1.107")]))
        )
        #expect(plan.verdict("2.1.107") == "create")
        #expect(plan.verdict("2.1") == "withheld: 2.1.107 is yanked, and no other release of this line is left")
    }

    @Test func aHeldTagStaysWhateverIsReleased() throws {
        let hold = policy(LinePolicy(held: [.latest: try version("2.1.106")]))
        let held = try ["2.1.106": image(1), "2.1": image(1), "2": image(1), "latest": image(1)]
        let next = try ReleasePlan("2.1.107", image: own(), on: held, policy: hold)
        #expect(next.verdict("2.1") == "move")
        #expect(next.verdict("latest") == "withheld: latest is held on 2.1.106")
        // A tag that went too far comes back.
        var ahead = held
        ahead["2.1.107"] = try own()
        ahead["latest"] = try own()
        let back = try ReleasePlan("2.1.107", image: own(), on: ahead, policy: hold)
        #expect(back.verdict("latest") == "move: latest is held on 2.1.106")
        let early = try ReleasePlan("2.1.105", image: own(), on: [:], policy: hold)
        #expect(early.verdict("latest") == "withheld: latest is held on 2.1.106, and 2.1.106 is not in this repository")
    }

    @Test(
        arguments: [
            ("odd-minor", "5.43.2", ["5.43.2", "5.43"]), ("odd-minor", "5.42.0", ["5.42.0", "5.42", "5", "latest"]),
            ("2.3.*", "2.3.1", ["2.3.1", "2.3"]), ("2.3.*", "2.4.1", ["2.4.1", "2.4", "2", "latest"]),
            ("3.*", "3.1.0", ["3.1.0", "3.1", "3"]), ("*.*.odd", "1.0.1", ["1.0.1"]),
        ]
    )
    func developmentReleasesStayOutOfWiderLines(pattern: String, text: String, tags: [String]) throws {
        let lines = LinePolicy(development: [try DevelopmentPattern(pattern)])
        let naming = try TagNaming(policy: policy(lines).tags, context: sampleContext)
        #expect(try naming.tags(of: version(text), variant: .only).map(\.tag.name) == tags)
    }

    @Test func zeroAndLinesThatAreOff() throws {
        func tags(_ lines: LinePolicy, _ text: String) throws -> [String] {
            let naming = try TagNaming(policy: policy(lines).tags, context: sampleContext)
            return try naming.tags(of: version(text), variant: .only).map(\.tag.name)
        }
        #expect(try tags(LinePolicy(), "0.3.1") == ["0.3.1", "0.3", "latest"])
        #expect(try tags(LinePolicy(hasZeroLine: true), "0.3.1") == ["0.3.1", "0.3", "0", "latest"])
        #expect(try tags(LinePolicy(off: ["latest", "2.0"]), "2.0.1") == ["2.0.1", "2"])
    }

    @Test(arguments: ["", "x", "*", "*.*", "2..3", "-1"])
    func refusesPatternsThatMeanNothing(text: String) {
        #expect(throws: TagRuleError.self) { try DevelopmentPattern(text) }
    }

    // MARK: Evidence

    @Test func gitKnowsReleasesThatTheRepositoryLacks() throws {
        let held = try ["2.1.0": image(1), "latest": image(1)]
        let byGit = try ReleasePlan(
            "2.1.1",
            image: own(),
            on: held,
            policy: policy(LinePolicy(), evidence: .git),
            gitVersions: ["2.1.0", "3.0.0"]
        )
        #expect(byGit.verdict("2.1") == "create")
        #expect(
            byGit.verdict("latest")
                == "withheld: 2.1.1 does not move latest: 3.0.0 is higher, but not in this repository"
        )
        #expect(byGit.targets[0].disagreement == nil)
    }

    @Test func gitAloneIgnoresWhatOnlyTheRepositoryHas() throws {
        let held = try ["9.0.0": image(1), "latest": image(1)]
        let plan = try ReleasePlan(
            "2.1.1",
            image: own(),
            on: held,
            policy: policy(LinePolicy(), evidence: .git),
            gitVersions: ["2.1.0"]
        )
        #expect(plan.verdict("latest") == "move")
    }

    @Test func bothTakeTheHighestAndShowWhereTheyDisagree() throws {
        let held = try ["9.0.0": image(1), "latest": image(1), "2.1.0": image(2)]
        let plan = try ReleasePlan(
            "2.1.1",
            image: own(),
            on: held,
            policy: policy(LinePolicy(), evidence: .both),
            gitVersions: ["2.1.0", "2.1.1", "2.5.0"]
        )
        #expect(plan.verdict("latest") == "withheld: 2.1.1 does not move latest: 9.0.0 is higher")
        #expect(
            plan.verdict("2")
                == "withheld: 2.1.1 does not move 2: 2.5.0 is higher, but not in this repository"
        )
        #expect(plan.targets[0].disagreement == "only git has 2.5.0; only the repository has 9.0.0")
    }

    // MARK: Branches

    private func branchPolicy(_ heads: HeadMovement = .forward) -> ReleasePolicy {
        ReleasePolicy(tags: TagPolicy(rules: presets("edge", "branch")), heads: heads)
    }

    private var onMain: RuleContext {
        var context = sampleContext
        context.build.ref = "refs/heads/main"
        context.build.defaultBranch = "main"
        return context
    }

    @Test(
        arguments: [
            (.ancestor, "move"), (.descendant, "withheld: edge holds 49d3a10, which is further"),
            (.diverged, "withheld: edge holds 49d3a10, which is no ancestor of 503a2eb"),
            (.absent, "withheld: edge holds 49d3a10, which this repository does not have"),
            (
                .cutOff,
                "refused: this shallow clone cannot tell whether 503a2eb comes after 49d3a10, which r.io/ui:edge holds"
            ),
        ] as [(Ancestry, String)]
    )
    func aBranchsTagGoesForwardAlongItsHistory(ancestry: Ancestry, verdict: String) throws {
        let held = try ["edge": image(1), "main": image(1)]
        let plan = try ReleasePlan(
            "1.0.0",
            image: own(),
            on: held,
            policy: branchPolicy(),
            context: onMain,
            ancestry: [otherRevision: ancestry]
        )
        #expect(plan.verdict("edge") == verdict)
        let anywhere = try ReleasePlan(
            "1.0.0",
            image: own(),
            on: held,
            policy: branchPolicy(.any),
            context: onMain,
            ancestry: [otherRevision: ancestry]
        )
        #expect(anywhere.verdict("main") == "move")
    }

    @Test func aBranchsTagWithoutALabelStays() throws {
        let held = ["edge": ImageFacts(digest: try digest(1))]
        let plan = try ReleasePlan("1.0.0", image: own(), on: held, policy: branchPolicy(), context: onMain)
        #expect(plan.verdict("edge") == "withheld: edge holds an image without a label that tells its commit")
        #expect(plan.verdict("main") == "create")
    }

    // MARK: Tags that two versions share

    @Test func twoVersionsOfOneTagAreAnErrorThatNamesBoth() throws {
        // Build metadata does not show in this rule's tags.
        let rules = [try TagRule(line: "type=match,pattern=v([0-9.]+),group=1")]
        let policy = ReleasePolicy(tags: TagPolicy(rules: rules), evidence: .git)
        let error = #expect(throws: TaggingError.self) {
            try ReleasePlan("1.0.0+b", image: own(), on: [:], policy: policy, gitVersions: ["1.0.0+a"])
        }
        #expect(error?.description == "the versions 1.0.0+a and 1.0.0+b have the same tag, 1.0.0")
    }
}
