/// A CI system that a pipeline can be written for.
package enum PipelineSystem: String, CaseIterable, Hashable, Sendable {
    case github, gitlab, jenkins, circleci, azure, bitbucket, woodpecker, tekton, buildkite

    /// What people call it.
    package var title: String {
        switch self {
        case .github: "GitHub Actions"
        case .gitlab: "GitLab CI"
        case .jenkins: "Jenkins"
        case .circleci: "CircleCI"
        case .azure: "Azure Pipelines"
        case .bitbucket: "Bitbucket Pipelines"
        case .woodpecker: "Woodpecker"
        case .tekton: "Tekton"
        case .buildkite: "Buildkite"
        }
    }

    /// The file of its pipeline, below the top of the work tree.
    package var path: String {
        switch self {
        case .github: ".github/workflows/tagboat.yml"
        case .gitlab: ".gitlab-ci.yml"
        case .jenkins: "Jenkinsfile"
        case .circleci: ".circleci/config.yml"
        case .azure: "azure-pipelines.yml"
        case .bitbucket: "bitbucket-pipelines.yml"
        case .woodpecker: ".woodpecker/tagboat.yaml"
        case .tekton: ".tekton/tagboat.yaml"
        case .buildkite: ".buildkite/pipeline.yml"
        }
    }

    /// The files that stand in for its path: where one is there, a pipeline in its own place would collide with it.
    var rivals: [String] {
        switch self {
        case .github, .tekton: []
        case .woodpecker: [".woodpecker.yaml", ".woodpecker.yml"]
        case .azure: [path, "azure-pipelines.yaml", ".azure-pipelines.yml"]
        case .circleci: [path, ".circleci/config.yaml"]
        case .buildkite: [path, ".buildkite/pipeline.yaml", "buildkite.yml"]
        default: [path]
        }
    }

    /// Where the pipeline goes beside one of the project's own.
    var pathBeside: String {
        switch self {
        case .github, .tekton: path
        case .gitlab: ".gitlab/tagboat.gitlab-ci.yml"
        case .jenkins: "Jenkinsfile.tagboat"
        case .circleci: ".circleci/tagboat.yml"
        case .azure: "azure-pipelines.tagboat.yml"
        case .bitbucket: "bitbucket-pipelines.tagboat.yml"
        case .woodpecker: ".woodpecker.tagboat.yaml"
        case .buildkite: ".buildkite/tagboat.yml"
        }
    }

    /// What makes the system run a pipeline that lies beside the project's own.
    func hint(beside own: String) -> String {
        switch self {
        case .github, .tekton: "it runs as it is"
        case .gitlab: "include it in \(own): `include: [{ local: \(pathBeside) }]`"
        case .jenkins: "make a pipeline job with the script path \(pathBeside)"
        case .circleci: "add a pipeline with this file in the project's settings, or move its jobs to \(own)"
        case .azure: "add a pipeline for this file in the project, under New pipeline, Existing YAML file"
        case .bitbucket: "move its steps to \(own); Bitbucket reads no other file"
        case .woodpecker: "move both files to .woodpecker/, where Woodpecker reads all of them"
        case .buildkite: "add a step to \(own): `buildkite-agent pipeline upload \(pathBeside)`"
        }
    }

    /// Whether a path, below the top of the work tree, tells that the project uses the system.
    func isTold(by path: String) -> Bool {
        let isYAML = path.hasSuffix(".yml") || path.hasSuffix(".yaml")
        return switch self {
        case .github: isYAML && path.hasPrefix(".github/workflows/")
        case .gitlab: path == ".gitlab-ci.yml"
        case .jenkins: path == "Jenkinsfile" || path.hasPrefix("Jenkinsfile.")
        case .circleci: isYAML && path.hasPrefix(".circleci/")
        case .azure: isYAML && !path.contains("/") && path.contains("azure-pipelines")
        case .bitbucket: path == "bitbucket-pipelines.yml"
        case .woodpecker: isYAML && (path.hasPrefix(".woodpecker/") || path.hasPrefix(".woodpecker."))
        case .tekton: isYAML && path.hasPrefix(".tekton/")
        case .buildkite: isYAML && (path.hasPrefix(".buildkite/") || path == "buildkite.yml")
        }
    }

    /// The systems whose files a project has, in the order of the cases.
    ///
    /// - Parameter paths: the project's files, below the top of the work tree.
    /// - Returns: each system once.
    package static func found(in paths: some Sequence<String>) -> [PipelineSystem] {
        let paths = Array(paths)
        return allCases.filter { system in paths.contains(where: system.isTold) }
    }

    /// The system that comes with the web site that hosts a project; nil where that does not tell.
    ///
    /// - Parameter host: the web site's host, without its port.
    package init?(host: String) {
        switch host {
        case "github.com": self = .github
        case "bitbucket.org": self = .bitbucket
        case "codeberg.org": self = .woodpecker
        case "dev.azure.com", "ssh.dev.azure.com", "vs-ssh.visualstudio.com": self = .azure
        case _ where host.hasSuffix(".visualstudio.com"): self = .azure
        case _ where host.hasPrefix("github."): self = .github
        case _ where host == "gitlab.com" || host.hasPrefix("gitlab."): self = .gitlab
        default: return nil
        }
    }

    /// A line of shell as the system's pipeline must hold it, so that the shell sees the line itself.
    ///
    /// Jenkinsfiles hold it between `'''`, where a backslash escapes. Buildkite fills in `$NAME` and `${NAME}` when a
    /// pipeline is uploaded, Woodpecker `${NAME}` when it is read; two dollar signs stand for one.
    package func escaped(_ line: String) -> String {
        switch self {
        case .jenkins: line.replacing("\\", with: "\\\\").replacing("'''", with: "\\'\\'\\'")
        case .buildkite: line.replacing("$", with: "$$")
        case .woodpecker: line.replacing("${", with: "$${")
        default: line
        }
    }
}
