import Crypto
import FoundationEssentials
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// `tagboat release` with an image that is there already; ReleaseBuildTests has those that it builds.
@Suite(.dockerRegistry(.open)) struct ReleaseCommandTests {
    private let from = ["--from", "oci:../build:app"]

    private func image(_ repository: String) throws -> String {
        "\(try DockerRegistry.required().address)/\(repository)"
    }

    private func state(of repository: String) async throws -> [String: String] {
        try await DockerRegistry.required().state(of: repository)
    }

    @Test func aReleaseIsTaggedPushedAndTold() async throws {
        try await Checkout.with { checkout in
            let image = try image("release/whole")
            try await checkout.addRemote(tag: nil)
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                images: [\(image), oci:../mirror]
                git: { moving-tags: [major] }
                release: { git-push: true }
                hooks: { after-release: 'cat > ../told.json; echo "$TAGBOAT_HOOK_VERSION $TAGBOAT_HOOK_TAG" > ../told' }
                """
            )
            let head = try await checkout.commit("feat: a", at: 2)
            try await checkout.git("push", "--quiet", "origin", "main")
            let digest = try await checkout.makeImage()
            let result = try await checkout.tagboat(
                ["release"] + from + ["--summary", "../summary.md", "--output-digest", "../digest"],
                environment: ["GITHUB_OUTPUT": "../outputs", "GITHUB_STEP_SUMMARY": "../step.md"]
            ).requireSuccess()

            #expect(
                result.standardOutput.hasSuffix(
                    """

                    released 2.1.106
                      image  \(image)@\(digest)
                      tags   2.1.106, 2.1, 2, latest, \(head.prefix(7)), 20260702
                      image  oci:../mirror@\(digest)
                      tags   2.1.106, 2.1, 2, latest, \(head.prefix(7)), 20260702
                      git    v2.1.106, v2 to origin

                    """
                )
            )
            let tags = try await state(of: "release/whole")
            #expect(tags.count == 6 && Set(tags.values) == [digest])
            let remote = try await checkout.git("ls-remote", "origin")
            #expect(remote.contains("\(head)\trefs/tags/v2\n") && remote.contains("\(head)\trefs/tags/v2.1.106^{}"))
            #expect(try checkout.root.appending("digest").readText() == digest + "\n")
            #expect(try checkout.root.appending("told").readText() == "2.1.106 v2.1.106\n")
            let summary = try checkout.root.appending("summary.md").readText()
            #expect(summary.hasPrefix("### Released 2.1.106\n") && summary.contains("| `2.1` | created |"))
            #expect(try checkout.root.appending("step.md").readText() == summary)
            let outputs = try checkout.root.appending("outputs").readText()
            #expect(outputs.contains("digest<<ghadelimiter_tagboat\n\(digest)\n"))
            #expect(outputs.contains("changed<<ghadelimiter_tagboat\ntrue\n"))
            let told = try JSONDecoder().decode(
                Told.self,
                from: Data(try checkout.root.appending("told.json").readText().utf8)
            )
            #expect(told.schema == "tagboat.release/1" && told.applied)
            #expect(told.releases.map(\.digest) == [digest] && told.releases[0].notes?.contains("a") == true)
        }
    }

    private struct Told: Decodable {
        struct Release: Decodable {
            let digest: String
            let kind: String
            let notes: String?
        }
        let schema: String
        let applied: Bool
        let releases: [Release]
    }

    @Test func aDryRunChangesAndTellsNothing() async throws {
        try await Checkout.with { checkout in
            let image = "oci:../registry"
            try await checkout.addRemote(tag: nil)
            try await checkout.makeImage()
            try await withTestServer { _ in
                TestResponse(200)
            } _: { server in
                let result = try await checkout.tagboat(
                    ["release", "--dry-run", "--git-push", "--image", image] + from
                        + ["--summary", "../summary.md", "--output-digest", "../digest"],
                    environment: [
                        "TAGBOAT_NOTIFY_WEBHOOKS": "http://\(server.address)/hook", "GITHUB_OUTPUT": "../outputs",
                    ]
                ).requireSuccess()
                #expect(result.standardOutput.contains("would release 2.1.106\n"))
                #expect(result.standardOutput.contains("  git    v2.1.106 to origin\n"))
                #expect(server.requests.isEmpty)
            }
            #expect(try await checkout.git("tag").isEmpty)
            for file in ["registry", "summary.md", "digest", "outputs"] {
                #expect(!checkout.root.appending(file).exists)
            }
        }
    }

    /// Whatever stage fails, the same command goes on to the same end.
    @Test(arguments: ["repository", "tag", "push", "webhook"])
    func aFailedRunIsFinishedByTheSameCommand(at stage: String) async throws {
        try await Checkout.with { checkout in
            let image = try image("release/again-\(stage)")
            try await checkout.addRemote(tag: nil)
            let digest = try await checkout.makeImage()
            let head = try await checkout.git("rev-parse", "HEAD")
            let isUp = checkout.root.appending("up")
            let hook = try checkout.root.write("remote.git/hooks/pre-receive", "#!/bin/sh\nexit 1\n")
            if stage == "push" { try await run("chmod", ["755", hook.string]).requireSuccess() }
            if stage == "repository" { _ = try checkout.root.write("mirror", "in the way") }
            if stage == "tag" {
                _ = try checkout.folder.write(
                    "tagboat.yaml",
                    "hooks: { before-tag: 'test -e ../up' }\n"
                )
            }
            try await withTestServer { _ in
                TestResponse(stage == "webhook" && !isUp.exists ? 404 : 200)
            } _: { server in
                let command =
                    ["release", "--git-push", "--notify", "always", "--image", image, "--image", "oci:../mirror"] + from
                let environment = ["TAGBOAT_NOTIFY_WEBHOOKS": "http://\(server.address)/hook"]
                let failed = try await checkout.tagboat(command, environment: environment)
                #expect(failed.exitCode == (stage == "repository" ? 6 : stage == "push" ? 3 : 5), "\(failed)")
                #expect(failed.standardError.contains("error: ") && failed.standardError.contains("hint: "))

                _ = try checkout.root.write("up", "")
                try FileManager.default.removeItem(atPath: hook.string)
                if stage == "repository" {
                    try FileManager.default.removeItem(atPath: checkout.root.appending("mirror").string)
                }
                server.forgetRequests()
                try await checkout.tagboat(command, environment: environment).requireSuccess()
                #expect(server.requests.count == 1)
            }
            let tags = try await state(of: "release/again-\(stage)")
            #expect(tags.count == 6 && Set(tags.values) == [digest])
            #expect(try await checkout.git("ls-remote", "origin").contains("\(head)\trefs/tags/v2.1.106^{}"))
            #expect(try checkout.root.appending("mirror/index.json").readText().contains(digest))
        }
    }

    /// What a repository has is not built again: another one gets the same image.
    @Test func anImageOfTheCommitIsFound() async throws {
        try await Checkout.with { checkout in
            let (image, second) = (try image("release/found"), try image("release/found-too"))
            let digest = try await checkout.makeImage()
            try await checkout.tagboat(["push", "--image", image] + from).requireSuccess()
            let result = try await checkout.tagboat("release", "--image", second, "--image", image).requireSuccess()
            #expect(result.standardError.contains("not built: \(image)@\(digest) is the image of this commit"))
            #expect(Set(try await state(of: "release/found-too").values) == [digest])
            let json = try await checkout.tagboat("release", "--image", image, "--format", "json").requireSuccess()
            #expect(json.standardOutput.contains("\"origin\" : \"found\""))
            #expect(json.standardOutput.contains("\"changed\" : false"))
        }
    }

    /// A snapshot makes no release of itself in git, and nobody is told of it.
    @Test func aSnapshotIsNotTaggedNorTold() async throws {
        try await Checkout.with { checkout in
            let image = try image("release/snapshot")
            try await checkout.addRemote(tag: nil)
            try await checkout.makeImage()
            try await checkout.tagboat(["release", "--git-push", "--image", image] + from).requireSuccess()
            let head = try await checkout.commit("fix: b", at: 2)
            try await checkout.makeImage()
            try await withTestServer { _ in
                TestResponse(200)
            } _: { server in
                let environment = ["TAGBOAT_NOTIFY_WEBHOOKS": "http://\(server.address)/hook"]
                let command = ["release", "--git-push", "--image", image] + from
                let result = try await checkout.tagboat(command, environment: environment).requireSuccess()
                #expect(result.standardOutput.contains("\npushed snapshot 2.1.107-dev.1.g\(head.prefix(7))\n"))
                #expect(!result.standardOutput.contains("  git "))
                #expect(server.requests.isEmpty)
                try await checkout.tagboat(command + ["--notify", "always"], environment: environment).requireSuccess()
                #expect(server.requests.count == 1)
            }
            #expect(try await checkout.git("tag") == "v2.1.106")
            let refused = try await checkout.tagboat(["release", "--release", "--git-tag", "--image", image] + from)
            #expect(refused.exitCode == 3)
            #expect(refused.standardError.contains("error: 2.1.106 is already released: the git tag v2.1.106 is on"))
        }
    }

    /// Nothing is raised where the release commit could not be pushed in the end.
    @Test func aBranchBehindItsRemoteIsRefusedFirst() async throws {
        try await Checkout.with { checkout in
            try await checkout.addRemote(tag: nil)
            try await checkout.git("tag", "v2.1.106")
            try await checkout.commit("feat: theirs", at: 2)
            try await checkout.git("push", "--quiet", "origin", "main")
            try await checkout.git("reset", "--quiet", "--hard", "HEAD~1")
            let head = try await checkout.commit("feat: ours", at: 3)
            let result = try await checkout.tagboat(
                ["release", "--bump", "auto", "--git-push", "--image", try image("release/behind")] + from
            )
            #expect(result.exitCode == 3)
            #expect(result.standardError.contains("error: origin has commits on main that are not here"))
            #expect(result.standardError.contains("hint: bring them here with `git pull --rebase origin main`"))
            #expect(try await checkout.git("rev-parse", "HEAD") == head)
            #expect(try checkout.folder.appending("VERSION").readText() == "2.1.106\n")
        }
    }

    // MARK: Webhooks

    @Test func aWebhookIsSignedRepeatedAndNeverShown() async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            _ = try checkout.root.write("secret", "s3cr3t-key\n")
            _ = try checkout.folder.write("tagboat.yaml", "notify: { secret-file: ../secret }\n")
            let answers = Answers([503, 429, 204])
            try await withTestServer { _ in
                TestResponse(answers.next())
            } _: { server in
                let result = try await checkout.tagboat(
                    ["release", "--verbose", "--image", "oci:../registry"] + from,
                    environment: ["TAGBOAT_NOTIFY_WEBHOOKS": "http://\(server.address)/T0KEN/x?key=T0KEN"]
                ).requireSuccess()
                #expect(!"\(result)".contains("T0KEN") && !"\(result)".contains("s3cr3t"))
                #expect(result.standardOutput.hasSuffix("  told   \(server.address)\n"))
                #expect(server.requests.count == 3)
                let request = try #require(server.requests.last)
                #expect(request.method == "POST" && request.target == "/T0KEN/x?key=T0KEN")
                #expect(request.headers["Content-Type"] == "application/json")
                #expect(request.headers["X-Tagboat-Event"] == "release")
                let code = HMAC<SHA256>.authenticationCode(
                    for: request.body,
                    using: SymmetricKey(data: Data("s3cr3t-key".utf8))
                )
                let signature = code.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
                #expect(request.headers["X-Tagboat-Signature-256"] == "sha256=" + signature)
                #expect(Set(server.requests.map { $0.headers["X-Tagboat-Delivery"] }).count == 1)
                #expect(request.text.contains("\"schema\" : \"tagboat.release/1\""))
            }
            let shown = try await checkout.tagboat(
                "config",
                "show",
                environment: ["TAGBOAT_NOTIFY_WEBHOOKS": "https://h.example.com/T0KEN", "TAGBOAT_NOTIFY_SECRET": "s3"]
            ).requireSuccess()
            #expect(!shown.standardOutput.contains("T0KEN") && !shown.standardOutput.contains("s3\n"))
        }
    }

    /// Answers one status after the other.
    private final class Answers: Sendable {
        private let left: Mutex<[Int]>

        init(_ statuses: [Int]) {
            left = Mutex(statuses.reversed())
        }

        func next() -> Int { left.withLock { $0.popLast() ?? 500 } }
    }

    struct RefusedHook: Sendable, CustomTestStringConvertible {
        let address: String
        let exitCode: Int32
        let message: String
        var testDescription: String { message }
    }

    @Test(arguments: [
        RefusedHook(address: "ftp://h.example.com/T0KEN", exitCode: 2, message: "is not an https address"),
        RefusedHook(address: "https://ada:T0KEN@h.example.com/", exitCode: 2, message: "holds a user or a password"),
        RefusedHook(
            address: "http://h.example.com/T0KEN",
            exitCode: 5,
            message: "the webhook at h.example.com is not told without TLS"
        ),
    ])
    func anAddressThatMustNotBeToldIsRefused(_ example: RefusedHook) async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            let result = try await checkout.tagboat(
                ["release", "--image", "oci:../registry"] + from,
                environment: ["TAGBOAT_NOTIFY_WEBHOOKS": example.address]
            )
            #expect(result.exitCode == example.exitCode)
            #expect(result.standardError.contains(example.message))
            #expect(!"\(result)".contains("T0KEN"))
        }
    }

    /// A new place is not what the user named; the other webhooks are told all the same.
    @Test func aRedirectIsNotFollowed() async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            try await withTestServer { _ in
                TestResponse(200)
            } _: { other in
                try await withTestServer { _ in
                    TestResponse(302, headers: ["Location": "http://\(other.address)/elsewhere"])
                } _: { server in
                    let result = try await checkout.tagboat(
                        ["release", "--image", "oci:../registry"] + from,
                        environment: [
                            "TAGBOAT_NOTIFY_WEBHOOKS": "http://\(server.address)/a,http://\(other.address)/b"
                        ]
                    )
                    #expect(result.exitCode == 5)
                    #expect(result.standardError.contains("\(server.address) redirects, which is not followed"))
                    #expect(result.standardError.contains("hint: the release stands"))
                    #expect(result.standardOutput.contains("  failed to tell \(server.address)\n"))
                    #expect(other.requests.map(\.target) == ["/b"])
                }
            }
        }
    }
}
