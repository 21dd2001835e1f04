import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// Every format of labels and annotations, as it is written.
@Suite struct LabelFormatTests {
    /// A checkout whose labels are few and do not change, with a value that every format has to quote.
    private func withLabels(_ body: (Checkout) async throws -> Void) async throws {
        try await Checkout.with { checkout in
            let keys = ["version", "revision", "created", "ref.name"].map { "org.opencontainers.image.\($0): ''" }
            _ = try checkout.folder.write(
                "tagboat.yaml",
                """
                images: [ghcr.io/acme/gallery-ui]
                labels:
                  git-commit: ''
                  motto: "it's \\"so\\" $HOME \\\\ {{version}}"
                  \(keys.joined(separator: "\n  "))
                """
            )
            try await body(checkout)
        }
    }

    static let formats: [(format: String, text: String)] = [
        ("text", "motto=it's \"so\" $HOME \\ 2.1.106\norg.opencontainers.image.title=gallery-ui\n"),
        (
            "json",
            """
            {
              "motto": "it's \\"so\\" $HOME \\\\ 2.1.106",
              "org.opencontainers.image.title": "gallery-ui"
            }

            """
        ),
        (
            "env",
            """
            MOTTO='it'\\''s "so" $HOME \\ 2.1.106'
            ORG_OPENCONTAINERS_IMAGE_TITLE=gallery-ui

            """
        ),
        (
            "dotenv",
            """
            MOTTO="it's \\"so\\" \\$HOME \\\\ 2.1.106"
            ORG_OPENCONTAINERS_IMAGE_TITLE=gallery-ui

            """
        ),
        (
            "docker",
            """
            --label 'motto=it'\\''s "so" $HOME \\ 2.1.106'
            --label org.opencontainers.image.title=gallery-ui

            """
        ),
        (
            "dockerfile",
            """
            LABEL motto="it's \\"so\\" \\$HOME \\\\ 2.1.106" \\
                  org.opencontainers.image.title="gallery-ui"

            """
        ),
        (
            "bake",
            """
            {
              "target": {
                "gallery-ui": {
                  "labels": {
                    "motto": "it's \\"so\\" $HOME \\\\ 2.1.106",
                    "org.opencontainers.image.title": "gallery-ui"
                  }
                }
              }
            }

            """
        ),
        (
            "compose",
            """
            services:
              "gallery-ui":
                build:
                  labels:
                    "motto": "it's \\"so\\" $$HOME \\\\ 2.1.106"
                    "org.opencontainers.image.title": "gallery-ui"

            """
        ),
        (
            "kubernetes",
            """
            metadata:
              annotations:
                "motto": "it's \\"so\\" $HOME \\\\ 2.1.106"
                "org.opencontainers.image.title": "gallery-ui"

            """
        ),
    ]

    @Test func labels() async throws {
        try await withLabels { checkout in
            for (format, text) in Self.formats {
                let result = try await checkout.tagboat("labels", "--format", format)
                #expect(result.standardOutput == text, "\(format)")
                #expect(result.standardError.isEmpty && result.exitCode == 0)
            }
        }
    }

