import FoundationEssentials
import OCI
import Registry
import SystemPackage
import TestSupport
import Testing

/// `tagboat login` and `tagboat logout` against a real registry with a password, over TLS.
@Suite(.dockerRegistry(.passwordOverTLS(user: "ada", password: "p:ss wörd"))) struct LoginTests {
    private static let password = "p:ss wörd"

    /// Runs a body with a home that trusts the registry, as docker's own files say it.
    private func withHome(_ body: (Checkout, DockerRegistry, FilePath) async throws -> Void) async throws {
        let registry = try DockerRegistry.required()
        try await withTemporaryDirectory { root in
            let home = Checkout(root: root)
            _ = try root.makeDirectory("app")
            let authority = try #require(registry.certificateAuthority).readText()
            _ = try root.write(".docker/certs.d/\(registry.address)/ca.crt", authority)
            try await body(home, registry, root.appending(".docker/config.json"))
        }
    }

    private func login(
        _ home: Checkout,
        _ arguments: String...,
        password: String = LoginTests.password,
        environment: [String: String?] = [:]
    ) async throws -> CommandResult {
        let command = ["login", "--username", "ada", "--password-stdin"] + arguments
        return try await run(
            Program.path,
            command,
            in: home.folder,
            environment: home.environment(environment),
            input: Array(password.utf8)
        )
    }

    @Test(arguments: ["", "\n", "\r\n"])
    func whatItKeepsServesARun(lineEnd: String) async throws {
        try await withHome { home, registry, file in
            let address = registry.address
            let result = try await login(home, address, password: Self.password + lineEnd)
            #expect(result.exitCode == 0, "\(result)")
            #expect(result.standardError == "logged in to \(address) as ada; \(file) keeps it, unencrypted\n")
            #expect(result.standardOutput.isEmpty)
            let verified = try await home.tagboat("verify", "--image", "\(address)/acme/none")
            #expect(verified.exitCode == 0, "\(verified)")

            let out = try await home.tagboat("logout", address)
            #expect(out.exitCode == 0)
            #expect(out.standardError == "logged out of \(address); \(file) keeps it no longer\n")
            let refused = try await home.tagboat("verify", "--image", "\(address)/acme/none")
            #expect(refused.exitCode == 4)
            #expect(refused.standardError.contains("hint: log in with `tagboat login \(address)`"))
            let again = try await home.tagboat("logout", address)
            #expect(again.exitCode == 0)
            #expect(again.standardError == "not logged in to \(address): \(file) has no credentials for it\n")
        }
    }

    @Test func aWrongPasswordIsNotKept() async throws {
        try await withHome { home, registry, file in
            let result = try await login(home, registry.address, password: "hunter2")
            #expect(result.exitCode == 4)
            #expect(result.standardError.contains("does not accept the credentials of user ada"))
            #expect(!result.standardError.contains("hunter2"))
            #expect(!file.exists)
            let before = #"{"auths":{"\#(registry.address)":{"auth":"eDp5"}}}"#
            _ = try home.root.write(".docker/config.json", before)
            #expect(try await login(home, registry.address, password: "hunter2").exitCode == 4)
            #expect(try file.readText() == before)
        }
    }

    @Test func theFileThatIsNamedIsTheOneThatIsWritten() async throws {
        try await withHome { home, registry, file in
            let named = home.root.appending("named.json")
            let result = try await login(home, registry.address, "--authfile", named.string)
            #expect(result.exitCode == 0, "\(result)")
            #expect(named.exists && !file.exists)
            let login = try await run("skopeo", ["login", "--get-login", "--authfile", named.string, registry.address])
            #expect(login.standardOutput == "ada\n")
            let variable = home.root.appending("variable.json")
            let second = try await self.login(
                home,
                registry.address,
                environment: ["REGISTRY_AUTH_FILE": variable.string]
            )
            #expect(second.exitCode == 0 && variable.exists && !file.exists)
            let all = try await home.tagboat("logout", "--all", "--authfile", named.string)
            #expect(all.standardError == "logged out of \(registry.address)\n")
            #expect(try named.readText() == "{\n\t\"auths\": {}\n}\n")
        }
    }

    @Test func aFileThatIsAskedBeforeIsTold() async throws {
        try await withHome { home, registry, file in
            let other = #"{"auths":{"\#(registry.address)":{"auth":"eDp5"}}}"#
            let path = try home.root.write("run/containers/auth.json", other)
            let result = try await login(home, registry.address)
            #expect(result.exitCode == 0)
            #expect(result.standardError.contains("warning: \(path) has other credentials for \(registry.address)"))
            let out = try await home.tagboat("logout", registry.address)
            #expect(out.standardError.contains("warning: \(path) still has credentials for \(registry.address)"))
            #expect(file.exists)
        }
    }

    @Test func aHelperKeepsItWhereTheFileSaysSo() async throws {
        try await withHome { home, registry, file in
            let program = try await CredentialProgram("keep", in: home.root.appending("bin").created())
            _ = try home.root.write(".docker/config.json", #"{"credsStore":"keep"}"#)
            let path = ["PATH": "\(program.folder):/usr/bin:/bin"]
            let result = try await login(home, registry.address, environment: path)
            #expect(
                result.standardError
                    == "logged in to \(registry.address) as ada; docker-credential-keep keeps it\n"
            )
            #expect(try file.readText().contains("\"\(registry.address)\": {}"))
            let image = "\(registry.address)/acme/none"
            let verified = try await home.tagboat(["verify", "--image", image], environment: path)
            #expect(verified.exitCode == 0, "\(verified)")
            let absent = try await home.tagboat("verify", "--image", image)
            #expect(absent.exitCode == 4)
            #expect(absent.standardError.contains("docker-credential-keep is not installed"))
            _ = try await home.tagboat(["logout", registry.address], environment: path).requireSuccess()
            #expect(program.log.last == "erase \(registry.address)")
        }
    }

    struct Mistake: Sendable {
        let arguments: [String]
        let words: String
        var input = "secret"
    }

    @Test(arguments: [
        Mistake(arguments: ["login"], words: "<registry>"),
        Mistake(arguments: ["login", "r.io"], words: "there is no terminal to ask for the password on"),
        Mistake(arguments: ["login", "r.io", "--password-stdin"], words: "--password-stdin needs --username"),
        Mistake(arguments: ["login", "r.io", "-u", "a:b", "--password-stdin"], words: "neither colons"),
        Mistake(arguments: ["login", "r.io", "-u", "a", "--password-stdin"], words: "no password", input: "\n"),
        Mistake(arguments: ["login", "r.io/team", "-u", "a", "--password-stdin"], words: "r.io/team"),
        Mistake(arguments: ["logout"], words: "name either a registry or --all"),
        Mistake(arguments: ["logout", "r.io", "--all"], words: "name either a registry or --all"),
    ])
    func mistakes(example: Mistake) async throws {
        try await withTemporaryDirectory { root in
            let home = Checkout(root: root)
            let result = try await run(
                Program.path,
                example.arguments,
                in: root,
                environment: home.environment([:]),
                input: Array(example.input.utf8)
            )
            #expect(result.exitCode == 2)
            #expect(result.standardError.contains(example.words), "\(result.standardError)")
            #expect(!result.standardError.contains("secret"))
        }
    }

    @Test func asksOnATerminalAndShowsNoPassword() async throws {
        try await withHome { home, registry, file in
            let code = try await PseudoTerminal.run(
                Program.path,
                ["login", registry.address],
                environment: home.environment([:])
            ) { terminal, _ in
                try await terminal.read(until: "User for \(registry.address): ")
                #expect(terminal.isEchoing)
                try terminal.type("ada\n")
                try await terminal.read(until: "Password of ada: ")
                #expect(!terminal.isEchoing)
                try terminal.type(Self.password + "\n")
                let shown = try await terminal.read(until: "unencrypted")
                #expect(!shown.contains("wörd"))
                #expect(shown.contains("logged in to \(registry.address) as ada"))
                #expect(terminal.isEchoing)
            }
            #expect(code == 0)
            #expect(file.exists)
        }
    }

    @Test func aSignalGivesTheTerminalBack() async throws {
        try await withHome { home, registry, file in
            var isEchoing = false
            let code = try await PseudoTerminal.run(
                Program.path,
                ["login", registry.address, "-u", "ada"],
                environment: home.environment([:])
            ) { terminal, terminate in
                try await terminal.read(until: "Password of ada: ")
                #expect(!terminal.isEchoing)
                try terminate()
                for _ in 0..<300 where !isEchoing {
                    isEchoing = terminal.isEchoing
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            #expect(isEchoing)
            #expect(code == 128 + 15)
            #expect(!file.exists)
        }
    }
}

/// Logging in where tokens are handed out.
@Suite struct TokenLoginTests {
    @Test func theTokenServerJudges() async throws {
        let users = RegistrySetup.token(users: TokenUser("ada", password: "s", [.everything]))
        try await withDockerRegistry(users) { registry in
            try await withTemporaryDirectory { root in
                let home = Checkout(root: root)
                for (password, code) in [("wrong", 4), ("s", 0)] as [(String, Int32)] {
                    let result = try await run(
                        Program.path,
                        ["login", registry.address, "-u", "ada", "--password-stdin"],
                        in: root,
                        environment: home.environment([:]),
                        input: Array(password.utf8)
                    )
                    #expect(result.exitCode == code, "\(result)")
                    #expect(root.appending(".docker/config.json").exists == (code == 0))
                }
            }
        }
    }

    @Test func aRefreshTokenIsKeptInPlaceOfThePassword() async throws {
        try await withTestServer { request in
            if request.path == "/token" {
                return TestResponse(200, json: #"{"token":"good","refresh_token":"refresh-me"}"#)
            }
            if request.headers["Authorization"] == "Bearer good" { return TestResponse(200, json: "{}") }
            let realm = "http://\(request.headers["Host"] ?? "")/token"
            return TestResponse(401, headers: ["WWW-Authenticate": #"Bearer realm="\#(realm)",service="x""#])
        } _: { server in
            try await withTemporaryDirectory { root in
                let home = Checkout(root: root)
                let result = try await run(
                    Program.path,
                    ["login", server.address, "-u", "ada", "--password-stdin"],
                    in: root,
                    environment: home.environment([:]),
                    input: Array("hunter2".utf8)
                )
                #expect(result.exitCode == 0, "\(result)")
                let text = try root.appending(".docker/config.json").readText()
                #expect(text.contains(#""identitytoken": "refresh-me""#))
                let asked = try #require(server.requests.first { $0.path == "/token" })
                #expect(asked.queryValues("offline_token") == ["true"])
                #expect(asked.queryValues("scope").isEmpty)
            }
        }
    }

    @Test func aRegistryThatAsksNobodyIsTold() async throws {
        try await withDockerRegistry(.open) { registry in
            try await withTemporaryDirectory { root in
                let home = Checkout(root: root)
                let result = try await run(
                    Program.path,
                    ["login", registry.address, "-u", "ada", "--password-stdin"],
                    in: root,
                    environment: home.environment([:]),
                    input: Array("x".utf8)
                )
                #expect(result.exitCode == 0)
                #expect(result.standardError.hasPrefix("warning: \(registry.address) asks nobody for credentials"))
            }
        }
    }
}

extension FilePath {
    /// The same folder, which is there now.
    fileprivate func created() throws -> FilePath {
        try removingLastComponent().makeDirectory(lastComponent?.string ?? "")
    }
}
