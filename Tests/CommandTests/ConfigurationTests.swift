import SystemPackage
import TestSupport
import Testing

/// Flag over environment over file over default, and where the file is found.
@Suite struct ConfigurationTests {
    @Test func theNearerSourceWins() async throws {
        try await Checkout.with { checkout in
            let inFile = try await checkout.tagboat("tags")
            #expect(inFile.standardOutput.lines.count == 7)
            _ = try checkout.folder.write("tagboat.yaml", "tags: [version, sha]\nshort-hash-length: 12\n")
            let hash = try await checkout.git("rev-parse", "HEAD")
            #expect(try await checkout.tagboat("tags").standardOutput == "2.1.106\n\(hash.prefix(12))\n")
            let environment = ["TAGBOAT_TAGS": "version, sha minor", "TAGBOAT_SHORT_HASH_LENGTH": "9"]
            let nearer = try await checkout.tagboat("tags", environment: environment)
            #expect(nearer.standardOutput == "2.1.106\n2.1\n\(hash.prefix(9))\n")
            let nearest = try await checkout.tagboat(
                ["tags", "--tags", "sha", "--short-hash-length", "8"],
                environment: environment
            )
            #expect(nearest.standardOutput == "\(hash.prefix(8))\n")
            let unset = try await checkout.tagboat("tags", environment: ["TAGBOAT_TAGS": ""])
            #expect(unset.standardOutput == "2.1.106\n\(hash.prefix(12))\n")
        }
    }

    @Test func theFileIsFoundFromBelowAndItsPathsStartAtIt() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "images: [oci:../target]\nfrom: oci:../build:app\nversion: { file: meta/VERSION }\n"
            )
            _ = try checkout.folder.write("meta/VERSION", "7.0.0\n")
            _ = try checkout.folder.makeDirectory("deep/below")
            try await checkout.makeImage()
            let result = try await checkout.tagboat("push", "-C", "deep/below").requireSuccess()
            #expect(result.standardOutput.hasPrefix("7.0.0 is a release"))
            #expect(try await Skopeo().digest(of: "oci:\(checkout.root)/target:7.0.0").hasPrefix("sha256:"))
            #expect(try await checkout.tagboat("verify").exitCode == 0)
        }
    }

    @Test func noConfigurationIsNeeded() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.makeDirectory("below")
            let result = try await checkout.tagboat("tags", "-C", "below").requireSuccess()
            #expect(result.standardOutput.hasPrefix("2.1.106\n"))
        }
    }
}
