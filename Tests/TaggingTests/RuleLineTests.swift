import OCI
import Testing
import Versioning

@testable import Tagging

/// docker/metadata-action's rule lines as rules of a release, under the rule of moving tags.
@Suite struct RuleLineTests {
    private func own(_ number: Int = 9) throws -> ImageFacts {
        ImageFacts(digest: try digest(number), revision: sampleCommit.hash, created: sampleCommit.date)
    }

    private func policy(_ lines: String..., flavor: String...) throws -> ReleasePolicy {
        ReleasePolicy(
            tags: TagPolicy(rules: try lines.map { try TagRule(parsing: $0) }, flavor: try Flavor(lines: flavor))
        )
    }

    private func tags(_ text: String, _ policy: ReleasePolicy, context: RuleContext = sampleContext) throws -> [String]
    {
        try TagNaming(policy: policy.tags, context: context)
            .tags(of: version(text), variant: .only)
            .map { "\($0.tag) \($0.movement)" }
    }

    @Test func aWorkflowsRulesGiveTheTagsOfItsWorkflow() throws {
        let policy = try policy(
            "type=ref,event=branch",
            "type=semver,pattern={{version}}",
            "type=semver,pattern={{major}}.{{minor}}",
            "type=semver,pattern={{major}},enable={{is_default_branch}}",
            "type=sha"
        )
        var context = sampleContext
        context.build.ref = "refs/heads/release/2"
        #expect(
            try tags("2.1.106", policy, context: context)
                == ["2.1.106 fixed", "2.1 line", "release-2 head", "sha-503a2eb fixed", "latest line"]
        )
        // A prerelease takes no line, whatever the pattern says.
        #expect(
            try tags("2.2.0-rc.1", policy, context: context)
                == ["2.2.0-rc.1 fixed", "release-2 head", "sha-503a2eb fixed"]
        )
    }

    @Test func aLineIsGuardedWhateverItsTagLooksLike() throws {
        let policy = try policy("type=semver,pattern=v{{version}}", "type=semver,pattern=v{{major}}-stable")
        let held = try ["v2.2.0": own(2), "v2-stable": own(2), "latest": own(2), "2.9.0": own(3)]
        let plan = try ReleasePlan("2.1.1", image: own(), on: held, policy: policy)
        #expect(plan.verdict("v2.1.1") == "create")
        #expect(plan.verdict("v2-stable") == "withheld: 2.1.1 does not move v2-stable: 2.2.0 is higher")
        #expect(plan.verdict("latest") == "withheld: 2.1.1 does not move latest: 2.2.0 is higher")
        let next = try ReleasePlan("2.3.0", image: own(), on: held, policy: policy)
        #expect(next.verdict("v2-stable") == "move")
    }

    @Test func rulesOfOneSuffixAreASeriesOfTheirOwn() throws {
        let policy = try policy(
            "type=semver,pattern={{version}}",
            "type=semver,pattern={{major}}",
            "type=semver,pattern={{version}},suffix=-alpine",
            "type=semver,pattern={{major}},suffix=-alpine",
            flavor: "latest=false"
        )
        // 2.2.0 has no image in the second series yet.
        let held = try ["2.2.0": own(2), "2": own(2), "2.0.0-alpine": own(3), "2-alpine": own(3)]
        let plan = try ReleasePlan("2.1.1", image: own(), on: held, policy: policy)
        #expect(plan.verdict("2") == "withheld: 2.1.1 does not move 2: 2.2.0 is higher")
        #expect(plan.verdict("2-alpine") == "move")
        #expect(plan.verdict("latest") == nil)
    }

    @Test func presetsAndLinesStandSideBySide() throws {
        let policy = try policy(
            "version",
            "type=raw,value=stable",
            "type=raw,value={{commit_date 'YYYY-MM-DD' tz='Asia/Tokyo'}}",
            "type=raw,value={{version}}-{{sha}}",
            "type=schedule,pattern=nightly-{{date 'YYYYMMDD'}}",
            "sha"
        )
        var context = sampleContext
        context.build.event = "schedule"
        #expect(
            try tags("1.0.0", policy, context: context) == [
                "nightly-20260710 newest", "1.0.0 fixed", "stable newest", "2026-07-10 newest",
                "1.0.0-503a2eb fixed", "503a2eb fixed",
            ]
        )
    }

    @Test func aRuleWithAValueStandsApartFromTheVersion() throws {
        let policy = try policy(
            "version",
            "type=semver,pattern=chart-{{version}},value=v5.6.7",
            "type=semver,pattern=chart-{{major}},value=v5.6.7"
        )
        #expect(try tags("2.1.106", policy) == ["2.1.106 fixed", "chart-5.6.7 fixed", "chart-5 newest"])
        // Versions are read from the tags of the project's own version alone.
        let plan = try ReleasePlan("2.1.106", image: own(), on: ["chart-9.9.9": own(2)], policy: policy)
        #expect(plan.refusal == nil)
    }

    @Test func theFirstRuleThatGivesATagDecidesOnLatest() throws {
        let later = try policy("type=semver,pattern={{version}}", "type=raw,value=x")
        #expect(try tags("1.0.0", later) == ["1.0.0 fixed", "x newest", "latest line"])
        let first = try policy("type=semver,pattern={{version}}", "type=raw,value=x,priority=1000")
        #expect(try tags("1.0.0", first) == ["x newest", "1.0.0 fixed"])
        let off = try policy("type=semver,pattern={{version}}", "type=raw,value=x,priority=1000,enable=false")
        #expect(try tags("1.0.0", off) == ["1.0.0 fixed", "latest line"])
    }

    @Test func twoRulesMaySayTheSame() throws {
        let policy = try policy("version", "minor", "type=semver,pattern={{major}}.{{minor}}", flavor: "latest=false")
        #expect(try tags("2.1.106", policy) == ["2.1.106 fixed", "2.1 line"])
        let plan = try ReleasePlan("2.1.106", image: own(), on: ["2.1.107": own(2), "2.1": own(2)], policy: policy)
        #expect(plan.verdict("2.1") == "withheld: 2.1.106 does not move 2.1: 2.1.107 is higher")
    }

    @Test func flavorGoesForPresetsToo() throws {
        let policy = try policy("version", "minor", "latest", "sha", flavor: "prefix=v", "suffix=-gpu")
        #expect(
            try tags("1.2.3", policy) == ["v1.2.3-gpu fixed", "v1.2-gpu line", "latest line", "503a2eb-gpu fixed"]
        )
    }

    @Test(
        arguments: [
            ("type=semver", "Missing pattern attribute for type=semver"),
            ("type=nope", "Unknown tag type attribute: nope"),
            ("type=ref,event=push", "Invalid event for type=ref,event=push"),
            ("type=sha,format=tiny", "Invalid format for type=sha,format=tiny"),
            ("type=match,pattern=x,group=y", "Invalid match group for type=match,pattern=x,group=y"),
            ("type=raw", "Missing value attribute for type=raw"),
            ("type=raw,value=\"a", "a quote stands inside of a field in type=raw,value=\"a"),
            ("minro", "there is no tag rule \"minro\""),
        ]
    )
    func refuses(line: String, problem: String) {
        #expect(throws: TagRuleError(problem)) { try TagRule(parsing: line) }
    }

    @Test(
        arguments: [
            ("type=raw,value=-x", "a tag starts with"), ("type=raw,value=.x", "a tag starts with"),
            ("type=raw,value={{#if}}", ""),
            ("type=raw,value={{nope 'x'}}", "there is no expression {{nope}}"),
            ("type=raw,value={{date 'Y' tz='Mars'}}", "Mars"),
            ("type=semver,pattern={{majr}}", "there is no expression {{majr}}; known are: build, major"),
            ("type=raw,value={{github.ref}}", "there is no expression {{github}}"),
            ("type=match,pattern=(", "Invalid regular expression"), ("type=raw,value=x,enable=maybe", "enable"),
        ]
    )
    func namesTheRuleThatCannotBeWorkedOut(line: String, problem: String) throws {
        let policy = try policy("version", line)
        let error = #expect(throws: TaggingError.self) {
            try TagNaming(policy: policy.tags, context: sampleContext).tags(of: version("1.0.0"), variant: .only)
        }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains(line) == true)
    }

    @Test func aLineWithoutEvidenceIsRefused() throws {
        let policy = try policy("type=semver,pattern={{major}}", "sha")
        let error = #expect(throws: TaggingError.self) {
            try ReleasePlan("1.0.0", image: own(), on: [:], policy: policy)
        }
        #expect(error == .noEvidence(rule: "type=semver,pattern={{major}}"))
        var byGit = policy
        byGit.evidence = .git
        let plan = try ReleasePlan("1.0.0", image: own(), on: [:], policy: byGit, gitVersions: [])
        #expect(plan.verdict("1") == "create")
    }

    @Test func prioritiesOrderAndTiesKeepTheirOrder() throws {
        let policy = try policy(
            "type=raw,value=c",
            "type=raw,value=a,priority=1000",
            "type=raw,value=d",
            "type=raw,value=b,priority=300"
        )
        #expect(try tags("1.0.0", policy).map { $0.split(separator: " ")[0] } == ["a", "b", "c", "d"])
    }
}
