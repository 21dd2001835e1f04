import OCI
import SystemPackage
import Testing

@testable import Registry

@Suite struct ImageLocationTests {
    struct Case: Sendable {
        let text: String
        let location: ImageLocation
    }

    private static func reference(_ text: String) -> ImageReference? { try? ImageReference(parsing: text) }

    private static let cases: [(String, ImageLocation?)] = [
        ("oci:build", .layout("build", name: nil)),
        ("oci:build:app", .layout("build", name: "app")),
        ("oci:/a/b:r.io/x:1", .layout("/a/b", name: "r.io/x:1")),
        ("oci-archive:a.tar", .ociArchive("a.tar", name: nil)),
        ("oci-archive:/a/b.tar:r.io/x:1", .ociArchive("/a/b.tar", name: "r.io/x:1")),
        ("docker-archive:a.tar", .dockerArchive("a.tar", reference: nil)),
        ("docker-archive:a.tar:acme/ui:1.2", .dockerArchive("a.tar", reference: reference("acme/ui:1.2"))),
        ("docker-archive:a.tar:r.io:5000/ui", .dockerArchive("a.tar", reference: reference("r.io:5000/ui"))),
        ("docker-daemon:acme/ui:1.2", reference("acme/ui:1.2").map { .daemon($0) }),
        ("docker-daemon:r.io:5000/ui", reference("r.io:5000/ui").map { .daemon($0) }),
        ("docker-daemon/ui:1", reference("docker-daemon/ui:1").map { .registry($0) }),
        ("oci-archive.example:5000/ui", reference("oci-archive.example:5000/ui").map { .registry($0) }),
        ("ui", reference("ui").map { .registry($0) }),
    ]

    @Test(arguments: cases.indices)
    func isParsed(index: Int) throws {
        let (text, location) = Self.cases[index]
        #expect(try ImageLocation(parsing: text) == #require(location))
    }

    @Test(
        arguments: [
            "oci:", "oci::x", "oci:dir:", "r.io/ui:1", "oci:dir:x", "oci-archive:", "oci-archive:a:b", "oci-archive:a:",
            "docker-archive:", "docker-archive:a", "docker-archive:a:", "docker-archive:a:ui:1", "docker-archive:a:UI",
            "docker-daemon:", "docker-daemon:ui:1", "docker-daemon:UI",
        ]
    )
    func isNoRepository(text: String) {
        #expect(throws: ReferenceError.self) { try ImageLocation(parsingRepository: text) }
    }

    @Test(
        arguments: [
            ("oci:../b", "oci:/home/b"), ("oci-archive:a.tar", "oci-archive:/home/app/a.tar"),
            ("docker-archive:x/a.tar:ui", "docker-archive:/home/app/x/a.tar:ui"), ("oci:/b", "oci:/b"),
            ("docker-daemon:ui", "docker-daemon:ui"), ("ui", "ui"),
        ]
    )
    func pathsAreTakenFromTheFolderOfTheConfiguration(text: String, absolute: String) throws {
        let location = try ImageLocation(parsingRepository: text).relative(to: "/home/app")
        #expect(try location == ImageLocation(parsingRepository: absolute))
    }
}
