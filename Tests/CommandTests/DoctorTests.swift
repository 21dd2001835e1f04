import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat doctor` as a user runs it: what it prints, and its exit codes.
@Suite(.dockerRegistry(.open)) struct DoctorTests {
    private struct Document: Decodable {
        struct Finding: Decodable {
            let feature: String
            let area: String
            let verdict: String
            let detail: String
            let status: Int?
        }
        let schema: String
        let registry: String
        let repository: String
        let readOnly: Bool
        let clockSkew: Int?
        let findings: [Finding]
        let consequences: [String]
        let remains: [String]
    }

    @Test func aTableOfEightyColumns() async throws {
        let registry = try DockerRegistry.required()
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat("doctor", registry.address)
            #expect(result.exitCode == 0)
            #expect(result.standardError == "the scratch repository is \(registry.address)/tagboat-doctor\n")
            let lines = result.standardOutput.lines
            #expect(lines.first == "\(registry.address), measured with tagboat-doctor")
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(result.standardOutput)")
            #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
            #expect(lines.contains("  encrypted connection        no           plain HTTP"))
            #expect(lines.contains("  delete a tag by itself      no           status 400, DIGEST_INVALID"))
            #expect(lines.contains("  left as it was              yes          all that was made is deleted"))
            #expect(
                result.standardOutput.hasSuffix(
                    """

                    what this means for tagboat
                      - each tag is put by itself: a push of K tags costs K requests, all at the
                        same time
                      - the registry lets the last writer win: tagboat reads the tags again after it
                        has put them
                      - a tag cannot be deleted by itself: `tagboat delete` needs --digest, and
                        takes all tags of the image
                      - signatures and the like are found by a tag that stands in for the referrers
                        API

                    """
                )
            )
            #expect(try await registry.skopeo().tags(of: registry.image("tagboat-doctor")).isEmpty)
            let painted = try await checkout.tagboat("doctor", registry.address, "--color", "always", "--quiet")
            #expect(painted.standardError.isEmpty)
            #expect(painted.standardOutput.contains("\u{1B}[32myes"))
        }
    }

    @Test func jsonHasEveryKey() async throws {
        let registry = try DockerRegistry.required()
        try await Checkout.with { checkout in
            let result = try await checkout.tagboat("doctor", "\(registry.address)/acme/scratch", "--format", "json")
            #expect(result.exitCode == 0 && result.standardError.isEmpty)
            let document = try JSONDecoder().decode(Document.self, from: Data(result.standardOutput.utf8))
            #expect(document.schema == "tagboat.doctor/1")
            #expect(document.registry == registry.address && document.repository == "acme/scratch")
            #expect(document.readOnly == false && document.clockSkew.map { abs($0) <= 1 } == true)
            let deletion = try #require(document.findings.first { $0.feature == "tagDeletion" })
            #expect(deletion.area == "deletion" && deletion.verdict == "no" && deletion.status == 400)
            #expect(document.remains.isEmpty && !document.consequences.isEmpty)
            for key in ["\"status\" : null", "\"traffic\" : null"] { #expect(result.standardOutput.contains(key)) }
            let reference = try Program.source.appending("docs/json.md").readText()
            for finding in document.findings {
                #expect(reference.contains("`\(finding.feature)`"), "docs/json.md lacks \(finding.feature)")
            }
        }
    }

    @Test func readOnlyWritesNothing() async throws {
        try await withDockerRegistry(.open) { registry in
            try await Checkout.with { checkout in
                try await checkout.makeImage()
                for tag in ["1.0.0", "latest"] {
                    try await registry.skopeo().copy("oci:\(checkout.build):app", to: registry.image("ui:\(tag)"))
                }
                let refused = try await checkout.tagboat("doctor", registry.address, "--repository", "ui")
                #expect(refused.exitCode == 3 && refused.standardOutput.isEmpty)
                #expect(
                    refused.standardError.hasPrefix(
                        "error: \(registry.address)/ui is no scratch repository: it holds the tag 1.0.0 and 1 more\nhint: "
                    )
                )
                let result = try await checkout.tagboat("doctor", "\(registry.address)/ui", "--read-only")
                #expect(result.exitCode == 0)
                #expect(result.standardOutput.contains("  conditional GET             yes          status 304"))
                #expect(result.standardOutput.contains("  writing allowed             unknown      needs writing"))
                let methods = try await registry.requests().filter { $0.userAgent.hasPrefix("tagboat") }.map(\.method)
                #expect(Set(methods).isSubset(of: ["GET", "HEAD"]))
            }
        }
    }

    @Test func exitCodes() async throws {
        try await Checkout.with { checkout in
            try await withDockerRegistry(.passwordOverTLS(user: "ada", password: "secret")) { registry in
                // The certificate is of an authority that nobody knows.
                #expect(try await checkout.tagboat("doctor", registry.address).exitCode == 5)
                let trust = ["SSL_CERT_FILE": registry.certificateAuthority?.string]
                let denied = try await checkout.tagboat(["doctor", registry.address], environment: trust)
                #expect(denied.exitCode == 4 && denied.standardOutput.isEmpty)
                #expect(denied.standardError.contains("hint: log in"))
            }
            let gone = try await checkout.tagboat("doctor", "127.0.0.1:1", "--timeout", "20s")
            #expect(gone.exitCode == 5 && gone.standardError.contains("127.0.0.1:1 cannot be reached"))
            for arguments in [
                ["acme"], ["acme/ui"], ["docker.io"], ["registry.local:x"], ["registry.local/a:1"],
                ["registry.local/a", "--repository", "b"], ["registry.local", "--repository", "A"], [],
            ] {
                let wrong = try await checkout.tagboat(["doctor"] + arguments)
                #expect(wrong.exitCode == 2, "\(arguments) \(wrong)")
                #expect(wrong.standardError.contains("hint: "))
            }
        }
    }
}
