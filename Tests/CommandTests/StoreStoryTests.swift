import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

/// Releases from every kind of place into every other.
@Suite struct StoreStoryTests {
    private static let transports = ["oci:../x", "oci-archive:../x.tar", "docker-archive:../x.tar:acme/ui"]
    private static let pairs = transports.flatMap { from in transports.map { (from, $0) } }

    @Test(arguments: pairs)
    func theDigestStaysFromPlaceToPlace(from: String, to: String) async throws {
        try await Checkout.with { checkout in
            let digest = try await checkout.makeImage()
            let source = from.replacing("../x", with: "../first")
            let target = to.replacing("../x", with: "../second")
            let first = try await checkout.tagboat("push", "--from", "oci:../build:app", "--image", source)
            #expect(first.exitCode == 0, "\(first.standardError)")
            let second = try await checkout.tagboat("push", "--from", source + ":latest", "--image", target)
            #expect(second.exitCode == 0, "\(second.standardError)")
            #expect(second.standardOutput.contains("image \(digest)"))
            // Both forms of archive are image layouts too.
            let path = "\(checkout.root)/second" + (target.contains(".tar") ? ".tar" : "")
            let place = target.hasPrefix("oci:") ? "oci:\(path)" : "oci-archive:\(path)"
            for tag in ["2.1.106", "2.1", "latest"] {
                #expect(try await Skopeo().digest(of: "\(place):\(tag)") == digest)
            }
            let again = try await checkout.tagboat("push", "--from", source + ":2.1", "--image", target)
            #expect(again.exitCode == 0 && again.standardOutput.contains("6 unchanged"))
            let verified = try await checkout.tagboat("verify", "--image", target)
            #expect(verified.exitCode == 0 && verified.standardOutput.contains("3 in place, 0 drifted"))
        }
    }

    @Test func aReleaseMovesTheTagsOfAnArchive() async throws {
        try await Checkout.with { checkout in
            let target = "docker-archive:../ui.tar:acme/ui"
            try await checkout.release("2.1.106", to: target).requireSuccess()
            let before = try checkout.root.appending("ui.tar").readBytes()
            try await checkout.release("2.1.107", to: target, at: 2).requireSuccess()
            let digest = try await Skopeo().digest(of: "oci-archive:\(checkout.root)/ui.tar:2.1.107")
            #expect(try await Skopeo().digest(of: "oci-archive:\(checkout.root)/ui.tar:latest") == digest)
            #expect(try await Skopeo().digest(of: "oci-archive:\(checkout.root)/ui.tar:2.1.106") != digest)
            // Backwards is refused, and the file stays.
            let now = try checkout.root.appending("ui.tar").readBytes()
            #expect(now != before)
            try await checkout.makeImage(variation: "other")
            let refused = try await checkout.tagboat("push", "--from", "oci:../build:app", "--image", target)
            #expect(refused.exitCode == 3)
            #expect(try checkout.root.appending("ui.tar").readBytes() == now)
        }
    }

    @Test func nothingIsSaidToBeWrittenThatIsNot() async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            // A source that lacks its layer.
            let json = try await run("skopeo", ["inspect", "--raw", "oci:\(checkout.build):app"]).standardOutput
            let layer = try #require(json.split(separator: "sha256:").last?.prefix(64))
            try await run("rm", ["\(checkout.build)/blobs/sha256/\(layer)"]).requireSuccess()
            let failed = try await checkout.tagboat(
                "push",
                "--from",
                "oci:../build:app",
                "--image",
                "oci-archive:../a.tar"
            )
            #expect(failed.exitCode == 5)
            #expect(!failed.standardOutput.contains("created"))
            #expect(!checkout.root.appending("a.tar").exists)
            // A folder that cannot be written to, noticed at the end as well as at the start.
            let missing = try await checkout.tagboat(
                "push",
                "--from",
                "oci:../build:app",
                "--image",
                "oci-archive:../no/a.tar"
            )
            #expect(missing.exitCode == 5)
            #expect(!missing.standardOutput.contains("created") && missing.standardError.contains("cannot be written"))
        }
    }

    @Test func aMadeDigestIsSaidToBeOne() async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            try await run(
                "skopeo",
                [
                    "--insecure-policy", "copy", "oci:\(checkout.build):app",
                    "docker-archive:\(checkout.root)/old.tar:acme/ui:1",
                ]
            ).requireSuccess()
            let arguments = ["plan", "--from", "docker-archive:../old.tar", "--image", "oci:../target"]
            let plan = try await checkout.tagboat(arguments)
            #expect(plan.exitCode == 0)
            #expect(
                plan.standardError.hasPrefix(
                    "note: ../old.tar holds no manifests; the digest is that of a manifest made"
                )
            )
            let quiet = try await checkout.tagboat(arguments + ["--quiet"])
            #expect(quiet.exitCode == 0 && quiet.standardError.isEmpty)
            #expect(quiet.standardOutput == plan.standardOutput)
        }
    }

    @Test func anEngineIsReleasedIntoAndFrom() async throws {
        try await withPodman { podman in
            try await podman.serving {
                try await Checkout.with { checkout in
                    let digest = try await checkout.makeImage()
                    let engine: [String: String?] = ["DOCKER_HOST": podman.address]
                    let push = ["push", "--from", "oci:../build:app", "--image", "docker-daemon:acme/ui"]
                    let pushed = try await checkout.tagboat(push, environment: engine)
                    #expect(pushed.exitCode == 0, "\(pushed.standardError)")
                    #expect(pushed.standardOutput.contains("6 created"))
                    let again = try await checkout.tagboat(push, environment: engine)
                    #expect(again.exitCode == 0 && again.standardOutput.contains("6 unchanged"))
                    #expect(again.standardOutput.contains("image \(digest)"))

                    _ = try checkout.folder.write("VERSION", "2.1.107\n")
                    try await checkout.commit("Release 2.1.107", at: 2)
                    try await checkout.makeImage()
                    let next = try await checkout.tagboat(push, environment: engine)
                    #expect(next.exitCode == 0, "\(next.standardError)")
                    let verified = try await checkout.tagboat(
                        ["verify", "--image", "docker-daemon:acme/ui"],
                        environment: engine
                    )
                    #expect(verified.exitCode == 0, "\(verified.standardOutput)")
                    #expect(verified.standardOutput.contains("latest  ok  2.1.107"))
                    let id = try await podman("image", "inspect", "docker.io/acme/ui:latest", "--format", "{{.Id}}")
                    #expect(
                        try await podman("image", "inspect", "docker.io/acme/ui:2.1.107", "--format", "{{.Id}}") == id
                    )
                    // And out of the engine into a layout.
                    let out = try await checkout.tagboat(
                        ["push", "--from", "docker-daemon:acme/ui", "--image", "oci:../out"],
                        environment: engine
                    )
                    #expect(out.exitCode == 0, "\(out.standardError)")
                    #expect(out.standardError.contains("note: the engine holds no manifests"))
                    let config = try await Skopeo().rawConfiguration(of: "oci:\(checkout.root)/out:latest")
                    #expect(config == (try await Skopeo().rawConfiguration(of: "oci:\(checkout.build):app")))
                }
            }
        }
    }

    @Test func withoutAnEngineThePlacesAreNamed() async throws {
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat(
                ["verify", "--image", "docker-daemon:acme/ui"],
                environment: ["DOCKER_HOST": "ssh://build.example", "CONTAINER_HOST": nil]
            )
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("engines behind ssh are not supported"))
        }
    }
}
