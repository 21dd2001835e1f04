import SystemPackage
import TestSupport
import Testing

/// Stories of releases on a real registry; skopeo tells what its tags hold.
@Suite(.dockerRegistry(.open)) struct StoryTests {
    private func state(of repository: String) async throws -> [String: String] {
        try await DockerRegistry.required().state(of: repository)
    }

    private func image(_ repository: String) throws -> String {
        "\(try DockerRegistry.required().address)/\(repository)"
    }

    @Test func aBackportMovesOnlyItsOwnLine() async throws {
        try await Checkout.with { checkout in
            let image = try image("story/backport")
            for (day, version) in ["2.1.106", "2.1.114", "2.2.11", "3.0.42"].enumerated() {
                try await checkout.release(version, to: image, at: day + 1).requireSuccess()
            }
            let before = try await state(of: "story/backport")
            let result = try await checkout.release("2.1.115", to: image, at: 5).requireSuccess()
            let after = try await state(of: "story/backport")

            #expect(after["2.1"] == after["2.1.115"])
            for tag in ["2", "2.2", "3", "3.0", "latest", "2.1.106", "2.1.114"] { #expect(after[tag] == before[tag]) }
            #expect(after["2"] == after["2.2.11"] && after["latest"] == after["3.0.42"])
            #expect(result.standardError.contains("copied sha256:"))
            #expect(result.standardOutput.contains("  2         withheld  2.1.115 does not move 2: 2.2.11 is higher\n"))
            #expect(
                result.standardOutput.contains("latest    withheld  2.1.115 does not move latest: 3.0.42 is higher\n")
            )

            let verified = try await checkout.tagboat("verify", "--image", image)
            #expect(verified.exitCode == 0)
            #expect(verified.standardOutput.contains("6 in place, 0 drifted"))
            #expect(verified.standardError.isEmpty)

            // Somebody's script steals latest.
            let registry = try DockerRegistry.required()
            try await registry.skopeo().copy(
                registry.image("story/backport:2.1.115"),
                to: registry.image("story/backport:latest")
            )
            let drifted = try await checkout.tagboat("verify", "--image", image)
            #expect(drifted.exitCode == 1)
            #expect(drifted.standardOutput.contains("latest  drift  latest holds 2.1.115; it must hold 3.0.42"))
            let json = try await checkout.tagboat("verify", "--image", image, "--format", "json")
            #expect(json.exitCode == 1)
            #expect(json.standardOutput.contains("\"inPlace\" : false"))
        }
    }

    @Test func aPrereleaseTouchesNoStableTag() async throws {
        try await Checkout.with { checkout in
            let image = try image("story/prerelease")
            try await checkout.release("2.1.0", to: image, at: 1).requireSuccess()
            let before = try await state(of: "story/prerelease")
            try await checkout.release("2.2.0-rc.1", to: image, at: 2).requireSuccess()
            try await checkout.release("2.2.0-rc.2", to: image, at: 3).requireSuccess()
            let candidate = try await state(of: "story/prerelease")
            #expect(candidate["rc"] == candidate["2.2.0-rc.2"])
            for tag in ["2.1", "2", "latest"] { #expect(candidate[tag] == before[tag]) }
            #expect(candidate["2.2"] == nil)
            try await checkout.release("2.2.0", to: image, at: 4).requireSuccess()
            let final = try await state(of: "story/prerelease")
            #expect(final["2.2"] == final["2.2.0"] && final["latest"] == final["2.2.0"])
            #expect(final["rc"] == candidate["rc"])
        }
    }

    @Test func aRepeatChangesNothing() async throws {
        try await Checkout.with { checkout in
            let image = try image("story/repeat")
            try await checkout.release("1.0.0", to: image).requireSuccess()
            let before = try await state(of: "story/repeat")
            let again = try await checkout.tagboat("push", "--from", "oci:../build:app", "--image", image)
            #expect(again.exitCode == 0)
            #expect(again.standardOutput.contains("this run repeats it"))
            #expect(again.standardOutput.contains("\n6 unchanged\n"))
            #expect(again.standardError.isEmpty)
            #expect(try await state(of: "story/repeat") == before)
        }
    }

    @Test func buildsBetweenReleasesAreSnapshots() async throws {
        try await Checkout.with { checkout in
            let image = try image("story/snapshot")
            try await checkout.release("2.1.106", to: image, at: 1).requireSuccess()
            let released = try await checkout.git("rev-parse", "HEAD")
            let before = try await state(of: "story/snapshot")
            try await checkout.commit("feature", at: 2)
            let hash = try await checkout.commit("another", at: 2)
            try await checkout.makeImage()
            let result = try await checkout.tagboat("push", "--from", "oci:../build:app", "--image", image)
            #expect(result.exitCode == 0)
            let (short, origin) = (hash.prefix(7), released.prefix(7))
            #expect(result.standardOutput.hasPrefix("2.1.106 was released from \(origin); \(short) is a snapshot\n"))
            let after = try await state(of: "story/snapshot")
            let added = Set(after.keys).subtracting(before.keys)
            #expect(added == ["2.1.107-dev.2.g\(short)", "\(short)", "20260702"])
            for (tag, digest) in before { #expect(after[tag] == digest) }
            // A release that follows is not kept back by the snapshots before it.
            try await checkout.release("2.1.107", to: image, at: 3).requireSuccess()
            let final = try await state(of: "story/snapshot")
            #expect(final["latest"] == final["2.1.107"])
        }
    }

    @Test func anotherImageOfTheSameCommitIsRefused() async throws {
        try await Checkout.with { checkout in
            let image = try image("story/conflict")
            try await checkout.release("1.0.0", to: image).requireSuccess()
            let before = try await state(of: "story/conflict")
            try await checkout.makeImage(variation: "rebuilt")
            let refused = try await checkout.tagboat("push", "--from", "oci:../build:app", "--image", image)
            #expect(refused.exitCode == 3)
            #expect(refused.standardOutput.contains("refused"))
            #expect(refused.standardError.hasPrefix("error: nothing was touched: "))
            #expect(
                refused.standardError.contains(
                    "hint: to let the commit replace its own image, run again with --rebuild"
                )
            )
            #expect(try await state(of: "story/conflict") == before)

            let rebuilt = try await checkout.tagboat(
                "push",
                "--rebuild",
                "--from",
                "oci:../build:app",
                "--image",
                image
            )
            #expect(rebuilt.exitCode == 0)
            let after = try await state(of: "story/conflict")
            #expect(Set(after.values).count == 1 && after != before)

            // Another commit's image cannot be replaced, whatever is asked for.
            try await checkout.commit("next", at: 2)
            try await checkout.makeImage(variation: "other")
            let demanded = try await checkout.tagboat(
                "push",
                "--release",
                "--rebuild",
                "--from",
                "oci:../build:app",
                "--image",
                image
            )
            #expect(demanded.exitCode == 3)
            #expect(demanded.standardError.contains("was already released from"))
            #expect(try await state(of: "story/conflict") == after)
        }
    }

    @Test func aDryRunPrintsThePlanAndChangesNothing() async throws {
        try await Checkout.with { checkout in
            let image = try image("story/dry")
            try await checkout.makeImage()
            for format in ["text", "json"] {
                let arguments = ["--from", "oci:../build:app", "--image", image, "--format", format]
                let plan = try await checkout.tagboat(["plan"] + arguments).requireSuccess()
                let dry = try await checkout.tagboat(["push", "--dry-run"] + arguments).requireSuccess()
                #expect(plan.standardOutput == dry.standardOutput)
                #expect(!plan.standardOutput.isEmpty)
            }
            let listed = try await run(
                "curl",
                [
                    "-s", "-o", "/dev/null", "-w", "%{http_code}",
                    "http://\(image.replacing("/story/dry", with: ""))/v2/story/dry/tags/list",
                ]
            )
            #expect(listed.standardOutput == "404")
        }
    }

    @Test func anImageOnARegistryIsPromotedToAnother() async throws {
        try await Checkout.with { checkout in
            let registry = try DockerRegistry.required()
            let digest = try await checkout.makeImage()
            try await registry.skopeo().copy("oci:\(checkout.build):app", to: registry.image("story/ci:build-7"))
            let ci = try image("story/ci")
            let target = try image("story/promoted")
            for source in ["\(ci):build-7", "\(ci)@\(digest)"] {
                try await checkout.tagboat("push", "--from", source, "--image", target, "--image", "oci:../copy")
                    .requireSuccess()
            }
            #expect(try await state(of: "story/promoted")["latest"] == digest)
            #expect(try await Skopeo().digest(of: "oci:\(checkout.root)/copy:2.1") == digest)
        }
    }
}

@Suite struct ProtectedRegistryTests {
    @Test func pushesOverTLSWithAPassword() async throws {
        try await withDockerRegistry(.passwordOverTLS(user: "ada", password: "secret")) { registry in
            try await Checkout.with { checkout in
                let digest = try await checkout.makeImage()
                let authority = try #require(registry.certificateAuthority)
                _ = try checkout.folder.write(
                    "tagboat.yaml",
                    """
                    images: [\(registry.address)/acme/ui]
                    from: oci:../build:app
                    registries:
                      \(registry.address): { ca: \(authority) }
                    """
                )
                let denied = try await checkout.tagboat("push")
                #expect(denied.exitCode == 4)
                #expect(denied.standardOutput.isEmpty)
                #expect(denied.standardError.contains("hint: log in with `tagboat login \(registry.address)`"))
                // The file is of docker's own form, in the place where docker keeps it.
                let auths = #"{"auths":{"\#(registry.address)":{"auth":"YWRhOnNlY3JldA=="}}}"#
                _ = try checkout.root.write(".docker/config.json", auths)
                let pushed = try await checkout.tagboat("push", "--verbose")
                #expect(pushed.exitCode == 0)
                #expect(!pushed.standardError.contains("YWRhOnNlY3JldA") && !pushed.standardError.contains("secret"))
                let skopeo = registry.skopeo(as: "ada:secret")
                #expect(try await skopeo.digest(of: registry.image("acme/ui:latest")) == digest)
            }
        }
    }

    @Test func pushesWithATokenOfARealIssuer() async throws {
        let setup = RegistrySetup.token(
            users: TokenUser("ada", password: "secret", [.everything]),
            TokenUser("bob", password: "secret", [.pull])
        )
        try await withDockerRegistry(setup) { registry in
            try await Checkout.with { checkout in
                let issuer = try #require(registry.tokenIssuer)
                let digest = try await checkout.makeImage()
                let arguments = ["push", "--from", "oci:../build:app", "--image", "\(registry.address)/acme/ui"]
                func auth(_ text: String) -> [String: String?] {
                    ["DOCKER_AUTH_CONFIG": #"{"auths":{"\#(registry.address)":{"auth":"\#(text)"}}}"#]
                }
                // bob:secret may read only, ada:wrong is nobody.
                for wrong in ["Ym9iOnNlY3JldA==", "YWRhOndyb25n"] {
                    let denied = try await checkout.tagboat(arguments, environment: auth(wrong))
                    #expect(denied.exitCode == 4)
                    #expect(denied.standardError.hasPrefix("error: "))
                }
                issuer.forgetRequests()
                let pushed = try await checkout.tagboat(arguments, environment: auth("YWRhOnNlY3JldA=="))
                #expect(pushed.exitCode == 0)
                #expect(issuer.requests.count == 1)
                let skopeo = registry.skopeo(as: "ada:secret")
                #expect(try await skopeo.digest(of: registry.image("acme/ui:2.1.106")) == digest)
            }
        }
    }
}
