import Testing

@testable import Changes

@Suite struct CommitRecordTests {
    @Test func peopleWriteSevenCharacters() {
        let hash = "503a2eb0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6"
        #expect(CommitRecord(hash: hash, message: "").shortHash == "503a2eb")
    }
}
