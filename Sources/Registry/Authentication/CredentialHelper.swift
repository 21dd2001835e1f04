import FoundationEssentials
import OCI
import Subprocess
import SystemPackage

/// A program that keeps credentials, `docker-credential-NAME`.
///
/// The protocol is that of docker-credential-helpers: one action as argument, the question on standard input, the
/// answer on standard output, also the words that tell why there is none.
package struct CredentialHelper: Hashable, Sendable {
    /// The name without `docker-credential-`.
    let name: String

    /// Takes the name that a credential file has.
    ///
    /// - Parameters:
    ///   - name: a plain component of a file's name, so that no file can have any program run.
    ///   - file: the credential file, for the error.
    /// - Throws: `RegistryError` of kind `invalidFile`.
    init(name: String, from file: String) throws(RegistryError) {
        let isPlain = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "._-".utf8.contains(byte)
        }
        guard isPlain, !name.isEmpty, name.utf8.count <= 128 else {
            throw RegistryError(
                .invalidFile,
                "the credential file \(file) names a helper by what is no program's name",
                hint: "credsStore and credHelpers hold NAME of a program docker-credential-NAME"
            )
        }
        self.name = name
    }

    /// The program's name.
    package var program: String { "docker-credential-\(name)" }

    /// Asks for the credential of a registry.
    ///
    /// - Returns: the credential; nil where the helper has none.
    /// - Throws: `RegistryError` that names the program, and never what it said, which may be secret.
    func credential(for registry: RegistryHost, _ programs: HelperPrograms) async throws -> Credential? {
        let answer = try await run("get", Array(registry.credentialKey.utf8), programs)
        guard answer.isSuccess else {
            if answer.saysNotFound { return nil }
            throw failure("failed", registry)
        }
        guard let found = try? JSONDecoder().decode(Entry.self, from: Data(answer.output)) else {
            throw failure("answered with what is no credential", registry)
        }
        guard !found.secret.isEmpty else { return nil }
        // The name that tells an identity token from a password.
        return found.user == Self.tokenUser
            ? .identityToken(user: nil, Secret(found.secret))
            : .password(user: found.user, Secret(found.secret))
    }

    /// Gives a credential to the program to keep.
    ///
    /// - Throws: `RegistryError` that names the program.
    func store(_ credential: Credential, for registry: RegistryHost, _ programs: HelperPrograms) async throws {
        let entry =
            switch credential {
            case .password(let user, let password):
                Entry(server: registry.credentialKey, user: user, secret: password.value)
            case .identityToken(_, let token), .registryToken(let token):
                Entry(server: registry.credentialKey, user: Self.tokenUser, secret: token.value)
            }
        let answer = try await run("store", Array(try JSONEncoder().encode(entry)), programs)
        guard answer.isSuccess else { throw failure("did not keep the credentials", registry) }
    }

    /// Has the program forget a registry's credential.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `RegistryError` that names the program.
    func erase(_ registry: RegistryHost, _ programs: HelperPrograms) async throws -> Bool {
        guard try await credential(for: registry, programs) != nil else { return false }
        let answer = try await run("erase", Array(registry.credentialKey.utf8), programs)
        guard answer.isSuccess || answer.saysNotFound else {
            throw failure("did not forget the credentials", registry)
        }
        return true
    }

    private static let tokenUser = "<token>"

    /// The form of questions and answers.
    private struct Entry: Codable {
        var server: String?
        let user: String
        let secret: String

        enum CodingKeys: String, CodingKey {
            case server = "ServerURL"
            case user = "Username"
            case secret = "Secret"
        }
    }

    private struct Answer {
        let isSuccess: Bool
        let output: [UInt8]

        var saysNotFound: Bool {
            let words = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            return words.joined(separator: " ") == "credentials not found in native keychain"
        }
    }

    private func failure(_ problem: String, _ registry: RegistryHost) -> RegistryError {
        RegistryError(
            .unauthorized,
            "the credential helper \(program) \(problem) for \(registry)",
            hint: "run `echo \(registry.credentialKey) | \(program) get` to see what it says"
        )
    }

    private func run(_ action: String, _ input: [UInt8], _ programs: HelperPrograms) async throws -> Answer {
        var options = PlatformOptions()
        // In a group of its own, so that what it has started ends with it.
        options.processGroupID = 0
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        let path: [Environment.Key: String?] = programs.path.map { ["PATH": $0] } ?? [:]
        let configuration = Configuration(
            executable: .name(program),
            arguments: [action],
            environment: .inherit.updating(path),
            platformOptions: options
        )
        do {
            return try await withThrowingTaskGroup(of: Answer?.self) { group in
                group.addTask { try await Self.run(configuration, input) }
                group.addTask {
                    try await Task.sleep(for: programs.timeLimit)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let answer = first else {
                    throw RegistryError(
                        .timedOut,
                        "the credential helper \(program) did not answer within \(programs.timeLimit.inSeconds) s",
                        hint: "it may be waiting for a password or a key to be unlocked; unlock it, then run again"
                    )
                }
                return answer
            }
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw RegistryError(
                .unauthorized,
                "the credential helper \(program) is not installed",
                hint: "install it, or name a file that holds the credentials with --authfile"
            )
        } catch let error as SubprocessError {
            let problem =
                error.code == .outputLimitExceeded ? "answered with more than a credential" : "could not be run"
            throw RegistryError(
                .unauthorized,
                "the credential helper \(program) \(problem)",
                hint: "check that it runs: `\(program) version`"
            )
        }
    }

    private static func run(_ configuration: Subprocess.Configuration, _ input: [UInt8]) async throws -> Answer {
        // A pipe that is full before the program starts: one that reads nothing of it and ends is no failure then.
        let pipe = try FileDescriptor.pipe()
        do {
            defer { try? pipe.writeEnd.close() }
            guard input.count <= 1 << 15 else {
                throw RegistryError(.tooLarge, "a credential of more than 32 KiB is too large for a helper")
            }
            try pipe.writeEnd.writeAll(input)
        } catch {
            try? pipe.readEnd.close()
            throw error
        }
        let result = try await Subprocess.run(
            configuration,
            input: .fileDescriptor(pipe.readEnd, closeAfterSpawningProcess: true),
            output: .bytes(limit: SizeLimit.message),
            // Where it may hold what is secret.
            error: .discarded
        )
        return Answer(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
    }
}
