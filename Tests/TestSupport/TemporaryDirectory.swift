import FoundationEssentials
package import SystemPackage

/// Runs a body with a new, empty folder, which is removed with all its content afterwards.
///
/// - Parameter body: what needs the folder; its path is absolute.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to create the folder.
package func withTemporaryDirectory<Value>(
    _ body: (_ directory: FilePath) async throws -> Value
) async throws -> Value {
    let name = "tagboat-tests-" + String(UInt64.random(in: .min ... .max), radix: 36)
    let directory = FilePath(FileManager.default.temporaryDirectory.path).appending(name)
    try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory.string) }
    return try await body(directory)
}
