import Testing

@testable import Versioning

@Suite struct VersionFileTests {
    struct Accepted: Sendable {
        let content: String
        let version: String
        /// The same file with 3.0.0 written into it.
        let rewritten: String
    }

    @Test(arguments: [
        Accepted(content: "2.1.106\n", version: "2.1.106", rewritten: "3.0.0\n"),
        Accepted(content: "2.1.106", version: "2.1.106", rewritten: "3.0.0"),
        Accepted(content: "v2.1.106\n", version: "2.1.106", rewritten: "v3.0.0\n"),
        Accepted(content: "V1.0.0", version: "1.0.0", rewritten: "V3.0.0"),
        Accepted(content: "\u{FEFF}1.2.3\r\n", version: "1.2.3", rewritten: "\u{FEFF}3.0.0\r\n"),
        Accepted(
            content: "# the version\r\n\r\n  1.2.3\t\r\n# end",
            version: "1.2.3",
            rewritten: "# the version\r\n\r\n  3.0.0\t\r\n# end"
        ),
        Accepted(content: "\n\n1.0.0-rc.1+b.7\n\n", version: "1.0.0-rc.1+b.7", rewritten: "\n\n3.0.0\n\n"),
    ])
    func readsAndRewritesOnlyTheVersion(file: Accepted) throws {
        let read = try VersionFile(parsing: Array(file.content.utf8), path: "VERSION")
        #expect(read.version.description == file.version)
        let written = read.replacingVersion(with: SemanticVersion(3, 0, 0))
        #expect(String(decoding: written.bytes, as: UTF8.self) == file.rewritten)
        #expect(try written.replacingVersion(with: SemanticVersion(parsing: read.version.text)).bytes == read.bytes)
    }

    struct Refused: Sendable {
        let bytes: [UInt8]
        let error: String
    }

    @Test(arguments: [
        Refused(bytes: [], error: "VERSION: no version in it"),
        Refused(bytes: Array("# only a comment\n".utf8), error: "VERSION: no version in it"),
        Refused(bytes: [0xEF, 0xBB, 0xBF], error: "VERSION: no version in it"),
        Refused(
            bytes: Array("1.2.3\n1.2.4\n".utf8),
            error: "VERSION:2: a second version; line 1 already holds 1.2.3"
        ),
        Refused(
            bytes: Array("# x\nversion=1.2.3\n".utf8),
            error:
                "VERSION:2: \"version=1.2.3\" is not a semantic version: the major number \"version=1\" must be digits"
        ),
        Refused(
            bytes: Array("1.2.3 # no\n".utf8),
            error: "VERSION:1: \"1.2.3 # no\" is not a semantic version: the patch number \"3 # no\" must be digits"
        ),
        Refused(bytes: [0x31, 0xFF, 0x0A], error: "VERSION:1: bytes that are not UTF-8 text"),
        Refused(
            bytes: Array("v\n".utf8),
            error: "VERSION:1: \"v\" is not a semantic version: expected three numbers, MAJOR.MINOR.PATCH"
        ),
    ])
    func namesFileLineAndProblem(file: Refused) {
        let error = #expect(throws: VersionFileError.self) {
            try VersionFile(parsing: file.bytes, path: "VERSION")
        }
        #expect(error?.description == file.error)
    }

    @Test func startsANewFile() {
        #expect(VersionFile(SemanticVersion(0, 1, 0)).bytes == Array("0.1.0\n".utf8))
    }
}
