import FoundationEssentials
import TestSupport
import Testing

/// What `tagboat build` would do, and what it refuses before it does anything.
@Suite struct BuildDryRunTests {
    private func dryRun(
        _ checkout: Checkout,
        _ arguments: [String],
        environment: [String: String?] = [:]
    ) async throws -> CommandResult {
        let own = ["XDG_CACHE_HOME": "/cache", "GITHUB_REF": nil].merging(environment) { _, new in new }
        return try await checkout.tagboat(["build", "--dry-run"] + arguments, environment: own)
    }

    @Test func printsTheWholeCommandLine() async throws {
        try await Checkout.with { checkout in
            let head = try await checkout.git("rev-parse", "HEAD")
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                images: [registry.example.com/acme/ui]
                tags: [version, latest]
                labels: { org.opencontainers.image.vendor: "Ada's" }
                build:
                  driver: buildx
                  context: app
                  file: docker/Dockerfile
                  platforms: [linux/amd64, linux/arm64]
                  args: { CHANNEL: "{{branch}}", TOKENS: "a b" }
                  cache-from: [registry.example.com/acme/cache]
                  secrets: ["id=npm,env=NPM_TOKEN"]
                  ssh: default
                  annotations: index
                  output: oci:out
                  options: [--progress, plain]

                """
            )
            let result = try await dryRun(checkout, ["--", "--no-cache"])
            #expect(result.exitCode == 0, "\(result)")
            // What stands behind -- takes the place of the configuration's options.
            let line = result.standardOutput
            #expect(line.hasPrefix("docker buildx build --file docker/Dockerfile --platform linux/amd64,linux/arm64 "))
            #expect(
                line.contains(
                    " --tag registry.example.com/acme/ui:2.1.106 --tag registry.example.com/acme/ui:latest --label "
                )
            )
            #expect(line.contains(" --label 'org.opencontainers.image.vendor=Ada'\\''s' "))
            #expect(line.contains(" --annotation index:org.opencontainers.image.version=2.1.106 "))
            #expect(!line.contains("manifest:"))
            #expect(
                line.contains(
                    """
                     --build-arg VERSION=2.1.106 --build-arg GIT_COMMIT=\(head) \
                    --build-arg BUILD_DATE=2026-07-01T09:30:00Z --build-arg CHANNEL=main --build-arg 'TOKENS=a b' \
                    --build-arg SOURCE_DATE_EPOCH=1782898200 --cache-from registry.example.com/acme/cache \
                    --secret id=npm,env=NPM_TOKEN --ssh default --output type=oci,dest=/cache/tagboat/
                    """
                )
            )
            #expect(line.hasSuffix("/staging/layout,tar=false,rewrite-timestamp=true --no-cache app\n"))
            #expect(line.split(separator: "\n").count == 1)
            // Twice the same: the folder depends on what is built, not on the moment.
            #expect(try await dryRun(checkout, ["--", "--no-cache"]).standardOutput == line)
        }
    }

    @Test func flagsWin() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("tagboat.yaml", "build: { driver: buildx, target: a, args: { A: b } }\n")
            let result = try await dryRun(
                checkout,
                [
                    "--driver", "buildah", "--target", "b", "--build-arg", "A={{version}}", "--build-arg", "VERSION=x",
                    "--no-reproducible", "--cache-from", "none", "--annotations", "none", "sub",
                ]
            )
            #expect(result.exitCode == 0, "\(result)")
            let lines = result.standardOutput.lines
            #expect(lines.count == 4 && lines[0].hasPrefix("buildah build --target b --tag app:2.1.106 "))
            #expect(lines[0].hasSuffix(" --build-arg A=2.1.106 --build-arg VERSION=x sub"))
            #expect(!lines[0].contains("--annotation") && !lines[0].contains("SOURCE_DATE_EPOCH"))
            #expect(lines[1].hasPrefix("buildah push localhost/tagboat-build:"))
            #expect(lines[2].hasPrefix("buildah rmi localhost/tagboat-build:") && lines[2].hasSuffix(" || true"))
        }
    }

    @Test func jsonHasTheWords() async throws {
        try await Checkout.with { checkout in
            let result = try await dryRun(checkout, ["--driver", "docker-classic", "--format", "json"])
            struct Document: Decodable {
                let schema: String
                let commands: [[String]]
                let location: String
                let digest: String?
                let kind: String
            }
            let document = try JSONDecoder().decode(Document.self, from: Data(result.standardOutput.utf8))
            #expect(document.schema == "tagboat.build/1" && document.digest == nil && document.kind == "release")
            #expect(document.location == "docker-daemon:docker.io/app:2.1.106")
            #expect(document.commands.map { Array($0.prefix(4)) } == [["docker", "build", "--tag", "app:2.1.106"]])
        }
    }

    struct Refusal: Sendable {
        let arguments: [String]
        var environment: [String: String?] = [:]
        let message: String
        var exitCode: Int32 = 2
    }

    @Test(arguments: [
        Refusal(arguments: ["--driver", "kaniko"], message: "there is no driver \"kaniko\""),
        Refusal(
            arguments: ["--driver", "buildah", "--secret", "hunter2"],
            message: "a secret is not named by a reference"
        ),
        Refusal(
            arguments: ["--driver", "buildah"],
            environment: ["TAGBOAT_BUILD_SECRETS": "id=a,value=hunter2"],
            message: "TAGBOAT_BUILD_SECRETS: a secret is not named by a reference"
        ),
        Refusal(arguments: ["--driver", "docker-classic", "--secret", "id=a,env=B"], message: "knows no secrets"),
        Refusal(arguments: ["--driver", "buildah", "--platform", "arm64"], message: "a platform is written"),
        Refusal(arguments: ["--driver", "buildah", "--build-arg", "=x"], message: "a build argument has no name"),
        Refusal(arguments: ["--driver", "buildah", "--build-arg", "A={{nothing}}"], message: "{{nothing}}"),
        Refusal(
            arguments: ["--driver", "buildah", "--add-version-file", "../VERSION"],
            message: "is no path in an image"
        ),
        Refusal(
            arguments: ["--driver", "buildah", "--output", "ghcr.io/acme/ui:latest"],
            message: "a build gives no tags on a registry"
        ),
        Refusal(
            arguments: ["--driver", "podman", "--annotations", "index-descriptor"],
            message: "podman makes no annotations at the level index-descriptor"
        ),
    ])
    func whatCannotBe(_ refusal: Refusal) async throws {
        try await Checkout.with { checkout in
            let result = try await dryRun(checkout, refusal.arguments, environment: refusal.environment)
            #expect(result.exitCode == refusal.exitCode && result.standardError.contains(refusal.message), "\(result)")
            #expect(result.standardOutput == "" && !result.standardError.contains("hunter2"))
        }
    }

    @Test func uncommittedChangesAreNoRelease() async throws {
        try await Checkout.with { checkout in
            let short = String(try await checkout.git("rev-parse", "HEAD").prefix(7))
            _ = try checkout.folder.write("VERSION", "2.1.106\n\n")
            let built = try await dryRun(checkout, ["--driver", "buildah", "--annotations", "none"])
            #expect(built.exitCode == 0, "\(built)")
            #expect(
                built.standardError
                    == "the work tree has uncommitted changes, so \(short)-dirty is a snapshot\n"
            )
            let line = built.standardOutput.lines[0]
            #expect(line.contains(" --tag app:2.1.106-dev.1.g\(short)-dirty "))
            #expect(line.contains(" --tag app:\(short)-dirty "))
            #expect(line.contains(" --label org.opencontainers.image.version=2.1.106-dev.1.g\(short)-dirty "))
            #expect(line.contains(" --build-arg VERSION=2.1.106-dev.1.g\(short)-dirty "))
            #expect(!line.contains("app:latest") && !line.contains("app:2.1 ") && !line.contains("app:\(short) "))

            let refused = try await dryRun(checkout, ["--driver", "buildah", "--release"])
            #expect(refused.exitCode == 3 && refused.standardOutput == "")
            #expect(refused.standardError.contains("error: the work tree has uncommitted changes, so what is built"))

            let told = try await dryRun(checkout, ["--driver", "buildah", "--release", "--allow-dirty"])
            #expect(
                told.exitCode == 0 && told.standardError.hasPrefix("warning: the work tree has uncommitted changes")
            )
            #expect(told.standardOutput.contains("app:latest"))
        }
    }
}
