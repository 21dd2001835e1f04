import FoundationEssentials
import OCI
import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite struct CredentialStoreTests {
    private let ada = Credential.password(user: "ada", Secret("p:wörd \"\\"))

    private func mode(_ path: FilePath) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path.string)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func whatItDoesNotKnowStaysAsItIs() async throws {
        try await withTemporaryDirectory { folder in
            let file = try folder.write(
                "config.json",
                #"""
                {
                	"zeta": [1.50, -0, 1e400, 12345678901234567890123, true, null, {}, []],
                	"auths": {
                		"other.io/team": {
                			"auth": "eDp5",
                			"email": "x\/\u00e9\n"
                		}
                	},
                	"HttpHeaders": {
                		"X": "é"
                	},
                	"alpha": ""
                }
                """#
            )
            let before = try file.readText()
            let store = CredentialStore(file)
            let host = try RegistryHost(parsing: "r.io:5000")
            #expect(try await store.save(ada, for: host) == .file(file))
            let entry =
                "\n\t\t\"r.io:5000\": {\n\t\t\t\"auth\": \"\(Data("ada:p:wörd \"\\".utf8).base64EncodedString())\"\n\t\t}"
            let flat = before.replacing(
                "[1.50, -0, 1e400, 12345678901234567890123, true, null, {}, []]",
                with:
                    "[\n\t\t1.50,\n\t\t-0,\n\t\t1e400,\n\t\t12345678901234567890123,\n\t\ttrue,\n\t\tnull,\n\t\t{},\n\t\t[]\n\t]"
            )
            #expect(
                try file.readText() == flat.replacing(
                    "\n\t\t}\n\t},\n\t\"Http",
                    with: "\n\t\t},\(entry)\n\t},\n\t\"Http"
                ) + "\n"
            )
            #expect(try mode(file) == 0o600)
            #expect(try await store.remove(host) == [.file(file)])
            #expect(try file.readText() == flat + "\n")
            #expect(try await store.remove(host).isEmpty)
        }
    }

    @Test func itMakesFileAndFolderForTheUserAlone() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending("a/.docker/config.json")
            _ = try await CredentialStore(file).save(ada, for: .dockerHub)
            #expect(try mode(file) == 0o600)
            #expect(try mode(file.removingLastComponent()) == 0o700)
            let found = try CredentialFiles([.explicit(file)]).findings(for: .dockerHub).map(\.finding)
            #expect(found == [.credential(ada)])
            #expect(try file.readText().contains(#""https://index.docker.io/v1/""#))
        }
    }

    @Test func aLinkIsFollowedAndItsFileReplaced() async throws {
        try await withTemporaryDirectory { folder in
            let file = try folder.write("real.json", "{}")
            let link = folder.appending("config.json")
            try FileManager.default.createSymbolicLink(atPath: link.string, withDestinationPath: "real.json")
            _ = try await CredentialStore(link).save(ada, for: .dockerHub)
            #expect(try file.readText().contains("index.docker.io"))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.string) == "real.json")
        }
    }

    @Test func otherSpellingsOfTheRegistryAreReplaced() async throws {
        try await withTemporaryDirectory { folder in
            let file = try folder.write(
                "config.json",
                #"{"auths":{"docker.io":{"auth":"b2xkOm9sZA=="},"index.docker.io/acme":{"auth":"eDp5"}}}"#
            )
            _ = try await CredentialStore(file).save(ada, for: .dockerHub)
            let found = try CredentialFiles([.explicit(file)]).findings(for: .dockerHub).map(\.finding)
            #expect(found == [.credential(ada)])
            // The credential of a path is another one.
            #expect(try file.readText().contains("index.docker.io/acme"))
            #expect(try !file.readText().contains("b2xkOm9sZA=="))
        }
    }

    @Test func identityTokensAreWrittenAsDockerDoes() async throws {
        try await withTemporaryDirectory { folder in
            let file = folder.appending("config.json")
            let token = Credential.identityToken(user: "ada", Secret("refresh"))
            _ = try await CredentialStore(file).save(token, for: .dockerHub)
            #expect(
                try file.readText() == """
                    {
                    \t"auths": {
                    \t\t"https://index.docker.io/v1/": {
                    \t\t\t"auth": "YWRhOg==",
                    \t\t\t"identitytoken": "refresh"
                    \t\t}
                    \t}
                    }

                    """
            )
            let found = try CredentialFiles([.explicit(file)]).findings(for: .dockerHub).map(\.finding)
            #expect(found == [.credential(token)])
        }
    }

    @Test(arguments: ["{", "[]", "\"x\"", "{\"auths\":{}} x", "{\"a\":01}", "{'a':1}", "{\"a\":\"\u{1}\"}"])
    func aFileThatIsNoneIsLeftAlone(content: String) async throws {
        try await withTemporaryDirectory { folder in
            let file = try folder.write("config.json", content)
            let error = try await failure { try await CredentialStore(file).save(ada, for: .dockerHub) }
            #expect(error?.kind == .invalidFile)
            #expect(try file.readText() == content)
        }
    }

    @Test func aHelperKeepsWhatTheFileSaysItKeeps() async throws {
        try await withTemporaryDirectory { folder in
            let program = try await CredentialProgram("test", in: folder)
            let file = try folder.write("config.json", #"{"credHelpers":{"r.io":"test"}}"#)
            let programs = HelperPrograms(path: "\(folder):/usr/bin:/bin")
            let store = CredentialStore(file, programs: programs)
            let host = try RegistryHost(parsing: "r.io")
            let helper = try CredentialHelper(name: "test", from: "x")
            #expect(try await store.save(ada, for: host) == .helper(helper))
            // As docker does it.
            #expect(try file.readText().contains("\"r.io\": {}"))
            #expect(try await helper.credential(for: host, programs) == ada)
            #expect(try await store.remove(host) == [.helper(helper)])
            #expect(try !file.readText().contains("\"r.io\": {}"))
            #expect(try await store.remove(host).isEmpty)
            #expect(program.log.contains("erase r.io"))

            _ = try await store.save(ada, for: host)
            _ = try await store.save(ada, for: .dockerHub)
            #expect(try await store.removeAll() == ["r.io", "https://index.docker.io/v1/"])
            #expect(try await helper.credential(for: host, programs) == nil)
            #expect(try await store.removeAll().isEmpty)
        }
    }

    @Test func manyAtOnceLoseNothing() async throws {
        try await withTemporaryDirectory { folder in
            let store = CredentialStore(folder.appending("config.json"))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<20 {
                    group.addTask { _ = try await store.save(ada, for: RegistryHost(parsing: "r\(index).io")) }
                }
                try await group.waitForAll()
            }
            #expect(try await store.removeAll().count == 20)
        }
    }

    @Test func skopeoReadsWhatItWritesAndItReadsWhatSkopeoWrites() async throws {
        try await withDockerRegistry(.passwordOverTLS(user: "ada", password: "p:ss w$rd")) { registry in
            try await withTemporaryDirectory { folder in
                let file = folder.appending("auth.json")
                let host = try RegistryHost(parsing: registry.address)
                let credential = Credential.password(user: "ada", Secret("p:ss w$rd"))
                _ = try await CredentialStore(file).save(credential, for: host)
                let trust = try #require(registry.certificateAuthority).removingLastComponent()
                func skopeo(_ arguments: String..., input: String = "") async throws -> CommandResult {
                    try await run("skopeo", arguments, input: Array(input.utf8))
                }
                let access = ["--authfile", file.string]
                let login = try await skopeo("login", "--get-login", access[0], access[1], registry.address)
                #expect(login.standardOutput == "ada\n")
                _ = try await skopeo("logout", access[0], access[1], registry.address).requireSuccess()
                #expect(try CredentialFiles([.explicit(file)]).findings(for: host).isEmpty)
                _ = try await skopeo(
                    "login",
                    access[0],
                    access[1],
                    "--cert-dir",
                    trust.string,
                    "-u",
                    "ada",
                    "--password-stdin",
                    registry.address,
                    input: "p:ss w$rd"
                ).requireSuccess()
                #expect(
                    try CredentialFiles([.explicit(file)]).findings(for: host).map(\.finding) == [
                        .credential(credential)
                    ]
                )
            }
        }
    }

    @Test func theFileThatDockerWouldWrite() {
        let environment = ["HOME": "/home/me", "XDG_RUNTIME_DIR": "/run/me"]
        func file(_ more: [String: String] = [:], explicit: FilePath? = nil) -> FilePath? {
            CredentialStore.standardFile(explicit: explicit, environment: environment.merging(more) { $1 })
        }
        #expect(file() == "/home/me/.docker/config.json")
        #expect(file(["DOCKER_CONFIG": "/d"]) == "/d/config.json")
        #expect(file(["DOCKER_CONFIG": "/d", "REGISTRY_AUTH_FILE": "/r.json"]) == "/r.json")
        #expect(file(["REGISTRY_AUTH_FILE": "/r.json"], explicit: "/x.json") == "/x.json")
        #expect(CredentialStore.standardFile(explicit: nil, environment: [:]) == nil)
    }

    @Test func jsonOfAnyDepthIsReadOrRefused() {
        #expect(JSONDocument(parsing: Array(String(repeating: "[", count: 100_000).utf8)) == nil)
        #expect(JSONDocument(parsing: Array("{\"a\":\"\\".utf8)) == nil)
        #expect(JSONDocument(parsing: [0x22, 0xFF, 0x22]) == nil)
        let text = #"{"a\u0062":[{"c":"\ud83d\ude00"}]}"#
        let document = JSONDocument(parsing: Array(text.utf8))
        #expect(document?["ab"]?.written(level: 0).isEmpty == false)
        #expect(JSONDocument.text("\u{1}\"\\é/\n").text == "\u{1}\"\\é/\n")
        for _ in 0..<300 {
            var bytes = Array(#"{"a":[1,-2.5e+3,"x\n",{"b":null}],"c":{}}"#.utf8)
            bytes[Int.random(in: bytes.indices)] = UInt8.random(in: 0...255)
            if let read = JSONDocument(parsing: bytes) {
                // What is read is written in a form that is read as the same.
                #expect(JSONDocument(parsing: read.written()) == read)
            }
        }
    }
}