    @Test func annotations() async throws {
        try await withLabels { checkout in
            func print(_ format: String) async throws -> CommandResult {
                try await checkout.tagboat("labels", "--annotations", "manifest,index", "--format", format)
            }
            let motto = "motto=it's \"so\" $HOME \\ 2.1.106"
            let title = "org.opencontainers.image.title=gallery-ui"
            #expect(
                try await print("text").standardOutput
                    == "manifest:\(motto)\nmanifest:\(title)\nindex:\(motto)\nindex:\(title)\n"
            )
            #expect(try await print("docker").standardOutput.contains("\n--annotation manifest:\(title)\n--annotation"))
            let json = try await print("json").standardOutput
            let list = try JSONDecoder().decode([String].self, from: Data(json.utf8))
            #expect(list == ["manifest:\(motto)", "manifest:\(title)", "index:\(motto)", "index:\(title)"])
            let bake = try await print("bake").standardOutput
            #expect(bake.contains("\"annotations\": [\n        \"manifest:motto="))
            let refused = try await print("env")
            #expect(refused.exitCode == 2)
            #expect(refused.standardError.hasPrefix("error: annotations cannot be written as env\nhint: "))
        }
    }

    @Test func whatADockerfileAndAShellMakeOfThemIsWhatWasMeant() async throws {
        try await withLabels { checkout in
            let block = try await checkout.tagboat("labels", "--format", "dockerfile").standardOutput
            _ = try checkout.folder.write("Dockerfile", "FROM scratch\n" + block)
            let dotenv = try await checkout.tagboat("labels", "--format", "dotenv").standardOutput
            // A shell reads this quoting as dotenv libraries do.
            let shell = try await run("sh", ["-c", "eval \"$(cat)\"; printf %s \"$MOTTO\""], input: Array(dotenv.utf8))
            #expect(shell.standardOutput == "it's \"so\" $HOME \\ 2.1.106")
        }
    }

    @Test func kubernetesRefusesKeysThatItWouldNotTake() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("tagboat.yaml", "labels: { \"a/b/c\": x }\n")
            let result = try await checkout.tagboat("labels", "--format", "kubernetes")
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty)
            #expect(result.standardError.hasPrefix("error: Kubernetes takes no annotation with the key \"a/b/c\"\n"))
        }
    }

    @Test func aDockerfileTellsTheBaseImage() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "Dockerfile",
                """
                ARG BASE=docker.io/library/alpine:3.22
                FROM golang:1.24 AS build
                FROM --platform=$TARGETPLATFORM $BASE AS final
                COPY --from=build /app /app
                FROM scratch AS empty

                """
            )
            let final = try await checkout.tagboat(
                ["labels", "--dockerfile", "Dockerfile", "--target", "final", "--no-resolve"]
            )
            #expect(final.standardOutput.contains("image.base.name=docker.io/library/alpine:3.22\n"))
            #expect(!final.standardOutput.contains("base.digest"))
            let digest = "sha256:" + String(repeating: "a", count: 64)
            let pinned = try await checkout.tagboat(
                [
                    "labels", "--dockerfile", "Dockerfile", "--target", "final",
                    "--build-arg", "BASE=quay.io/acme/base:7@\(digest)",
                ]
            )
            #expect(pinned.standardOutput.contains("image.base.name=quay.io/acme/base:7\n"))
            #expect(pinned.standardOutput.contains("image.base.digest=\(digest)\n"))
            // The last stage starts from nothing.
            let last = try await checkout.tagboat("labels", "--dockerfile", "Dockerfile")
            #expect(last.exitCode == 0 && !last.standardOutput.contains("image.base"))
            let none = try await checkout.tagboat("labels", "--dockerfile", "Dockerfile", "--target", "nope")
            #expect(none.exitCode == 2)
            #expect(none.standardError.contains("Dockerfile has no stage \"nope\"\nhint: its stages are: build, final"))
        }
    }
}

/// The base image's digest, asked of a real registry.
@Suite(.dockerRegistry(.open)) struct BaseDigestTests {
    @Test func isResolvedOnTheRegistry() async throws {
        try await Checkout.with { checkout in
            let registry = try DockerRegistry.required()
            try await checkout.makeImage("base")
            try await registry.skopeo().copy("oci:\(checkout.build):base", to: registry.image("library/base:1.2"))
            let expected = try await registry.skopeo().digest(of: registry.image("library/base:1.2"))
            _ = try checkout.folder.write("Dockerfile", "FROM \(registry.address)/library/base:1.2\n")
            let result = try await checkout.tagboat("labels", "--dockerfile", "Dockerfile")
            #expect(result.standardOutput.contains("image.base.name=\(registry.address)/library/base:1.2\n"))
            #expect(result.standardOutput.contains("image.base.digest=\(expected)\n"))
            _ = try checkout.folder.write("Dockerfile", "FROM \(registry.address)/library/none:1.2\n")
            let absent = try await checkout.tagboat("labels", "--dockerfile", "Dockerfile")
            #expect(absent.exitCode == 5 && absent.standardOutput.isEmpty)
        }
    }
}
