import OCI
import Testing
import Versioning

@testable import Tagging

@Suite struct ListOrderTests {
    private static func roles(_ names: [String], policy: TagPolicy = TagPolicy()) throws -> [ListedTag] {
        let tags = Set(try names.map { try OCI.Tag($0) })
        let roles = try TagRoles(tags, naming: TagNaming(policy: policy, context: .none))
        return tags.map(roles.listed).sorted()
    }

    @Test func tagsOfAGroup() throws {
        let hex = String(repeating: "ab", count: 32)
        let names = [
            "latest", "main", "2", "2.1", "2.1.106", "2.1.106-rc.1", "rc", "sha256-\(hex).sig", "v9.0.0", "0a1b2c3",
        ]
        let sorted = try Self.roles(names.shuffled()).map(\.tag.name)
        #expect(
            sorted == [
                "2.1.106", "2.1.106-rc.1", "v9.0.0", "2.1", "2", "latest", "rc", "0a1b2c3", "main", "sha256-\(hex).sig",
            ]
        )
    }

    @Test func variantsAndHoldsCountAsMoving() throws {
        let policy = TagPolicy(variants: [
            Variant(name: "bookworm", isDefault: true), Variant(name: "slim-bookworm", aliases: ["slim"]),
        ])
        let tags = try Self.roles(
            ["2.1.106", "2.1.106-slim", "2.1-slim", "slim", "latest", "2-alpine"],
            policy: policy
        )
        let classes = Dictionary(uniqueKeysWithValues: tags.map { ($0.tag.name, $0.tagClass) })
        #expect(classes["2.1.106-slim"] == .immutable && classes["2.1.106"] == .immutable)
        #expect(classes["2.1-slim"] == .moving && classes["slim"] == .moving && classes["latest"] == .moving)
        #expect(classes["2-alpine"] == .some(nil))
    }

    /// Two rules may name one version; both tags are fixed.
    @Test func everyNameOfAVersionIsFixed() throws {
        let rules = [try TagRule(parsing: "version"), try TagRule(parsing: "type=semver,pattern=v{{version}}")]
        let tags = try Self.roles(["1.0.0", "v1.0.0"], policy: TagPolicy(rules: rules))
        #expect(tags.map(\.tagClass) == [.immutable, .immutable])
    }

    private func image(_ names: String..., created: Int64? = nil, size: Int64? = nil) throws -> ListedImage {
        let digest = Digest(
            algorithm: .sha256,
            hash: Array(names.joined().utf8.prefix(32)) + Array(repeating: 0, count: 32)
        )
        var image = ListedImage(digest: digest, tags: try Self.roles(names))
        image.created = created.map(Timestamp.init(secondsSinceEpoch:))
        if let size { image.platforms = [.init(platform: nil, digest: digest, size: size)] }
        return image
    }

    @Test(arguments: [
        (ListOrder(), ["3.0.0", "2.1.10", "2.1.9", "main", "edge", "chart"]),
        (ListOrder(isReversed: true), ["chart", "edge", "main", "2.1.9", "2.1.10", "3.0.0"]),
        (ListOrder(.created), ["main", "2.1.10", "3.0.0", "edge", "2.1.9", "chart"]),
        (ListOrder(.name), ["2.1.10", "2.1.9", "3.0.0", "chart", "edge", "main"]),
        (ListOrder(.size), ["2.1.9", "chart", "3.0.0", "2.1.10", "edge", "main"]),
    ])
    func imagesAreInOrder(order: ListOrder, expected: [String]) throws {
        let images = [
            try image("2.1.9", created: 10, size: 50), try image("2.1.10", created: 40),
            try image("3.0.0", created: 30, size: 10), try image("main", created: 50),
            try image("edge", created: 20), try image("chart", size: 20),
        ]
        #expect(order.sorted(images).map { $0.tags[0].tag.name } == expected)
        #expect(order.sorted(images.reversed()).map { $0.tags[0].tag.name } == expected)
    }

    @Test func tagsOfADigestStandTogether() throws {
        let digest = Digest(algorithm: .sha256, hash: Array(repeating: 1, count: 32))
        let tags = try Self.roles(["2", "2.0.0", "gone"])
        let held = tags.map { tag -> (tag: ListedTag, digest: Digest?, problem: String?) in
            tag.tag.name == "gone" ? (tag, nil, "gone") : (tag, digest, nil)
        }
        let images = ListedImage.grouped(held)
        #expect(images.map { $0.tags.map(\.tag.name) } == [["2.0.0", "2"], ["gone"]])
        #expect(images.map(\.problem) == [nil, "gone"])
    }

    @Test func aSizeIsToldOnlyWhole() throws {
        let digest = Digest(algorithm: .sha256, hash: Array(repeating: 1, count: 32))
        var image = ListedImage(digest: digest, tags: [])
        #expect(image.size == nil)
        image.platforms = [
            .init(platform: nil, digest: digest, size: 3), .init(platform: nil, digest: digest, size: 4),
        ]
        #expect(image.size == 7)
        image.platforms.append(.init(platform: nil, digest: digest, size: nil))
        #expect(image.size == nil)
    }
}
