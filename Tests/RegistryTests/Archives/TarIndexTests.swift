import NIOCore
import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// A tar archive that must be refused, and why.
struct HostileTar: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let problem: String

    var testDescription: String { name }

    init(_ name: String, _ bytes: [UInt8], _ problem: String) {
        self.name = name
        self.bytes = bytes
        self.problem = problem
    }

    /// A member of another kind, and the end.
    private static func tar(_ members: [UInt8]...) -> [UInt8] { members.flatMap(\.self) + TarArchive.end }

    private static func pax(_ records: String) -> [UInt8] {
        TarArchive.member("x", type: "x", contents: Array(records.utf8))
    }

    private static let file = TarArchive.member("a", contents: Array("hello".utf8))

    /// A file whose header has one byte changed.
    private static func damaged(at offset: Int, to byte: UInt8) -> [UInt8] {
        var bytes = file
        bytes[offset] = byte
        return bytes + TarArchive.end
    }

    static let all = [
        HostileTar("absolute path", tar(TarArchive.member("/etc/passwd")), "is an absolute path"),
        HostileTar("path above", tar(TarArchive.member("a/../../b")), "leads out of the archive"),
        HostileTar("path above in a record", tar(pax("17 path=../../ab\n"), file), "leads out of the archive"),
        HostileTar("link above", tar(TarArchive.member("a/b", type: "2", link: "../../c")), "leads out of the archive"),
        HostileTar("absolute link", tar(TarArchive.member("a", type: "2", link: "/etc/passwd")), "leads out"),
        HostileTar("hard link above", tar(TarArchive.member("a/b", type: "1", link: "../c")), "leads out"),
        HostileTar("hard link to nothing", tar(TarArchive.member("b", type: "1", link: "a"), file), "is not before it"),
        HostileTar("hard link to itself", tar(TarArchive.member("b", type: "1", link: "b")), "is not before it"),
        HostileTar("sparse of GNU", tar(TarArchive.member("a", type: "S")), "with holes"),
        HostileTar("sparse of pax", tar(pax("22 GNU.sparse.major=1\n"), file), "with holes"),
        HostileTar(
            "size beyond the end",
            tar(TarArchive.member("a", size: Array("00000077777".utf8))),
            "cut off within"
        ),
        HostileTar(
            "size beyond all files",
            tar(TarArchive.member("a", size: [0x80, 0, 0, 0, 0, 0x3F] + [UInt8](repeating: 0xFF, count: 6))),
            "cut off within"
        ),
        HostileTar(
            "size beyond all numbers",
            tar(TarArchive.member("a", size: [0xBF] + [UInt8](repeating: 0xFF, count: 11))),
            "impossibly large"
        ),
        HostileTar(
            "negative size",
            tar(TarArchive.member("a", size: [UInt8](repeating: 0xFF, count: 12))),
            "negative"
        ),
        HostileTar("size in a record beyond the end", tar(pax("18 size=999999999\n"), file), "cut off within"),
        HostileTar("size in a record negative", tar(pax("11 size=-1\n"), file), "has the size"),
        HostileTar("size that is no number", tar(TarArchive.member("a", size: Array("0000000000z".utf8))), "not octal"),
        HostileTar("wrong checksum", damaged(at: 0, to: UInt8(ascii: "b")), "wrong checksum"),
        HostileTar("cut off in a header", Array(file[..<300]), "cut off"),
        HostileTar("cut off in a file", Array(file[..<514]), "cut off within \"a\""),
        HostileTar("cut off behind a record", pax("11 path=ab\n"), "ends behind an extended header"),
        HostileTar("goes on", file + [UInt8](repeating: 0, count: 512) + file, "goes on behind its end"),
        HostileTar("record too long", tar(pax("99 path=a\n"), file), "malformed"),
        HostileTar("record too short", tar(pax("3 path=a\n"), file), "malformed"),
        HostileTar("record without a key", tar(pax("7 =abc\n"), file), "without a key"),
        HostileTar("record with a zero", tar(pax("12 path=a\u{0}b\n"), file), "not in UTF-8"),
        HostileTar(
            "name outside of UTF-8",
            tar(TarArchive.member("long", type: "L", contents: [0xFF, 0xFE]), file),
            "not in UTF-8"
        ),
        HostileTar(
            "huge record",
            tar(TarArchive.member("x", type: "x", contents: [UInt8](repeating: 32, count: 2 << 20)), file),
            "larger than 1 MiB"
        ),
        HostileTar("no archive", Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 1, count: 600), "a header"),
        HostileTar("empty", [], "cut off"),
    ]
}

