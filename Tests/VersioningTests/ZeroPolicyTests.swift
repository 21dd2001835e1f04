import Testing

@testable import Versioning

@Suite struct ZeroPolicyTests {
    /// Before 1.0.0 everything asks for one level less, and nothing for less than a patch.
    @Test(arguments: [
        ("0.3.1", BumpLevel.major, BumpLevel.minor), ("0.3.1", .minor, .patch), ("0.3.1", .patch, .patch),
        ("0.0.0", .major, .minor), ("1.0.0", .major, .major), ("1.0.0-rc.1", .minor, .minor), ("2.0.0", .patch, .patch),
    ])
    func lowers(version: String, asked: BumpLevel, expected: BumpLevel) throws {
        let version = try SemanticVersion(parsing: version)
        #expect(asked.adjusted(for: version, zero: .lower) == expected)
        #expect(asked.adjusted(for: version, zero: .same) == asked)
    }

    @Test func levelsHaveAnOrder() {
        #expect(BumpLevel.patch < .minor && BumpLevel.minor < .major)
        #expect([BumpLevel.minor, .major, .patch].max() == .major)
    }
}
