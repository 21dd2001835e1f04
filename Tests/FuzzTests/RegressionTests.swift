import FoundationEssentials
import Logging
import NIOHTTP1
import OCI
import Testing

@testable import Registry

/// What the fuzz targets have found, each once more by itself.
@Suite
struct RegressionTests {
    /// `docker.io/library/a/b` printed as `docker.io/a/b`, which is another repository.
    @Test func aDeepPathBelowLibraryKeepsItsName() throws {
        let name = try RepositoryName(parsing: "docker.io/library/acme/ui")
        #expect(name.description == "docker.io/library/acme/ui")
        #expect(try RepositoryName(parsing: "ubuntu").description == "docker.io/ubuntu")
    }

    /// The count times ten was more than a number holds, which ended the program.
    @Test func aHugeRateLimitIsNoTrap() {
        let notices = ServerNotices(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        notices.read(["RateLimit-Limit": "9", "RateLimit-Remaining": "9223372036854775807"], from: "r")
    }

    /// Separators in a quoted parameter made another link the next one.
    @Test(arguments: [
        #"</a>; title="x; rel=next", </b>; rel=next"#, #"</a>; title="\"; rel=next", </b>; rel="prev next""#,
    ])
    func quotedParametersOfLinksAreText(_ header: String) {
        #expect(LinkHeader.nextTarget(in: header) == "/b")
    }

    /// A path with a NUL in it was cut off there, even to nothing.
    @Test(arguments: ["oci:\0/a", "oci-archive:a\0b", "docker-archive:a\0:ui"])
    func pathsHoldNoNUL(_ text: String) {
        #expect(throws: ReferenceError.self) { try ImageLocation(parsing: text) }
    }

    /// `%+1` was taken for an octet.
    @Test func percentEncodingHasNoSigns() {
        #expect(throws: ProxyError.self) { try ProxyServer(parsing: "http://u%+1:p@proxy", variable: "HTTP_PROXY") }
    }

    /// Sizes below nothing, and such as overflow when they are added up, came through.
    @Test(arguments: ["-1", "9223372036854775807"])
    func impossibleSizesAreRefused(_ size: String) {
        let digest = "sha256:" + String(repeating: "0", count: 64)
        let text = "{\"mediaType\":\"a/b\",\"digest\":\"\(digest)\",\"size\":\(size)}"
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Descriptor.self, from: Data(text.utf8)) }
    }

    /// Deep nesting took seconds.
    @Test func deepNestingIsRefusedAtOnce() {
        let depth = 500
        let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let start = FuzzRun.processorTime
        #expect(throws: RegistryError.self) {
            try LayoutIndex(parsing: Data("{\"manifests\":[],\"deep\":\(deep)}".utf8), place: "oci:x")
        }
        #expect(FuzzRun.processorTime - start < 1)
    }

    /// A server's words went to the terminal with its control characters.
    @Test func errorsAreOneLine() throws {
        #expect(!ReferenceError("a\u{1B}[2J\n", "it is none").description.unicodeScalars.contains { $0.value < 0x20 })
        let records = try PaxRecords(parsing: PaxRecords.record("size", "x\u{1B}[2J"))
        let error = #expect(throws: TarError.self) { try records.size() }
        #expect(error?.description == "an extended header has the size \"x?[2J\"")
    }
}