@Suite struct TarIndexTests {
    private func index(_ bytes: [UInt8], limits: TarIndex.Limits = .init()) throws -> TarIndex {
        try TarIndex(reading: MemoryContent(bytes), limits: limits)
    }

    private func text(_ path: String, of index: TarIndex, in bytes: [UInt8]) throws -> String? {
        try index.file(path).map { file in
            String(decoding: MemoryContent(bytes).read(at: file.offset, count: Int(file.size)), as: UTF8.self)
        }
    }

    @Test(arguments: HostileTar.all)
    func refuses(tar: HostileTar) {
        let error = #expect(throws: TarError.self) { try index(tar.bytes) }
        #expect(error?.description.contains(tar.problem) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: ["gnu", "oldgnu", "pax", "ustar", "v7"])
    func readsWhatTarWrites(format: String) async throws {
        try await withTemporaryDirectory { folder in
            // Beyond 100 bytes the formats differ; v7 can do no more than that, ustar 155 and 100.
            let long =
                format == "v7" ? "short" : String(repeating: "folder/", count: 12) + "file-with-a-rather-long-name"
            let longer = String(repeating: "f", count: format == "v7" || format == "ustar" ? 90 : 240)
            _ = try folder.write("in/\(long)", "one")
            _ = try folder.write("in/\(longer)", "two")
            try await run("ln", ["-s", longer, folder.appending("in/link").string]).requireSuccess()
            try await run("ln", [folder.appending("in/\(longer)").string, folder.appending("in/z-hard").string])
                .requireSuccess()
            let archive = folder.appending("a.tar")
            try await run("tar", ["--format", format, "-cf", archive.string, "-C", "\(folder)/in", "."])
                .requireSuccess()
            let bytes = try archive.readBytes()
            let index = try index(bytes)
            #expect(try text(long, of: index, in: bytes) == "one")
            for name in [longer, "link", "z-hard", "./\(longer)", "x/../link"] {
                #expect(try text(name, of: index, in: bytes) == "two", "\(name)")
            }
            #expect(try index.file("nothing") == nil)
        }
    }

    @Test func theLastOfEqualNamesCounts() throws {
        let bytes =
            TarArchive.member("a", contents: Array("old".utf8))
            + TarArchive.member("hard", type: "1", link: "a")
            + TarArchive.member("soft", type: "2", link: "a")
            + TarArchive.member("./a", contents: Array("new".utf8)) + TarArchive.end
        let index = try index(bytes)
        #expect(try text("a", of: index, in: bytes) == "new")
        #expect(try text("soft", of: index, in: bytes) == "new")
        // A hard link is the file itself, which the new one leaves alone.
        #expect(try text("hard", of: index, in: bytes) == "old")
    }

    @Test(
        arguments: [
            ("loop", "leads back to itself"), ("dangling", "which is not there"), ("folder", "is not a file"),
            ("device", "is not a file"), ("to-device", "is not a file"), ("../loop", "leads out of the archive"),
        ]
    )
    func refusesToOpen(path: String, problem: String) throws {
        let bytes =
            TarArchive.member("loop", type: "2", link: "pool") + TarArchive.member("pool", type: "2", link: "./loop")
            + TarArchive.member("dangling", type: "2", link: "nothing") + TarArchive.member("folder/", type: "5")
            + TarArchive.member("device", type: "3") + TarArchive.member("to-device", type: "2", link: "device")
            + TarArchive.end
        let index = try index(bytes)
        let error = #expect(throws: TarError.self) { try index.file(path) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test func numbersOfHeadersAreBounded() throws {
        let bytes = (0..<20).flatMap { TarArchive.member("file-\($0)") } + TarArchive.end
        #expect(try index(bytes, limits: .init(headers: 20)).members.count == 20)
        #expect(throws: TarError("it has more than 19 members")) { try index(bytes, limits: .init(headers: 19)) }
        #expect(throws: TarError("its headers are impossibly large")) {
            try index(bytes, limits: .init(headerBytes: 100))
        }
    }

