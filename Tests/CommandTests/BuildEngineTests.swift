import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// Builds that go through a container engine: podman's service, which speaks docker's protocol.
@Suite(.dockerRegistry(.open)) struct BuildEngineTests {
    private func withProject(_ body: (Checkout, Podman) async throws -> Void) async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "Dockerfile",
                "FROM scratch\nARG VERSION\nCOPY file /file\nLABEL own=$VERSION\n"
            )
            _ = try checkout.folder.write("file", "content\n")
            try await checkout.commit("Dockerfile", at: 2)
            try await body(checkout, Podman(in: try checkout.root.makeDirectory("engine")))
        }
    }

    @Test func anImageGoesIntoTheEngineAndOn() async throws {
        let registry = try DockerRegistry.required()
        try await withProject { checkout, podman in
            let storage = try BuilderStorage(in: checkout.root)
            try await podman.serving {
                var environment = storage.environment
                environment["DOCKER_HOST"] = podman.address
                let built = try await checkout.tagboat(
                    [
                        "build", "--driver", "buildah", "--output", "docker-daemon:localhost/acme/ui", "--",
                        "--isolation", "chroot",
                    ],
                    environment: environment
                )
                #expect(built.exitCode == 0, "\(built)")
                #expect(built.standardOutput == "docker-daemon:localhost/acme/ui:2.1.106\n")
                let label = try await podman("inspect", "--format", "{{.Labels.own}}", "localhost/acme/ui:2.1.106")
                #expect(label == "2.1.106")
                let image = "\(registry.address)/engine/ui"
                let pushed = try await checkout.tagboat(
                    ["push", "--from", built.standardOutput.trimmed, "--image", image],
                    environment: environment
                )
                #expect(pushed.exitCode == 0, "\(pushed)")
                // The digest that the build told is the one that is released.
                let digest = try await registry.skopeo().digest(of: "docker://\(image):latest")
                #expect(built.standardError.contains(digest), "\(built.standardError)")
            }
        }
    }

    /// A program `docker` that understands what docker without BuildKit does, and does it with podman.
    private func makeDocker(_ checkout: Checkout, buildx: String) throws -> FilePath {
        let folder = try checkout.root.makeDirectory("bin")
        _ = try folder.write(
            "docker",
            """
            #!/bin/sh
            echo "$@" >>"$DOCKER_LOG"
            case "$1" in
            --version) echo 'Docker version 28.2.2, build e6534b4' ;;
            version) echo 28.2.2 ;;
            info) echo '[[Backing Filesystem extfs]]' ;;
            buildx)
                \(buildx)
                case "$2" in
                version) echo 'github.com/docker/buildx v0.24.0' ;;
                inspect) printf 'Name:          default\\nDriver:        docker\\n' ;;
                build)
                    shift 2
                    for word; do shift; [ "$word" = --load ] || set -- "$@" "$word"; done
                    exec podman build --isolation chroot "$@" ;;
                esac ;;
            build) [ "$DOCKER_BUILDKIT" = 0 ] || exit 9; shift; exec podman build --isolation chroot "$@" ;;
            save) exec podman "$@" ;;
            rmi) exec podman rmi "$3" ;;
            pull) exit 1 ;;
            *) exit 9 ;;
            esac

            """
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/docker")
        return folder
    }

    struct Docker: Sendable {
        let name: String
        let buildx: String
        let build: String
    }

    /// docker's own client is not everywhere, and an engine of docker's nowhere: what they are told is held against
    /// podman, what comes back is the archive that docker writes.
    @Test(arguments: [
        Docker(name: "docker build", buildx: "exit 1", build: "build --tag"),
        Docker(name: "docker buildx build", buildx: ":", build: "buildx build --tag"),
    ])
    func dockersArchiveBecomesALayout(_ docker: Docker) async throws {
        try await withProject { checkout, _ in
            let storage = try BuilderStorage(in: checkout.root)
            var environment = storage.environment
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            environment["PATH"] = "\(try makeDocker(checkout, buildx: docker.buildx)):\(path)"
            environment["DOCKER_LOG"] = "\(checkout.root)/docker.log"
            let built = try await checkout.tagboat(
                ["build", "--output", "oci:../out", "--annotations", "manifest", "--add-version-file", "/VERSION"],
                environment: environment
            )
            #expect(built.exitCode == 0, "\(built)")
            #expect(built.standardError.contains("built 2.1.106 with \(docker.name): sha256:"))
            let place = "oci:\(checkout.root)/out:2.1.106"
            let configuration = try await Skopeo().rawConfiguration(of: place)
            #expect(configuration.contains("\"own\":\"2.1.106\""))
            // docker keeps no annotations; tagboat writes them beside.
            let manifest = try await Skopeo().rawManifest(of: place)
            if docker.name == "docker build" {
                #expect(manifest.contains(#""org.opencontainers.image.version":"2.1.106""#))
            }
            let log = try checkout.root.appending("docker.log").readText()
            #expect(log.contains("\n\(docker.build) app:2.1.106 "), "\(log)")
            #expect(
                log.contains("\nsave --output ")
                    && log.hasSuffix("rmi --no-prune localhost/tagboat-build:\(key(log))\n")
            )
        }
    }

    private func key(_ log: String) -> String { String(log.split(separator: ":").last ?? "").trimmed }
}
