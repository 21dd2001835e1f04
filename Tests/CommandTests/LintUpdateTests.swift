import FoundationEssentials
import Glibc
import SystemPackage
import TestSupport
import Testing

/// `tagboat lint` against a real registry, with images that move.
@Suite(.dockerRegistry(.open)) struct LintUpdateTests {
    /// A repository of the registry.
    private func image(_ name: String) throws -> String { "\(try DockerRegistry.required().address)/lint/\(name)" }

    /// Puts an image under a tag, a different one for each variation.
    private func publish(_ image: String, _ variation: String, _ checkout: Checkout) async throws -> String {
        let written = try ImageFixture.write(to: checkout.build, name: "app", labels: ["variation": variation])
        try await checkout.tagboat("copy", "oci:../build:app", image).requireSuccess()
        return written.manifestDigest
    }

    @Test func aTagThatMovedIsFoundAndFollowed() async throws {
        try await Checkout.with { checkout in
            let base = try image("moves")
            let old = try await publish("\(base):1", "old", checkout)
            let text =
                "# keep\r\nFROM \(base):1@\(old) AS x\r\n\r\nFROM scratch\r\nCOPY --from=\(base):1@\(old) / /\r\n"
            _ = try checkout.folder.write("Dockerfile", text)
            let before = try await checkout.tagboat("lint", "Dockerfile", "--strict")
            #expect(before.exitCode == 0 && before.standardOutput == "1 file: no finding\n")

            let new = try await publish("\(base):1", "new", checkout)
            let moved = try await checkout.tagboat("lint", "Dockerfile", "--format", "github")
            #expect(moved.exitCode == 0)
            #expect(moved.standardOutput.lines.filter { $0.contains("title=tag-moved::") }.count == 2)
            #expect(moved.standardOutput.contains("from \(old.prefix(19)) to \(new.prefix(19))"))
            #expect(try await checkout.tagboat("lint", "Dockerfile", "--no-resolve", "--strict").exitCode == 0)

            let dry = try await checkout.tagboat("lint", "Dockerfile", "--update", "--dry-run")
            #expect(dry.standardOutput.contains("to update:") && dry.standardOutput.contains("2 warnings"))
            #expect(try checkout.folder.appending("Dockerfile").readText().utf8.elementsEqual(text.utf8))

            chmod(checkout.folder.appending("Dockerfile").string, 0o640)
            let update = try await checkout.tagboat("lint", "Dockerfile", "--update", "--strict")
            #expect(update.exitCode == 0, "\(update.standardOutput)\(update.standardError)")
            let lines = update.standardOutput.lines
            #expect(lines.filter { $0.contains("updated:") }.count == 2 && lines.contains("1 file: no finding"))
            let expected = text.replacing(old, with: new)
            #expect(try checkout.folder.appending("Dockerfile").readText().utf8.elementsEqual(expected.utf8))
            let mode =
                try FileManager.default.attributesOfItem(
                    atPath: checkout.folder.appending("Dockerfile").string
                )[.posixPermissions] as? Int
            #expect(mode == 0o640)

            let again = try await checkout.tagboat("lint", "Dockerfile", "--update", "--strict")
            #expect(again.standardOutput == "1 file: no finding\n")
        }
    }

    @Test func aPlatformOfAnIndexIsWhatTheTagHolds() async throws {
        try await Checkout.with { checkout in
            let base = try image("index")
            let index = try ImageFixture.writeIndex(to: checkout.build, name: "app", labels: ["a": "1"])
            try await checkout.tagboat("copy", "oci:../build:app", "\(base):1").requireSuccess()
            for digest in [index.manifestDigest] + index.images.map(\.manifestDigest) {
                _ = try checkout.folder.write("Dockerfile", "FROM \(base):1@\(digest)\n")
                let result = try await checkout.tagboat("lint", "Dockerfile", "--strict")
                #expect(result.exitCode == 0, "\(result.standardOutput)")
            }
            let next = try ImageFixture.writeIndex(to: checkout.build, name: "app", labels: ["a": "2"])
            try await checkout.tagboat("copy", "oci:../build:app", "\(base):1").requireSuccess()
            let result = try await checkout.tagboat("lint", "Dockerfile", "--update", "--strict")
            #expect(result.exitCode == 0, "\(result.standardOutput)")
            let text = try checkout.folder.appending("Dockerfile").readText()
            #expect(text == "FROM \(base):1@\(next.manifestDigest)\n")
        }
    }

    @Test func digestsAreAddedWhereAsked() async throws {
        try await Checkout.with { checkout in
            let base = try image("pins")
            let digest = try await publish("\(base):1", "one", checkout)
            _ = try checkout.folder.write("a/Dockerfile", "ARG BASE=\(base):1\nFROM $BASE AS x\nFROM x\n")
            _ = try checkout.folder.write(
                "b/Dockerfile",
                "FROM \(base):1\n# tagboat: ignore=unpinned-source -- small\nCOPY --from=\(base):1 / /\n"
            )
            try await checkout.commit("files")
            let updated = try await checkout.tagboat("lint", "--update")
            #expect(!updated.standardOutput.contains("pinned:"))
            let result = try await checkout.tagboat("lint", "--pin", "--strict")
            #expect(result.exitCode == 0, "\(result.standardOutput)")
            let pinned = "\(base):1@\(digest)"
            #expect(
                try checkout.folder.appending("a/Dockerfile").readText()
                    == "ARG BASE=\(pinned)\nFROM $BASE AS x\nFROM x\n"
            )
            #expect(
                try checkout.folder.appending("b/Dockerfile").readText()
                    == "FROM \(pinned)\n# tagboat: ignore=unpinned-source -- small\nCOPY --from=\(base):1 / /\n"
            )
        }
    }

    @Test func fewRequestsAreSpent() async throws {
        try await Checkout.with { checkout in
            let (base, other) = (try image("few"), try image("other"))
            let digest = try await publish("\(base):1", "few", checkout)
            let second = try await publish("\(other):1", "few", checkout)
            let file =
                "FROM \(base):1@\(digest)\nFROM \(base):1@\(digest)\nFROM \(other):1@\(second)\nFROM \(base):2\nFROM \(base)\n"
            _ = try checkout.folder.write("Dockerfile", file)
            _ = try checkout.folder.write("Dockerfile.two", file)
            let before = try await requests(for: ["few", "other"]).count
            _ = try await checkout.tagboat("lint", "Dockerfile", "Dockerfile.two")
            let requests = try await requests(for: ["few", "other"]).dropFirst(before)
            #expect(
                requests.sorted() == ["HEAD /v2/lint/few/manifests/1", "HEAD /v2/lint/other/manifests/1"]
            )
            _ = try await checkout.tagboat("lint", "Dockerfile", "--no-resolve")
            _ = try checkout.folder.write("Dockerfile", "FROM \(base):2\nFROM \(base)\nFROM scratch\n")
            _ = try await checkout.tagboat("lint", "Dockerfile")
            #expect(try await self.requests(for: ["few", "other"]).count == before + 2)
        }
    }

    /// The requests about images of some repositories; other tests have theirs at the same time.
    private func requests(for names: [String]) async throws -> [String] {
        try await DockerRegistry.required().requests()
            .filter { request in names.contains { request.target.hasPrefix("/v2/lint/\($0)/manifests/") } }
            .map { "\($0.method) \($0.target)" }
    }

    @Test func whatTheRegistryCannotSayIsTold() async throws {
        try await Checkout.with { checkout in
            let base = try image("gone")
            let digest = try await publish("\(base):1", "gone", checkout)
            let other = "127.0.0.1:1/a/b:1@\(digest)"
            let text =
                "FROM \(base):2@\(digest)\nFROM \(other)\nFROM \(base):1@sha256:\(String(repeating: "0", count: 64))\n"
            _ = try checkout.folder.write("Dockerfile", text)
            let result = try await checkout.tagboat("lint", "Dockerfile", "--format", "github", "--timeout", "20s")
            #expect(result.exitCode == 1)
            let titles = result.standardOutput.lines.compactMap {
                $0.split(separator: "title=").last?.split(separator: ":").first
            }
            #expect(titles == ["tag-missing", "tag-unread", "tag-moved"])
            // What can be brought up to date is, and the failure is told.
            let update = try await checkout.tagboat("lint", "Dockerfile", "--update", "--timeout", "20s")
            #expect(update.exitCode == 5 && update.standardError.hasPrefix("error: "))
            #expect(update.standardOutput.contains("updated:"))
            let after = try checkout.folder.appending("Dockerfile").readText()
            #expect(after == text.replacing("sha256:" + String(repeating: "0", count: 64), with: digest))
        }
    }

    @Test func theFileBehindALinkIsChanged() async throws {
        try await Checkout.with { checkout in
            let base = try image("kept")
            let old = try await publish("\(base):1", "old", checkout)
            _ = try checkout.folder.write("real/Dockerfile", "FROM \(base):1@\(old)\n")
            try FileManager.default.createSymbolicLink(
                atPath: checkout.folder.appending("Dockerfile").string,
                withDestinationPath: "real/Dockerfile"
            )
            let new = try await publish("\(base):1", "new", checkout)
            try await checkout.tagboat("lint", "Dockerfile", "--update").requireSuccess()
            // The file behind a link is changed, and the link stays.
            #expect(try checkout.folder.appending("real/Dockerfile").readText() == "FROM \(base):1@\(new)\n")
            let link = try FileManager.default.destinationOfSymbolicLink(
                atPath: checkout.folder.appending("Dockerfile").string
            )
            #expect(link == "real/Dockerfile")
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: checkout.folder.appending("real").string) == [
                    "Dockerfile"
                ]
            )
        }
    }
}
