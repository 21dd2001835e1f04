import OCI
import Registry
import SystemPackage
import TestSupport
import Testing

/// A layer with one file, as the programs of the system read it.
@Suite struct FileLayerTests {
    @Test(arguments: [0, 1, 511, 512, 513, 65_535, 200_000])
    func isReadByTarAndGzip(size: Int) async throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let layer = FileLayer(path: "usr/share/VERSION", content: content, modified: 1_783_244_400)
        #expect(layer == FileLayer(path: "usr/share/VERSION", content: content, modified: 1_783_244_400))
        #expect(layer.digest == Digest(of: layer.bytes))
        try await withTemporaryDirectory { folder in
            let file = try folder.write("layer.tar.gz", layer.bytes)
            try await run("gzip", ["--test", file.string]).requireSuccess()
            try await run("gzip", ["--decompress", "--keep", file.string]).requireSuccess()
            #expect(layer.diffID == Digest(of: try folder.appending("layer.tar").readBytes()))
            let list = try await run(
                "tar",
                ["--list", "--verbose", "--numeric-owner", "--full-time", "--file", file.string],
                environment: ["TZ": "UTC"]
            ).requireSuccess().standardOutput
            let words = list.split(separator: " ").map(String.init)
            #expect(words == ["-rw-r--r--", "0/0", "\(size)", "2026-07-05", "09:40:00", "usr/share/VERSION\n"])
            try await run("tar", ["--extract", "--directory", folder.string, "--file", file.string]).requireSuccess()
            #expect(try folder.appending("usr/share/VERSION").readBytes() == content)
        }
    }
}
