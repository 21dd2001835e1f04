import FoundationEssentials
import Registry
import SystemPackage
import TestSupport
import Testing

@testable import Release

/// All files or none, whatever stands in the way.
@Suite struct FileTransactionTests {
    /// What a folder holds, hidden files among it.
    private func names(_ folder: FilePath) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func writesEveryFileAndLeavesNothingElse() async throws {
        try await withTemporaryDirectory { folder in
            let first = try folder.write("a", "old a", permissions: [.ownerReadWrite, .ownerExecute, .groupRead])
            let second = folder.appending("b")
            try FileTransaction([FileChange(first, bytes("new a")), FileChange(second, bytes("new b"))]).run()
            #expect(try first.readText() == "new a")
            #expect(try second.readText() == "new b")
            #expect(try names(folder) == ["a", "b"])
            let modes = try await run("stat", ["-c", "%a", "a", "b"], in: folder).standardOutput
            #expect(modes == "740\n644\n")
        }
    }

    @Test func replacesTheFileBehindALink() async throws {
        try await withTemporaryDirectory { folder in
            let real = try folder.write("real/a", "old")
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending("a").string,
                withDestinationPath: "real/a"
            )
            let written = try FileTransaction([FileChange(folder.appending("a"), bytes("new"))]).run()
            #expect(try real.readText() == "new")
            try written.putBack()
            #expect(try real.readText() == "old")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.appending("a").string) == "real/a")
            #expect(try names(folder.appending("real")) == ["a"])
        }
    }

    @Test func putsBackWhatWasWritten() async throws {
        try await withTemporaryDirectory { folder in
            let first = try folder.write("a", "old", permissions: [.ownerReadWrite, .otherRead])
            let before = try await run("stat", ["-c", "%a %i %Y", "a"], in: folder).standardOutput
            let changes = [FileChange(first, bytes("new")), FileChange(folder.appending("b"), bytes("new"))]
            let written = try FileTransaction(changes).run()
            #expect(try names(folder).count == 3)
            try written.putBack()
            #expect(try first.readText() == "old")
            // The very same file, not a copy.
            #expect(try await run("stat", ["-c", "%a %i %Y", "a"], in: folder).standardOutput == before)
            #expect(try names(folder) == ["a"])
        }
    }

    /// Where the folder takes no file, nothing changes, not even the files before it.
    @Test func aFolderThatTakesNoFileStopsEverything() async throws {
        try await withTemporaryDirectory { folder in
            let first = try folder.write("a", "old")
            // Not even root makes files there.
            for place: FilePath in [folder.appending("missing/b"), "/proc/self/b"] {
                let changes = [FileChange(first, bytes("new")), FileChange(place, bytes("new"))]
                let error = #expect(throws: FileFailure.self) { try FileTransaction(changes).run() }
                #expect(error?.path == place)
                #expect(try first.readText() == "old")
                #expect(try names(folder) == ["a"])
            }
        }
    }

    /// What fails between the first and the last renaming is undone.
    @Test func aFailureOnTheWayPutsBackTheRest() async throws {
        try await withTemporaryDirectory { folder in
            let first = try folder.write("a", "old a")
            let blocked = try folder.write("b", "old b")
            let changes = [
                FileChange(first, bytes("new")), FileChange(folder.appending("new"), bytes("new")),
                FileChange(blocked, bytes("new")),
            ]
            do {
                let prepared = try FileTransaction(changes).prepare()
                // A folder in the file's place cannot be replaced by a file.
                try FileManager.default.removeItem(atPath: blocked.string)
                try folder.write("b/c", "full")
                #expect(throws: FileFailure.self) { try prepared.commit() }
            }
            #expect(try first.readText() == "old a")
            #expect(try names(folder) == ["a", "b"])
            #expect(try names(folder.appending("b")) == ["c"])
        }
    }

    @Test func twoContentsForOneFileAreRefused() async throws {
        try await withTemporaryDirectory { folder in
            let file = try folder.write("a", "old")
            try FileManager.default.createSymbolicLink(atPath: folder.appending("b").string, withDestinationPath: "a")
            let changes = [FileChange(file, bytes("new")), FileChange(folder.appending("b"), bytes("newer"))]
            #expect(throws: FileFailure.self) { try FileTransaction(changes).run() }
            #expect(try file.readText() == "old")
            #expect(throws: FileFailure.self) { try FileTransaction([FileChange("/dev/null", [])]).run() }
            #expect(throws: FileFailure.self) { try FileTransaction([FileChange(folder, [])]).run() }
        }
    }
}
