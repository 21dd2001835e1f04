import SystemPackage
import TestSupport
import Testing

/// `tagboat delete` on a real registry, which cannot delete a tag by itself.
@Suite(.dockerRegistry(.open)) struct DeleteTests {
    /// A repository with two images; the first one has two tags.
    private func withRepository(
        _ name: String,
        _ body: (Checkout, _ image: String, _ digests: [String: String]) async throws -> Void
    ) async throws {
        try await Checkout.with { checkout in
            let image = "\(try DockerRegistry.required().address)/delete/\(name)"
            let one = try ImageFixture.write(to: checkout.build, name: "one", labels: ["n": "1"])
            let two = try ImageFixture.writeIndex(to: checkout.build, name: "two", labels: ["n": "2"])
            try await checkout.tagboat("copy", "oci:../build:one", image, "--tag", "a", "--tag", "b").requireSuccess()
            try await checkout.tagboat("copy", "oci:../build:two", image, "--tag", "c").requireSuccess()
            try await body(
                checkout,
                image,
                ["one": one.manifestDigest, "two": two.manifestDigest, "child": two.images[0].manifestDigest]
            )
        }
    }

    private func state(_ name: String) async throws -> [String: String] {
        try await DockerRegistry.required().state(of: "delete/\(name)")
    }

    @Test func aTagThatCannotGoAloneIsLeftAndTheWaysOutAreTold() async throws {
        try await withRepository("alone") { checkout, image, digests in
            let result = try await checkout.tagboat("delete", "\(image):a")
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("cannot delete a tag by itself"))
            #expect(result.standardError.contains("--digest deletes the image, also as b"))
            #expect(try await state("alone") == ["a": digests["one"], "b": digests["one"], "c": digests["two"]])

            let placeholder = try await checkout.tagboat("delete", "--placeholder", "\(image):a").requireSuccess()
            #expect(placeholder.standardOutput.contains("the image stays as b"))
            #expect(try await state("alone") == ["b": digests["one"], "c": digests["two"]])
        }
    }

    @Test func anImageWithSeveralTagsGoesOnlyWhenToldTo() async throws {
        try await withRepository("shared") { checkout, image, digests in
            let one = try #require(digests["one"])
            let refused = try await checkout.tagboat("delete", "\(image)@\(one)")
            #expect(refused.exitCode == 3)
            #expect(refused.standardError.contains("is held by 2 tags: a, b"))
            let dry = try await checkout.tagboat("delete", "--digest", "--dry-run", "\(image):a").requireSuccess()
            #expect(dry.standardOutput.contains("would delete \(image)@\(one)\n  with the tags a, b\n"))
            #expect(try await state("shared").count == 3)
            let json = try await checkout.tagboat("delete", "--digest", "--format", "json", "\(image):a")
                .requireSuccess()
            #expect(json.standardOutput.contains(#""schema" : "tagboat.delete/1""#))
            #expect(try await state("shared") == ["c": digests["two"]])
            let gone = try await checkout.tagboat("delete", "\(image):a")
            #expect(gone.exitCode == 5)
            #expect(gone.standardError.contains("has no image a"))
        }
    }

    @Test func aPartOfAnIndexThatStaysIsNeverDeleted() async throws {
        try await withRepository("child") { checkout, image, digests in
            let child = try #require(digests["child"])
            let refused = try await checkout.tagboat("delete", "--digest", "\(image)@\(child)")
            #expect(refused.exitCode == 3)
            #expect(refused.standardError.contains("is part of an index that stays, of c"))
            let result = try await checkout.tagboat("delete", "--children", "\(image)@\(digests["two"] ?? "")")
                .requireSuccess()
            #expect(result.standardOutput.contains("and \(child)"))
            let left = try await checkout.tagboat("inspect", "\(image)@\(child)")
            #expect(left.exitCode == 5)
            #expect(try await state("child").keys.sorted() == ["a", "b"])
        }
    }

    @Test func aTagOfALayoutGoesAlone() async throws {
        try await withRepository("layout") { checkout, _, _ in
            try await checkout.tagboat("delete", "oci:../build:one").requireSuccess()
            let names = try await checkout.tagboat("list", "oci:../build", "--format", "names").requireSuccess()
            #expect(names.standardOutput == "two\n")
            let archive = try await checkout.tagboat("delete", "oci-archive:../none.tar:one")
            #expect(archive.exitCode == 5)
        }
    }

    @Test func nothingIsAssumedWhereSomethingIsDeleted() async throws {
        try await withRepository("nothing") { checkout, image, _ in
            let result = try await checkout.tagboat("delete", image)
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains("names no tag and no digest"))
        }
    }
}

@Suite(.dockerRegistry(.open, allowsDeletion: false)) struct DeleteForbiddenTests {
    @Test func aRegistryThatDeletesNothingIsTold() async throws {
        try await Checkout.with { checkout in
            let image = "\(try DockerRegistry.required().address)/delete/never"
            try ImageFixture.write(to: checkout.build, name: "one")
            try await checkout.tagboat("copy", "oci:../build:one", "\(image):a").requireSuccess()
            let result = try await checkout.tagboat("delete", "--digest", "\(image):a")
            #expect(result.exitCode == 5)
            #expect(result.standardError.contains("does not allow deleting"))
        }
    }
}
