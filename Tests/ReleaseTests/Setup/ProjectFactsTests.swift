import OCI
import Release
import Tagging
import Testing
import Versioning

/// What folders tell: tables of listings and facts.
@Suite struct ProjectFactsTests {
    // MARK: Version

    struct VersionCase: Sendable, CustomTestStringConvertible {
        let name: String
        var files: [String: String] = [:]
        var tags: [String] = []
        let source: VersionFacts.Source
        let version: String?
        var manifests: [String] = []
        var others: [String] = []
        var prefix = "v"
        var testDescription: String { name }
    }

    static let versions: [VersionCase] = [
        VersionCase(name: "an empty folder begins", source: .nothing, version: "0.1.0"),
        VersionCase(
            name: "a VERSION file decides",
            files: ["VERSION": "2.1.106\n", "package.json": #"{"version": "2.1.106"}"#, "Chart.yaml": "version: 1.0.0\n"],
            source: .file("VERSION"),
            version: "2.1.106",
            manifests: ["package.json"],
            others: ["Chart.yaml"]
        ),
        VersionCase(
            name: "a version file by another name",
            files: ["version.txt": "1.4.0\n"],
            source: .file("version.txt"),
            version: "1.4.0"
        ),
        VersionCase(
            name: "a calendar version is not guessed at",
            files: ["VERSION": "2026.07\n", "package.json": #"{"version": "1.0.0"}"#],
            source: .unreadable("VERSION", problem: ""),
            version: nil,
            others: ["package.json"]
        ),
        VersionCase(
            name: "a manifest gives the version, and its lock file goes along",
            files: [
                "package.json": #"{"name": "ui", "version": "3.0.42"}"#,
                "package-lock.json": #"{"version": "3.0.42", "packages": {"": {"version": "3.0.42"}}}"#,
                "pyproject.toml": "[project]\nversion = \"3.0.41\"\n",
            ],
            tags: ["v3.0.42"],
            source: .manifest("package.json"),
            version: "3.0.42",
            manifests: ["package.json", "package-lock.json"],
            others: ["pyproject.toml"]
        ),
        VersionCase(
            name: "a placeholder is no version, nor is one that comes from elsewhere",
            files: [
                "package.json": #"{"version": "0.0.0"}"#, "Cargo.toml": "[package]\nversion.workspace = true\n",
                "pyproject.toml": "[project]\ndynamic = [\"version\"]\n",
            ],
            source: .nothing,
            version: "0.1.0"
        ),
        VersionCase(
            name: "a manifest that is broken is passed over",
            files: ["package.json": "{", "Cargo.toml": "[package]\nversion = \"0.3.1\"\n"],
            source: .manifest("Cargo.toml"),
            version: "0.3.1",
            manifests: ["Cargo.toml"]
        ),
        VersionCase(
            name: "git tags tell, the highest by precedence",
            tags: ["v1.9.0", "v1.10.0", "v1.10.0-rc.1", "nightly"],
            source: .tags(highest: "v1.10.0"),
            version: "1.10.0"
        ),
        VersionCase(
            name: "tags without a v",
            tags: ["1.2.0", "1.3.0", "v1.0.0"],
            source: .tags(highest: "1.3.0"),
            version: "1.3.0",
            prefix: ""
        ),
        VersionCase(
            name: "a v wins where both are as frequent",
            tags: ["1.2.0", "v1.3.0"],
            source: .tags(highest: "v1.3.0"),
            version: "1.3.0"
        ),
        VersionCase(
            name: "a prefix with digits",
            tags: ["app2-1.2.0", "app2-1.2.1"],
            source: .tags(highest: "app2-1.2.1"),
            version: "1.2.1",
            prefix: "app2-"
        ),
    ]

    @Test(arguments: versions) func version(_ sample: VersionCase) {
        let facts = VersionFacts(
            paths: sample.files.keys.sorted(),
            contents: sample.files.mapValues { Array($0.utf8) },
            gitTags: sample.tags
        )
        if case .unreadable(let path, _) = sample.source {
            guard case .unreadable(path, let problem) = facts.source else {
                Issue.record("\(facts.source)")
                return
            }
            #expect(problem.contains("2026.07"))
        } else {
            #expect(facts.source == sample.source)
        }
        #expect(facts.version?.text == sample.version)
        #expect(facts.manifests.map(\.path) == sample.manifests)
        #expect(facts.others.map(\.path) == sample.others)
        #expect(facts.tagPrefix == sample.prefix)
    }

    // MARK: Images and CI systems

    struct RemoteCase: Sendable, CustomTestStringConvertible {
        let remote: String
        var place = ""
        let image: String?
        var isKnown = true
        let system: PipelineSystem?
        var testDescription: String { remote + " " + place }
    }

    static let remotes: [RemoteCase] = [
        RemoteCase(remote: "git@github.com:Acme/UI.git", image: "ghcr.io/acme/ui", system: .github),
        RemoteCase(
            remote: "https://ada:token@github.com/acme/ui.git",
            place: "services/Web App",
            image: "ghcr.io/acme/ui/web-app",
            system: .github
        ),
        RemoteCase(
            remote: "https://gitlab.com/acme/teams/web/ui.git",
            image: "registry.gitlab.com/acme/teams/web/ui",
            system: .gitlab
        ),
        RemoteCase(
            remote: "ssh://git@gitlab.example.com:2222/acme/ui.git",
            image: "registry.gitlab.example.com/acme/ui",
            isKnown: false,
            system: .gitlab
        ),
        RemoteCase(remote: "https://codeberg.org/acme/ui", image: "codeberg.org/acme/ui", system: .woodpecker),
        RemoteCase(
            remote: "https://gitea.example.com:3000/acme/ui.git",
            image: "gitea.example.com:3000/acme/ui",
            system: nil
        ),
        RemoteCase(
            remote: "git@bitbucket.org:acme/ui.git",
            image: "docker.io/acme/ui",
            isKnown: false,
            system: .bitbucket
        ),
        RemoteCase(remote: "https://dev.azure.com/acme/web/_git/ui", image: nil, system: .azure),
        RemoteCase(remote: "https://git.example.com/acme/ui.git", image: nil, system: nil),
        RemoteCase(remote: "/srv/git/ui.git", image: nil, system: nil),
        // What hosts allow and registries do not.
        RemoteCase(
            remote: "https://github.com/acme/_Weird--%C3%9Cmlaut%20\"name\"_.git",
            image: "ghcr.io/acme/weird-mlaut-name",
            system: .github
        ),
        RemoteCase(remote: "https://github.com/acme/%E6%B8%AF.git", image: nil, system: .github),
    ]

    @Test(arguments: remotes) func image(_ sample: RemoteCase) {
        let facts = ProjectFacts(ProjectFolder(name: "x", place: sample.place, remote: sample.remote))
        #expect(facts.image?.name.description == sample.image)
        if let image = facts.image { #expect(image.isKnown == sample.isKnown) }
        #expect(facts.forgePipeline == sample.system)
        #expect(facts.suggestedPipelines == (sample.system.map { [$0] } ?? []))
    }

    struct ListingCase: Sendable {
        let paths: [String]
        let systems: [PipelineSystem]
    }

    static let listings: [ListingCase] = [
        ListingCase(paths: [".github/workflows/test.yml"], systems: [.github]),
        ListingCase(paths: [".github/dependabot.yml", "github.yml"], systems: []),
        ListingCase(paths: [".gitlab-ci.yml", "Jenkinsfile"], systems: [.gitlab, .jenkins]),
        ListingCase(paths: ["Jenkinsfile.release"], systems: [.jenkins]),
        ListingCase(paths: [".circleci/config.yml"], systems: [.circleci]),
        ListingCase(paths: ["azure-pipelines.yml"], systems: [.azure]),
        ListingCase(paths: [".azure-pipelines.yml"], systems: [.azure]),
        ListingCase(paths: ["docs/azure-pipelines.yml"], systems: []),
        ListingCase(paths: ["bitbucket-pipelines.yml"], systems: [.bitbucket]),
        ListingCase(paths: [".woodpecker.yml"], systems: [.woodpecker]),
        ListingCase(paths: [".woodpecker/build.yaml"], systems: [.woodpecker]),
        ListingCase(paths: [".tekton/push.yaml"], systems: [.tekton]),
        ListingCase(paths: [".buildkite/pipeline.yml"], systems: [.buildkite]),
    ]

    @Test(arguments: listings) func systems(_ sample: ListingCase) {
        let folder = ProjectFolder(
            name: "x",
            pipelinePaths: sample.paths,
            remote: "https://github.com/acme/ui"
        )
        let facts = ProjectFacts(folder)
        #expect(facts.pipelines == sample.systems)
        // What the project uses counts for more than where it lies.
        #expect(facts.suggestedPipelines == (sample.systems.isEmpty ? [.github] : sample.systems))
    }

    // MARK: Dockerfiles and branches

    @Test func dockerfilesByDepthAndName() {
        let paths = [
            "Containerfile", "Dockerfile", "Dockerfile.alpine", "Dockerfile.dockerignore", "README.md",
            "deploy/Dockerfile", "app.Dockerfile", "deploy/NotADockerfile",
        ]
        let facts = ProjectFacts(ProjectFolder(name: "x", paths: paths))
        #expect(
            facts.dockerfiles
                == ["Dockerfile", "Containerfile", "Dockerfile.alpine", "app.Dockerfile", "deploy/Dockerfile"]
        )
    }

    @Test(arguments: [("trunk", "trunk"), ("release/2.x", "release/2.x"), ("it's $HOME", "main"), (nil, "main")])
    func branches(branch: String?, used: String) {
        #expect(ProjectFacts(ProjectFolder(name: "x", branch: branch)).branch == used)
    }
}
