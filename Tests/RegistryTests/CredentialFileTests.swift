import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite struct CredentialFileTests {
    /// What a file says of a repository, in words.
    private func find(_ content: String, _ repository: String) throws -> [String] {
        let name = try RepositoryName(parsing: repository)
        return try CredentialFiles([.inline(content, variable: "TEST")]).findings(for: name.registry, name).map {
            switch $0.finding {
            case .credential(let credential): credential.user ?? credential.name
            case .helper(let helper): helper.program
            }
        }
    }

    private static func auth(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static let file = """
        {"auths": {
          "https://index.docker.io/v1/": {"auth": "\(auth("hub:h"))"},
          "r.io": {"auth": "\(auth("host:h"))"},
          "r.io/team": {"auth": "\(auth("team:t:with:colons"))"},
          "r.io/team/app": {"username": "app", "password": "a"},
          "https://r.local:5000/v2/": {"auth": "\(auth("local:l"))"},
          "empty.io": {},
          "acr.io": {"auth": "\(auth("0000:"))", "identitytoken": "refresh-me"},
          "token.io": {"identitytoken": "refresh-me"},
          "bearer.io": {"registrytoken": "as-it-is", "auth": "\(auth("x:y"))"}
        }, "credHelpers": {"ecr.io": "ecr-login", "https://index.docker.io/v1/": ""}, "credsStore": ""}
        """

    @Test(
        arguments: [
            ("ubuntu", "hub"), ("docker.io/acme/ui", "hub"), ("r.io/other", "host"), ("r.io/team/x", "team"),
            ("r.io/team/app", "app"), ("r.io/team/app/sub", "app"), ("r.io/teams/x", "host"),
            ("r.local:5000/x", "local"), ("acr.io/x", "0000"), ("token.io/x", "the identity token"),
            ("bearer.io/x", "the registry token"),
            ("r.local/x", nil), ("x.r.io/x", nil), ("empty.io/x", nil),
        ] as [(String, String?)]
    )
    func theLongestKeyThatCoversTheRepositoryWins(repository: String, found: String?) throws {
        #expect(try find(Self.file, repository) == [found].compactMap { $0 })
    }

    @Test func aPasswordMayHoldColons() throws {
        let name = try RepositoryName(parsing: "r.io/team/x")
        let findings = try CredentialFiles([.inline(Self.file, variable: "TEST")]).findings(for: name.registry, name)
        #expect(findings.map(\.finding) == [.credential(.password(user: "team", Secret("t:with:colons")))])
    }

    struct HelperCase: Sendable {
        let content: String
        let repository: String
        let found: [String]
    }

    @Test(arguments: [
        // The registry's own helper speaks alone.
        HelperCase(content: file, repository: "ecr.io/x", found: ["docker-credential-ecr-login"]),
        HelperCase(
            content: #"{"credHelpers":{"r.io":"own"},"credsStore":"all","auths":{"r.io":{"auth":"YTpi"}}}"#,
            repository: "r.io/x",
            found: ["docker-credential-own"]
        ),
        // docker's store is asked before the registry's entry, which docker would not use and podman would.
        HelperCase(
            content: #"{"credsStore":"all","auths":{"r.io":{"auth":"YTpi"}}}"#,
            repository: "r.io/x",
            found: ["docker-credential-all", "a"]
        ),
        // The empty entry that docker leaves beside a helper is none.
        HelperCase(
            content: #"{"credsStore":"all","auths":{"r.io":{}}}"#,
            repository: "r.io/x",
            found: ["docker-credential-all"]
        ),
        // A path is more than a registry.
        HelperCase(
            content: #"{"credsStore":"all","auths":{"r.io/x":{"auth":"YTpi"}}}"#,
            repository: "r.io/x",
            found: ["a"]
        ),
        // podman's spelling of Docker Hub.
        HelperCase(
            content: #"{"credHelpers":{"docker.io":"own"}}"#,
            repository: "ubuntu",
            found: ["docker-credential-own"]
        ),
    ])
    func helpersInTheirOrder(example: HelperCase) throws {
        #expect(try find(example.content, example.repository) == example.found)
    }

    @Test func laterFilesAreAskedWhereAHelperHasNothing() throws {
        let files = CredentialFiles([
            .inline(#"{"credHelpers":{"r.io":"own"}}"#, variable: "ONE"), .inline(Self.file, variable: "TWO"),
            .inline("{", variable: "NEVER"),
        ])
        let found = try files.findings(for: RegistryHost(parsing: "r.io"))
        #expect(found.map(\.source) == ["ONE", "TWO"])
    }

    @Test(arguments: ["../evil", "a/b", "..", "", " ", "a b", "a\u{0}", "$(id)", "ä"])
    func aHelpersNameIsNoPath(name: String) throws {
        let name = name.replacing("\u{0}", with: "\\u0000")
        let content = #"{"credHelpers":{"r.io":"\#(name)"}}"#
        guard !name.isEmpty, name != ".." else {
            #expect(try find(content, "r.io/x") == (name.isEmpty ? [] : ["docker-credential-.."]))
            return
        }
        let error = #expect(throws: RegistryError.self) { try find(content, "r.io/x") }
        #expect(error?.kind == .invalidFile)
    }

    @Test(arguments: [
        "{", "[]", #"{"auths":[]}"#, #"{"auths":{"r.io":{"auth":"c2VjcmV0"}}}"#, #"{"auths":{"r.io":{"auth":"%"}}}"#,
    ])
    func aBrokenFileIsNamedAndNeverShown(content: String) throws {
        let error = #expect(throws: RegistryError.self) { try find(content, "r.io/x") }
        #expect(error?.kind == .invalidFile)
        #expect(error?.description.contains("TEST") == true)
        #expect(error?.description.contains("c2VjcmV0") == false && error?.description.contains("secret") == false)
    }

    @Test func anyBytesAreReadOrRefused() throws {
        var numbers = SystemRandomNumberGenerator()
        let whole = Array(Self.file.utf8)
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                bytes[Int.random(in: bytes.indices, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
            }
            if let file = try? CredentialFile(parsing: bytes, named: "x") {
                _ = try? file.findings(for: .dockerHub, nil)
            }
        }
    }

    @Test func secretsPrintAsRedacted() {
        let credential = Credential.password(user: "me", Secret("hunter2"))
        var dumped = ""
        dump(credential, to: &dumped)
        for text in ["\(credential)", String(reflecting: credential), dumped, credential.name] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test func theUsualPlacesInTheirOrder() {
        var environment = [
            "HOME": "/home/me", "XDG_RUNTIME_DIR": "/run/me", "DOCKER_AUTH_CONFIG": "{}", "REGISTRY_AUTH_FILE": "",
        ]
        let sources = CredentialFiles.standardSources(explicit: nil, environment: environment)
        #expect(
            sources == [
                .standard("/run/me/containers/auth.json"), .standard("/home/me/.config/containers/auth.json"),
                .standard("/home/me/.docker/config.json"), .inline("{}", variable: "DOCKER_AUTH_CONFIG"),
            ]
        )
        let explicit = CredentialFiles.standardSources(explicit: "/x/auth.json", environment: environment)
        #expect(explicit == [.explicit("/x/auth.json")])
        environment["XDG_RUNTIME_DIR"] = nil
        let first = CredentialFiles.standardSources(explicit: nil, environment: environment, userID: 7).first
        #expect(first == .standard("/run/containers/7/auth.json"))
    }

    @Test func aFileThatTheUserNamedMustBeThere() throws {
        let host = try RegistryHost(parsing: "r.io")
        let files = CredentialFiles([.explicit("/nonexistent/auth.json")])
        #expect(throws: RegistryError.self) { try files.findings(for: host) }
        #expect(try CredentialFiles([.standard("/nonexistent/auth.json")]).findings(for: host).isEmpty)
    }

    @Test(
        arguments: [
            (#"{"token":"a","expires_in":300}"#, 295), (#"{"access_token":"a"}"#, 55),
            (#"{"token":"","access_token":"a"}"#, 55), (#"{"token":"a","expires_in":1e300}"#, 86395),
            (#"{"token":"a","expires_in":1}"#, 55), (#"{"expires_in":1}"#, nil), ("<html>", nil),
            (#"{"token":"a\r\nX-Evil: 1"}"#, nil),
        ] as [(String, Int?)]
    )
    func readsTokenAnswers(body: String, lifetime: Int?) {
        let now = ContinuousClock.now
        let token = Token(parsing: Array(body.utf8), now: now)
        #expect(token.map { $0.expires - now } == lifetime.map { .seconds($0) })
    }
}