    @Test func anEndMarkMayBeMissing() throws {
        let bytes = TarArchive.member("a", contents: Array("hello".utf8))
        #expect(try index(bytes).members.count == 1)
        // So may the padding of the last member, as some programs write it.
        #expect(try index(Array(bytes[..<517])).members == ["a": .file(offset: 512, size: 5)])
    }

    @Test func bigSizesAreRead() throws {
        let size: Int64 = 20 << 30
        let base256: [UInt8] = [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * $0)) }
        let header = TarArchive.member("big", size: base256)
        #expect(try TarHeader(parsing: header).size == size)
        var member = TarHeader(name: "big", kind: .file, size: size)
        // What does not fit into the header's digits is in a record.
        #expect(try TarHeader(parsing: member.block).size == TarHeader.largestOctalSize)
        member.size = 5
        #expect(try TarHeader(parsing: member.block) == member)
        let record = PaxRecords.record("size", String(size))
        #expect(try PaxRecords(parsing: record).size() == size)
    }

    /// Whatever is changed in an archive, reading it ends with an answer or an error, and never leaves its bounds.
    @Test func damageIsNeverFatal() throws {
        let bytes =
            TarArchive.member("x", type: "x", contents: Array("11 path=ab\n".utf8))
            + TarArchive.member("a", contents: Array("hello".utf8)) + TarArchive.member("b", type: "2", link: "a")
            + TarArchive.end
        var random = SystemRandomNumberGenerator()
        var outcomes = (read: 0, refused: 0)
        for _ in 0..<3000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let content = MemoryContent(Array(damaged.prefix(Int.random(in: 0...damaged.count, using: &random))))
            if let index = try? TarIndex(reading: content) {
                outcomes.read += 1
                for name in index.members.keys {
                    guard let file = try? index.file(name) else { continue }
                    #expect(file.offset + file.size <= content.size)
                }
            } else {
                outcomes.refused += 1
            }
        }
        #expect(outcomes.read > 0 && outcomes.refused > 0)
    }
}

@Suite struct TarStreamTests {
    @Test func tarReadsWhatItWrites() async throws {
        try await withTemporaryDirectory { folder in
            let long = "blobs/sha512/" + String(repeating: "0a", count: 64)
            let files = [(long, "long"), ("index.json", "{}"), ("blobs/sha256/b", ""), ("a", "512".padded(to: 512))]
            let stream = TarStream(files.map { TarMember(path: $0.0, bytes: Array($0.1.utf8)) })
            var bytes: [UInt8] = []
            for try await chunk in stream { bytes += chunk.readableBytesView }
            #expect(Int64(bytes.count) == stream.size)
            let archive = try folder.write("a.tar", bytes)
            let listed = try await run("tar", ["-tf", archive.string]).requireSuccess()
            #expect(listed.standardError.isEmpty)
            #expect(
                listed.standardOutput.split(separator: "\n").map(String.init)
                    == ["a", "blobs/", "blobs/sha256/", "blobs/sha256/b", "blobs/sha512/", long, "index.json"]
            )
            _ = try folder.makeDirectory("out")
            try await run("tar", ["-xf", archive.string, "-C", "\(folder)/out"]).requireSuccess()
            for (path, text) in files { #expect(try folder.appending("out/\(path)").readText() == text) }
            let index = try TarIndex(reading: MemoryContent(bytes))
            #expect(try index.file(long)?.size == 4)
        }
    }

    @Test func contentOfAnotherSizeIsNoticed() async throws {
        let short = ContentChunks(MemoryContent([1, 2, 3]), offset: 0, size: 9)
        let stream = TarStream([TarMember(path: "a", size: 9, content: short)])
        let error = try await failure { for try await _ in stream {} }
        #expect(error?.description == "a has 3 bytes, not 9: it changed while it was read")
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String { self + String(repeating: " ", count: count - utf8.count) }
}
