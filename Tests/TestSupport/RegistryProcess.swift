import Subprocess
import SystemPackage

/// Runs a body with a real registry, which is killed and removed afterwards.
///
/// - Parameters:
///   - setup: how the registry lets clients in.
///   - allowsDeletion: whether manifests and blobs can be deleted.
///   - storage: where the registry keeps its content.
///   - body: what needs the registry.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or `DockerRegistryError` if the registry does not start, or ends before its time.
package func withDockerRegistry<Value: Sendable>(
    _ setup: RegistrySetup,
    allowsDeletion: Bool = true,
    storage: RegistryStorage = .memory,
    _ body: (_ registry: DockerRegistry) async throws -> Value
) async throws -> Value {
    func run(_ issuer: TokenIssuer?) async throws -> Value {
        try await withTemporaryDirectory { directory in
            let files = RegistryFiles(directory: directory)
            let prepared = try await files.prepare(
                setup,
                allowsDeletion: allowsDeletion,
                storage: storage,
                issuer: issuer
            )
            return try await withRegistryProcess(prepared.configuration, files) { address in
                let registry = DockerRegistry(
                    address: address,
                    certificateAuthority: prepared.certificateAuthority,
                    clientCertificate: prepared.client,
                    tokenIssuer: issuer,
                    files: files
                )
                return try await body(registry)
            }
        }
    }
    guard case .token(let policy) = setup else { return try await run(nil) }
    return try await withTokenIssuer(policy) { issuer in try await run(issuer) }
}

/// Starts the registry and, while the shell waits for its end, reads its standard input to the end.
///
/// The other end of that pipe is ours: should this process crash, the pipe closes and the registry is killed all the
/// same.
private let launcher = """
    exec 3<&0
    docker-registry serve "$0" 3<&- </dev/null &
    registry=$!
    { cat <&3; kill -KILL "$registry"; } >/dev/null 2>&1 &
    exec 3<&-
    wait "$registry"
    echo "\(endMark): $?" >&2
    """

/// What the log ends with once the registry is gone.
private let endMark = "docker-registry ended"

/// Runs a body with the address of a registry process, which is killed afterwards.
private func withRegistryProcess<Value: Sendable>(
    _ configuration: FilePath,
    _ files: RegistryFiles,
    _ body: (_ address: String) async throws -> Value
) async throws -> Value {
    let accessLog = try FileDescriptor.open(files.accessLog, .writeOnly, options: [.append, .closeOnExec])
    defer { try? accessLog.close() }
    let log = try FileDescriptor.open(files.log, .writeOnly, options: [.append, .closeOnExec])
    defer { try? log.close() }
    return try await Subprocess.run(
        .name("sh"),
        arguments: ["-c", launcher, configuration.string],
        platformOptions: .ownSession,
        input: .inputWriter,
        output: .fileDescriptor(accessLog, closeAfterSpawningProcess: false),
        error: .fileDescriptor(log, closeAfterSpawningProcess: false)
    ) { execution in
        let value: Value
        do {
            value = try await body(try await address(in: files))
        } catch let error as DockerRegistryError {
            throw error
        } catch {
            try requireRunning(files, after: error)
            throw error
        }
        try requireRunning(files, after: nil)
        await execution.teardown(using: [TeardownStep].killGroup)
        return value
    }.closureResult
}

/// Waits until the registry reports its address.
private func address(in files: RegistryFiles) async throws -> String {
    for _ in 0..<3000 {
        let log = try files.log.readText()
        let words = log.split(whereSeparator: \.isWhitespace)
        if let index = words.firstIndex(of: #"msg="listening"#), index + 2 < words.count {
            return String(words[index + 2].prefix { $0 != "\"" && $0 != "," })
        }
        guard !log.contains(endMark) else {
            throw DockerRegistryError(reason: "the registry did not start", log: log)
        }
        try await Task.sleep(for: .milliseconds(10))
    }
    throw DockerRegistryError(reason: "the registry did not listen in 30 seconds", log: try files.log.readText())
}

/// Throws if the registry has ended before its time, as that explains failures better than they do themselves.
private func requireRunning(_ files: RegistryFiles, after error: (any Error)?) throws {
    let log = try files.log.readText()
    guard !log.contains(endMark) else {
        let consequence = error.map { ", which led to: \($0)" } ?? ""
        throw DockerRegistryError(reason: "the registry ended during the test" + consequence, log: log)
    }
}
