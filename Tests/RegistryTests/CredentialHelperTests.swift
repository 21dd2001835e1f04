import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

/// Helper programs are real ones, shell scripts on a `PATH`.
@Suite struct CredentialHelperTests {
    private func programs(_ folder: FilePath, limit: Duration = .seconds(60)) -> HelperPrograms {
        HelperPrograms(path: "\(folder):/usr/bin:/bin", timeLimit: limit)
    }

    private let host = try? RegistryHost(parsing: "r.io:5000")

    @Test(arguments: [
        Credential.password(user: "ada", Secret(#"p:"ss\ wörd/+ "#)), .identityToken(user: nil, Secret("refresh-me")),
    ])
    func keepsAndGivesBack(credential: Credential) async throws {
        try await withTemporaryDirectory { folder in
            let program = try await CredentialProgram("test", in: folder)
            let helper = try CredentialHelper(name: "test", from: "x")
            let host = try #require(host)
            #expect(try await helper.credential(for: host, programs(folder)) == nil)
            #expect(try await !helper.erase(host, programs(folder)))
            try await helper.store(credential, for: host, programs(folder))
            #expect(try await helper.credential(for: host, programs(folder)) == credential)
            #expect(try await helper.credential(for: .dockerHub, programs(folder)) == nil)
            #expect(try await helper.erase(host, programs(folder)))
            #expect(try await helper.credential(for: host, programs(folder)) == nil)
            #expect(program.log.contains("get https://index.docker.io/v1/"))
            #expect(program.log.contains("store r.io:5000"))
        }
    }

    struct Failure: Sendable {
        let script: String
        let words: String
        var kind = RegistryError.Kind.unauthorized
    }

    @Test(arguments: [
        Failure(script: "echo hunter2; exit 3", words: "docker-credential-bad failed for r.io:5000"),
        Failure(script: "kill -9 $$", words: "docker-credential-bad failed"),
        Failure(script: "echo '{\"Secret\":\"hunter2\"'", words: "answered with what is no credential"),
        Failure(script: "echo '[\"hunter2\"]'", words: "answered with what is no credential"),
        Failure(script: "head -c 2000000 /dev/zero", words: "answered with more than a credential"),
        Failure(script: "exec sleep 600", words: "did not answer within 0.50 s", kind: .timedOut),
    ])
    func failuresNameTheProgramAndNothingItSaid(example: Failure) async throws {
        try await withTemporaryDirectory { folder in
            _ = try await CredentialProgram("bad", in: folder, script: example.script)
            let helper = try CredentialHelper(name: "bad", from: "x")
            let limit: Duration = example.kind == .timedOut ? .milliseconds(500) : .seconds(60)
            let start = ContinuousClock.now
            let error = try await failure {
                try await helper.credential(for: #require(host), programs(folder, limit: limit))
            }
            #expect(error?.kind == example.kind)
            #expect(error?.description.contains(example.words) == true, "\(String(describing: error))")
            #expect("\(String(describing: error))".contains("hunter2") == false)
            #expect(ContinuousClock.now - start < .seconds(50))
        }
    }

    @Test func whatAHelperHasStartedIsEndedWithIt() async throws {
        try await withTemporaryDirectory { folder in
            _ = try await CredentialProgram(
                "slow",
                in: folder,
                script: #"sleep 600 & echo $! >"$(dirname "$0")/child"; wait"#
            )
            let helper = try CredentialHelper(name: "slow", from: "x")
            let error = try await failure {
                try await helper.credential(for: #require(host), programs(folder, limit: .seconds(2)))
            }
            #expect(error?.kind == .timedOut)
            let child = try folder.appending("child").readText().filter(\.isNumber)
            var isRunning = true
            for _ in 0..<200 where isRunning {
                // Nobody may have taken notice of its end yet; then it has no command line any more.
                let line = try? FilePath("/proc/\(child)/cmdline").readText()
                isRunning = line?.isEmpty == false
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(!isRunning)
        }
    }

    @Test func aMissingProgramIsNamed() async throws {
        try await withTemporaryDirectory { folder in
            let helper = try CredentialHelper(name: "absent", from: "x")
            let error = try await failure { try await helper.credential(for: #require(host), programs(folder)) }
            #expect(error?.description == "the credential helper docker-credential-absent is not installed")
        }
    }

    @Test func aHelperThatReadsNothingIsNoFailure() async throws {
        try await withTemporaryDirectory { folder in
            _ = try await CredentialProgram(
                "deaf",
                in: folder,
                script: #"exec <&-; echo '{"Username":"ada","Secret":"s"}'"#
            )
            let helper = try CredentialHelper(name: "deaf", from: "x")
            let credential = try await helper.credential(for: #require(host), programs(folder))
            #expect(credential == .password(user: "ada", Secret("s")))
        }
    }

    @Test func aRunAsksOncePerRegistry() async throws {
        try await withTemporaryDirectory { folder in
            let program = try await CredentialProgram("test", in: folder)
            try await withDockerRegistry(.token(users: TokenUser("ada", password: "s", [.everything]))) { registry in
                let host = try RegistryHost(parsing: registry.address)
                let helper = try CredentialHelper(name: "test", from: "x")
                try await helper.store(.password(user: "ada", Secret("s")), for: host, programs(folder))
                let file = CredentialFiles.Source.inline(#"{"credsStore":"test"}"#, variable: "X")
                let credentials = CredentialFiles([file], programs: programs(folder))
                try await withClient(credentials: credentials) { client in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for index in 0..<6 {
                            let repository = try await client.repository("\(registry.address)/acme/r\(index)")
                            group.addTask { _ = try await repository.tags() }
                        }
                        try await group.waitForAll()
                    }
                }
                #expect(program.log == ["store \(host)", "get \(host)"])
                let header = try #require(registry.tokenIssuer?.requests.first?.headers["Authorization"])
                #expect(header == BasicAuthorization.header("ada", Secret("s")))
            }
        }
    }
}
