import FoundationEssentials
import OCI
import SystemPackage
import Testing

@testable import Registry

@Suite struct CredentialFileTests {
    private func find(_ content: String, _ repository: String) throws -> CredentialFiles.Finding {
        try CredentialFiles([.inline(content, variable: "TEST")]).find(for: RepositoryName(parsing: repository))
    }

    private static func auth(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static let file = """
        {"auths": {
          "https://index.docker.io/v1/": {"auth": "\(auth("hub:h"))"},
          "r.io": {"auth": "\(auth("host:h"))"},
          "r.io/team": {"auth": "\(auth("team:t:with:colons"))"},
          "r.io/team/app": {"username": "app", "password": "a"},
          "https://r.local:5000/v2/": {"auth": "\(auth("local:l"))"},
          "empty.io": {}
        }, "credHelpers": {"ecr.io": "ecr-login"}, "credsStore": ""}
        """

    @Test(
        arguments: [
            ("ubuntu", "hub"), ("docker.io/acme/ui", "hub"), ("r.io/other", "host"), ("r.io/team/x", "team"),
            ("r.io/team/app", "app"), ("r.io/team/app/sub", "app"), ("r.io/teams/x", "host"),
            ("r.local:5000/x", "local"),
            ("r.local/x", nil), ("x.r.io/x", nil), ("empty.io/x", nil),
        ] as [(String, String?)]
    )
    func theLongestKeyThatCoversTheRepositoryWins(repository: String, user: String?) throws {
        let finding = try find(Self.file, repository)
        if let user {
            guard case .credential(let credential) = finding else {
                Issue.record("no credential for \(repository)")
                return
            }
            #expect(credential.user == user)
        } else {
            #expect(finding == .none)
        }
    }

    @Test func aPasswordMayHoldColons() throws {
        guard case .credential(let credential) = try find(Self.file, "r.io/team/x") else {
            Issue.record("no credential")
            return
        }
        #expect(credential.password == Secret("t:with:colons"))
    }

    @Test func namesTheHelperThatItDoesNotRun() throws {
        #expect(try find(Self.file, "ecr.io/x") == .helper("ecr-login"))
        #expect(try find(#"{"credsStore":"desktop"}"#, "r.io/x") == .helper("desktop"))
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

    @Test func secretsPrintAsRedacted() {
        let credential = Credential(user: "me", password: Secret("hunter2"))
        var dumped = ""
        dump(credential, to: &dumped)
        for text in ["\(credential)", String(reflecting: credential), dumped, "\(credential.password)"] {
            #expect(!text.contains("hunter2"))
        }
    }

    @Test func theUsualPlacesInTheirOrder() {
        let environment = [
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
    }

    @Test func aFileThatTheUserNamedMustBeThere() throws {
        let files = CredentialFiles([.explicit("/nonexistent/auth.json")])
        let repository = try RepositoryName(parsing: "r.io/x")
        #expect(throws: RegistryError.self) { try files.find(for: repository) }
        #expect(try CredentialFiles([.standard("/nonexistent/auth.json")]).find(for: repository) == .none)
    }

    @Test(
        arguments: [
            (#"{"token":"a","expires_in":300}"#, 295), (#"{"access_token":"a"}"#, 55),
            (#"{"token":"","access_token":"a"}"#, 55),
            (#"{"token":"a","expires_in":1}"#, 55), (#"{"expires_in":1}"#, nil), ("<html>", nil),
        ] as [(String, Int?)]
    )
    func readsTokenAnswers(body: String, lifetime: Int?) {
        let now = ContinuousClock.now
        let token = Token(parsing: Array(body.utf8), now: now)
        #expect(token.map { $0.expires - now } == lifetime.map { .seconds($0) })
    }
}
