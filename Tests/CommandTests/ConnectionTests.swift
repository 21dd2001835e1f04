import OCI
import SystemPackage
import TestSupport
import Testing

/// What the configuration and the environment say of the way to a registry, with the program as it is.
@Suite struct ConnectionTests {
    @Test func goesByTheProxyOfTheEnvironment() async throws {
        try await withDockerRegistry(.passwordOverTLS(user: "ada", password: "secret")) { registry in
            let routes = ["registry.test:443": registry.address]
            try await withConnectProxy(routes: routes, credentials: "me:hunter2") { proxy in
                try await withTemporaryDirectory { root in
                    let home = Checkout(root: root)
                    let authority = try #require(registry.certificateAuthority)
                    let settings = "registries: { registry.test: { ca: \(authority) } }\n"
                    _ = try home.folder.write("tagboat.yaml", settings)
                    let variables = ["HTTPS_PROXY": "http://me:hunter2@\(proxy.address)"]
                    let login = try await run(
                        Program.path,
                        ["login", "registry.test", "-u", "ada", "--password-stdin", "--verbose"],
                        in: home.folder,
                        environment: home.environment(variables),
                        input: Array("secret".utf8)
                    )
                    #expect(login.exitCode == 0, "\(login)")
                    #expect(!proxy.targets.isEmpty && Set(proxy.targets) == ["registry.test:443"])
                    for secret in ["hunter2", "secret", "YWRhOnNlY3JldA=="] {
                        #expect(!login.standardError.contains(secret))
                    }
                    let command = ["verify", "--image", "registry.test/acme/none"]
                    let verified = try await home.tagboat(command, environment: variables)
                    #expect(verified.exitCode == 0, "\(verified)")
                    let wrong = ["HTTPS_PROXY": "ftp://me:hunter2@\(proxy.address)"]
                    let refused = try await home.tagboat(command, environment: wrong)
                    #expect(refused.exitCode == 2)
                    #expect(refused.standardError.hasPrefix("error: HTTPS_PROXY names a proxy of an unknown kind\n"))
                    #expect(!refused.standardError.contains("hunter2"))
                }
            }
        }
    }

    struct Setting: Sendable {
        let lines: String
        let exitCode: Int32
        let words: String
    }

    @Test(
        .dockerRegistry(.clientCertificates),
        arguments: [
            Setting(lines: "ca: CA, cert: CERT, key: KEY", exitCode: 0, words: "no releases"),
            Setting(lines: "insecure: true, cert: CERT, key: KEY", exitCode: 0, words: "is not verified"),
            Setting(lines: "ca: CA", exitCode: 5, words: "if it wants a client certificate"),
            Setting(lines: "cert: CERT, key: KEY", exitCode: 5, words: "is not signed by an authority"),
            Setting(lines: "ca: CA, key: KEY", exitCode: 2, words: "a key needs the certificate"),
            Setting(lines: "ca: CA, cert: CERT, key: CERT", exitCode: 2, words: "cannot be read as a PEM private key"),
            Setting(lines: "ca: CA, cert: missing.pem, key: KEY", exitCode: 2, words: "missing.pem cannot be read"),
            Setting(lines: "insecure: maybe", exitCode: 2, words: "\"maybe\" is neither true nor false"),
            Setting(lines: "mirrors: [a.io/x]", exitCode: 2, words: "write a registry as HOST or HOST:PORT"),
        ]
    )
    func showsTheCertificateOfTheConfiguration(example: Setting) async throws {
        let registry = try DockerRegistry.required()
        let client = try #require(registry.clientCertificate)
        let authority = try #require(registry.certificateAuthority)
        try await withTemporaryDirectory { root in
            let home = Checkout(root: root)
            let lines = example.lines
                .replacing("CA", with: authority.string).replacing("CERT", with: client.certificate.string)
                .replacing("KEY", with: client.key.string)
            _ = try home.folder.write("tagboat.yaml", "registries: { \"\(registry.address)\": { \(lines) } }\n")
            let result = try await home.tagboat("verify", "--image", "\(registry.address)/acme/none")
            #expect(result.exitCode == example.exitCode, "\(result)")
            let said = result.standardOutput + result.standardError
            #expect(said.contains(example.words), "\(said)")
        }
    }
}
