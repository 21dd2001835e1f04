import FoundationEssentials
package import SystemPackage

extension FilePath {
    /// Writes a file below this folder, replacing one that is there and creating the folders on the way.
    ///
    /// - Parameters:
    ///   - name: the file's path, relative to this folder.
    ///   - contents: the bytes of the file.
    ///   - permissions: the mode of a new file.
    /// - Returns: the path of the file.
    /// - Throws: the file system's failure.
    @discardableResult
    package func write(
        _ name: String,
        _ contents: [UInt8],
        permissions: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
    ) throws -> FilePath {
        let path = appending(name)
        try FileManager.default.createDirectory(
            atPath: path.removingLastComponent().string,
            withIntermediateDirectories: true
        )
        let file = try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: permissions
        )
        try file.closeAfter { _ = try file.writeAll(contents) }
        return path
    }

    /// Writes a text file in UTF-8 below this folder; see the function for bytes.
    ///
    /// - Parameters:
    ///   - name: the file's path, relative to this folder.
    ///   - text: the content of the file.
    ///   - permissions: the mode of a new file.
    /// - Returns: the path of the file.
    /// - Throws: the file system's failure.
    @discardableResult
    package func write(
        _ name: String,
        _ text: String,
        permissions: FilePermissions = [.ownerReadWrite, .groupRead, .otherRead]
    ) throws -> FilePath {
        try write(name, Array(text.utf8), permissions: permissions)
    }

    /// Creates a folder below this one, with the folders on the way.
    ///
    /// - Parameter name: the folder's path, relative to this folder.
    /// - Returns: the path of the folder.
    /// - Throws: the file system's failure.
    @discardableResult
    package func makeDirectory(_ name: String) throws -> FilePath {
        let path = appending(name)
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
        return path
    }

    /// Reads the whole file at this path.
    ///
    /// - Returns: the bytes of the file.
    /// - Throws: the file system's failure.
    package func readBytes() throws -> [UInt8] {
        let file = try FileDescriptor.open(self, .readOnly, options: .closeOnExec)
        return try file.closeAfter {
            var contents: [UInt8] = []
            while true {
                let chunk = try [UInt8](unsafeUninitializedCapacity: 1 << 18) { buffer, count in
                    count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                guard !chunk.isEmpty else { return contents }
                contents += chunk
            }
        }
    }

    /// Reads the whole file at this path as UTF-8; what is not UTF-8 is shown as U+FFFD.
    ///
    /// - Returns: the text of the file.
    /// - Throws: the file system's failure.
    package func readText() throws -> String {
        String(decoding: try readBytes(), as: UTF8.self)
    }

    /// Whether a file or folder exists at this path.
    package var exists: Bool { FileManager.default.fileExists(atPath: string) }
}
