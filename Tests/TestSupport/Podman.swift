import FoundationEssentials
import Subprocess
package import SystemPackage

/// The programs `podman` and `buildah` with a storage of their own, and podman's service as a container engine.
package struct Podman: Sendable {
    /// Where everything of it lies.
    package let folder: FilePath

    /// Uses a folder, which should be empty.
    package init(in folder: FilePath) {
        self.folder = folder
    }

    /// The address of the service, as `DOCKER_HOST` has it.
    package var address: String { "unix://\(socket)" }

    private var socket: FilePath { folder.appending("engine.sock") }

    private var storage: [String] {
        ["--root", "\(folder)/root", "--runroot", "\(folder)/run", "--storage-driver", "vfs"]
    }

    /// Runs podman.
    ///
    /// - Parameter arguments: the arguments behind those that name the storage.
    /// - Returns: what it wrote to standard output, without white space at its end.
    /// - Throws: `CommandError`.
    @discardableResult
    package func callAsFunction(_ arguments: String...) async throws -> String {
        try await output("podman", arguments)
    }

    /// Runs buildah on the same storage.
    ///
    /// - Parameter arguments: the arguments behind those that name the storage.
    /// - Returns: what it wrote to standard output, without white space at its end.
    /// - Throws: `CommandError`.
    @discardableResult
    package func buildah(_ arguments: String...) async throws -> String {
        try await output("buildah", arguments)
    }

    private func output(_ program: String, _ arguments: [String]) async throws -> String {
        // An empty home keeps the configuration of the user away.
        let result = try await run(program, storage + arguments, environment: ["HOME": folder.string])
        let text = try result.requireSuccess().standardOutput
        return String(text.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Runs a body while podman's service listens, which is killed afterwards.
    ///
    /// - Parameter body: what needs the engine.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or the failure to start.
    package func serving<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let log = try FileDescriptor.open(
            folder.appending("engine.log"),
            .writeOnly,
            options: [.create, .append, .closeOnExec],
            permissions: .ownerReadWrite
        )
        defer { try? log.close() }
        return try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(
                ["-c", launcher, "podman"] + storage + ["system", "service", "--time", "0", address]
            ),
            environment: .inherit.updating(["HOME": folder.string]),
            platformOptions: .ownSession,
            input: .inputWriter,
            output: .fileDescriptor(log, closeAfterSpawningProcess: false),
            error: .fileDescriptor(log, closeAfterSpawningProcess: false)
        ) { execution in
            for _ in 0..<3000 where !socket.exists { try await Task.sleep(for: .milliseconds(10)) }
            let value: Value
            do {
                value = try await body()
            } catch {
                await execution.teardown(using: [TeardownStep].killGroup)
                throw error
            }
            await execution.teardown(using: [TeardownStep].killGroup)
            return value
        }.closureResult
    }
}

/// Starts the service and kills it when its standard input ends, should this process crash.
private let launcher = """
    exec 3<&0
    podman "$@" 3<&- </dev/null &
    engine=$!
    { cat <&3; kill -KILL "$engine"; } >/dev/null 2>&1 &
    exec 3<&-
    wait "$engine"
    """

/// Runs a body with podman and a new, empty storage.
///
/// - Parameter body: what needs it.
/// - Returns: what the body returns.
/// - Throws: what the body throws.
package func withPodman<Value>(_ body: (_ podman: Podman) async throws -> Value) async throws -> Value {
    try await withTemporaryDirectory { folder in try await body(Podman(in: folder)) }
}
