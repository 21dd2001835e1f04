import FoundationEssentials
package import SystemPackage

/// A storage of podman's and buildah's own for one test, chosen by variables of the environment, with a base image.
package struct BuilderStorage: Sendable {
    private let folder: FilePath

    /// Makes a storage in a folder.
    ///
    /// - Parameter folder: where everything of it lies.
    /// - Throws: the file system's failure.
    package init(in folder: FilePath) throws {
        self.folder = try folder.makeDirectory("storage")
        _ = try self.folder.write(
            "storage.conf",
            """
            [storage]
            driver = "vfs"
            graphroot = "\(self.folder)/root"
            runroot = "\(self.folder)/run"

            """
        )
    }

    /// The file that tells the programs where it is, for `CONTAINERS_STORAGE_CONF`.
    package var configuration: FilePath { folder.appending("storage.conf") }

    /// What makes the programs use it.
    package var environment: [String: String?] {
        [
            "CONTAINERS_STORAGE_CONF": configuration.string, "HOME": folder.string,
            "XDG_CACHE_HOME": "\(folder)/cache",
        ]
    }

    /// Runs one of the programs on this storage.
    ///
    /// - Parameters:
    ///   - program: `podman` or `buildah`.
    ///   - arguments: its arguments.
    /// - Returns: what it wrote to standard output, without white space at its end.
    /// - Throws: `CommandError`.
    @discardableResult
    package func callAsFunction(_ program: String, _ arguments: String...) async throws -> String {
        let text = try await run(program, arguments, environment: environment).requireSuccess().standardOutput
        return String(text.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Makes the image `localhost/base:1`, which has a shell and nothing else: the machine's own, with its libraries.
    package func makeBaseImage() async throws {
        let context = try folder.makeDirectory("base")
        let libraries = try await run("ldd", ["/bin/sh"]).requireSuccess().standardOutput
            .split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.hasPrefix("/") }
        for file in ["/bin/sh"] + libraries {
            let parent = FilePath("\(context)\(file)").removingLastComponent()
            try await run("mkdir", ["-p", parent.string]).requireSuccess()
            try await run("cp", ["--dereference", file, "\(context)\(file)"]).requireSuccess()
        }
        _ = try context.write("Dockerfile", "FROM scratch\nCOPY . /\n")
        try await self("buildah", "build", "--isolation", "chroot", "--tag", "localhost/base:1", context.string)
    }
}
