import FoundationEssentials
import SystemPackage
import TestSupport

/// A git checkout in a temporary folder, in which the built program is run as a user would.
struct Checkout: Sendable {
    let root: FilePath

    var folder: FilePath { root.appending("app") }
    /// The layout that images are built into.
    var build: FilePath { root.appending("build") }

    /// Makes a repository with one commit and a VERSION file.
    static func with(version: String? = "2.1.106", _ body: (Checkout) async throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let checkout = Checkout(root: root)
            _ = try root.makeDirectory("app")
            try await checkout.git("init", "--quiet", "--initial-branch=main")
            if let version { _ = try checkout.folder.write("VERSION", version + "\n") }
            try await checkout.commit("first", at: 1)
            try await body(checkout)
        }
    }

    /// An environment in which nothing of the user's own is left.
    func environment(_ more: [String: String?], day: Int = 1) -> [String: String?] {
        var variables: [String: String?] = [
            "HOME": root.string, "XDG_CONFIG_HOME": nil, "XDG_RUNTIME_DIR": root.appending("run").string,
            "DOCKER_CONFIG": nil,
            "DOCKER_AUTH_CONFIG": nil, "REGISTRY_AUTH_FILE": nil, "SOURCE_DATE_EPOCH": nil, "NO_COLOR": nil,
            "SSL_CERT_FILE": nil, "HTTPS_PROXY": nil, "https_proxy": nil, "HTTP_PROXY": nil, "http_proxy": nil,
            "ALL_PROXY": nil, "all_proxy": nil, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "TZ": "Asia/Kolkata",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com",
            "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com",
            "GIT_AUTHOR_DATE": "2026-07-0\(day)T09:30:00Z", "GIT_COMMITTER_DATE": "2026-07-0\(day)T09:30:00Z",
        ]
        // The tests themselves may run in a CI system.
        for name in ["GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "CIRCLECI", "BUILDKITE", "TF_BUILD", "CI"] {
            variables[name] = .some(nil)
        }
        variables.merge(more) { _, new in new }
        return variables
    }

    @discardableResult
    func git(_ arguments: String..., at day: Int = 1) async throws -> String {
        let result = try await run("git", arguments, in: folder, environment: environment([:], day: day))
        return try result.requireSuccess().standardOutput.trimmed
    }

    /// Commits everything, and gives the hash.
    @discardableResult
    func commit(_ message: String, at day: Int = 1) async throws -> String {
        try await git("add", "--all")
        try await git("commit", "--quiet", "--allow-empty", "--message", message, at: day)
        return try await git("rev-parse", "HEAD")
    }

    /// Adds a bare repository as `origin`, and pushes the branch and a tag to it.
    func addRemote(tag: String? = "v2.1.106") async throws {
        try await run(
            "git",
            ["init", "--quiet", "--bare", "--initial-branch=main", "remote.git"],
            in: root,
            environment: environment([:])
        ).requireSuccess()
        try await git("remote", "add", "origin", "../remote.git")
        try await git("push", "--quiet", "origin", "main")
        guard let tag else { return }
        try await git("tag", tag)
        try await git("push", "--quiet", "origin", tag)
    }

    /// Runs the program in the checkout.
    func tagboat(_ arguments: String..., environment: [String: String?] = [:]) async throws -> CommandResult {
        try await tagboat(arguments, environment: environment)
    }

    func tagboat(_ arguments: [String], environment: [String: String?] = [:]) async throws -> CommandResult {
        try await run(Program.path, arguments, in: folder, environment: self.environment(environment))
    }

    /// Builds an image with the labels of this checkout into the layout; a variation makes another one of it.
    @discardableResult
    func makeImage(_ name: String = "app", variation: String = "") async throws -> String {
        let json = try await tagboat("labels", "--format", "json", "--quiet").requireSuccess().standardOutput
        var labels = try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
        labels["variation"] = variation
        return try ImageFixture.write(to: build, name: name, labels: labels).manifestDigest
    }

    /// Commits a VERSION, builds an image of it and pushes it.
    @discardableResult
    func release(_ version: String, to image: String, at day: Int = 1) async throws -> CommandResult {
        _ = try folder.write("VERSION", version + "\n")
        try await commit("Release \(version)", at: day)
        try await makeImage()
        return try await tagboat("push", "--from", "oci:../build:app", "--image", image)
    }
}

extension String {
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    var lines: [String] { split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
}
