import Release
import Testing

/// What happens to each file, by what is there.
@Suite struct SetupPlanTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let system: PipelineSystem
        var existing: [String: String] = [:]
        let path: String
        let verdict: SetupPlan.Verdict
        var hint: String?
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "a free place", system: .gitlab, path: ".gitlab-ci.yml", verdict: .created),
        Case(
            name: "the same",
            system: .gitlab,
            existing: [".gitlab-ci.yml": "new tagboat\n"],
            path: ".gitlab-ci.yml",
            verdict: .unchanged
        ),
        Case(
            name: "one that runs tagboat in its own way",
            system: .gitlab,
            existing: [".gitlab-ci.yml": "script: tagboat release\n"],
            path: ".gitlab-ci.yml",
            verdict: .left(reason: "it is there already, and runs tagboat")
        ),
        Case(
            name: "one of the project's own",
            system: .gitlab,
            existing: [".gitlab-ci.yml": "test: {}\n"],
            path: ".gitlab/tagboat.gitlab-ci.yml",
            verdict: .created,
            hint: "include it in .gitlab-ci.yml: `include: [{ local: .gitlab/tagboat.gitlab-ci.yml }]`"
        ),
        Case(
            name: "one beside the project's own that is there already",
            system: .gitlab,
            existing: [".gitlab-ci.yml": "test: {}\n", ".gitlab/tagboat.gitlab-ci.yml": "new tagboat\n"],
            path: ".gitlab/tagboat.gitlab-ci.yml",
            verdict: .unchanged,
            hint: "include it in .gitlab-ci.yml: `include: [{ local: .gitlab/tagboat.gitlab-ci.yml }]`"
        ),
        Case(
            name: "both are somebody's",
            system: .jenkins,
            existing: ["Jenkinsfile": "pipeline {}", "Jenkinsfile.tagboat": "pipeline {}"],
            path: "Jenkinsfile.tagboat",
            verdict: .left(reason: "it is there already")
        ),
        Case(
            name: "a folder for all stays when a single file is used",
            system: .woodpecker,
            existing: [".woodpecker.yml": "steps: []\n"],
            path: ".woodpecker.tagboat.yaml",
            verdict: .created,
            hint: "move both files to .woodpecker/, where Woodpecker reads all of them"
        ),
        Case(
            name: "another spelling of the place",
            system: .buildkite,
            existing: [".buildkite/pipeline.yaml": "steps: []\n"],
            path: ".buildkite/tagboat.yml",
            verdict: .created,
            hint: "add a step to .buildkite/pipeline.yaml: `buildkite-agent pipeline upload .buildkite/tagboat.yml`"
        ),
        Case(
            name: "a place of its own",
            system: .github,
            existing: [".github/workflows/tagboat.yml": "name: mine\n"],
            path: ".github/workflows/tagboat.yml",
            verdict: .left(reason: "it is there already")
        ),
    ]

    @Test(arguments: cases) func pipeline(_ sample: Case) throws {
        let plan = SetupPlan(files: [], pipelines: [(sample.system, "new tagboat\n")]) { path in
            sample.existing[path].map { Array($0.utf8) }
        }
        let step = try #require(plan.steps.first)
        #expect(plan.steps.count == 1)
        #expect(step.path == sample.path)
        #expect(step.verdict == sample.verdict)
        #expect(step.hint == sample.hint)
        #expect(plan.created.count == (sample.verdict == .created ? 1 : 0))
    }

    @Test func whatIsThereIsLeft() {
        let existing = ["tagboat.yaml": "images: []\n", "VERSION": "0.1.0\n"]
        let plan = SetupPlan(
            files: [("tagboat.yaml", "images: [x]\n"), ("VERSION", "0.1.0\n"), ("b/tagboat.yaml", "a\n")],
            pipelines: []
        ) { existing[$0].map { Array($0.utf8) } }
        #expect(plan.steps.map(\.verdict) == [.left(reason: "it is there already"), .unchanged, .created])
        #expect(plan.created.map(\.path) == ["b/tagboat.yaml"])
    }

    @Test(
        arguments: [
            (PipelineSystem.github, "a ${B} $C \\n"), (.jenkins, "a ${B} $C \\\\n"), (.buildkite, "a $${B} $$C \\n"),
            (.woodpecker, "a $${B} $C \\n"),
        ]
    )
    func linesThatSystemsWouldFillIn(system: PipelineSystem, escaped: String) {
        #expect(system.escaped("a ${B} $C \\n") == escaped)
    }

    @Test func quotesThatWouldEndAJenkinsScript() {
        #expect(PipelineSystem.jenkins.escaped("a''' 'b'") == "a\\'\\'\\' 'b'")
    }
}
