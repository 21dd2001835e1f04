import SystemPackage
import TestSupport
import Testing

@testable import Registry

@Suite struct EngineAddressTests {
    private let runtime = ["XDG_RUNTIME_DIR": "/run/user/7"]

    private func address(_ environment: [String: String], sockets: [String: SocketState] = [:]) throws -> EngineAddress
    {
        try EngineAddress(environment: environment) { sockets[$0.string] ?? .missing }
    }

    /// The first socket that this user may use, in this order.
    @Test func socketsAreLookedForInOrder() throws {
        let order = [
            "/var/run/docker.sock", "/run/user/7/docker.sock", "/run/user/7/podman/podman.sock",
            "/run/podman/podman.sock",
        ]
        for index in order.indices {
            let sockets = Dictionary(uniqueKeysWithValues: order[index...].map { ($0, SocketState.usable) })
            #expect(try address(runtime, sockets: sockets).name == "unix://\(order[index])")
        }
        let closed = ["/var/run/docker.sock": SocketState.forbidden, order[2]: .usable]
        #expect(try address(runtime, sockets: closed).name == "unix://\(order[2])")
        let error = #expect(throws: RegistryError.self) {
            try address(runtime, sockets: ["/var/run/docker.sock": .forbidden])
        }
        #expect(error?.kind == .denied)
    }

    @Test func allPlacesThatWereTriedAreNamed() {
        let error = #expect(throws: RegistryError.self) { try address(runtime) }
        #expect(
            error?.description == """
                there is no container engine: none listens at /var/run/docker.sock, /run/user/7/docker.sock, \
                /run/user/7/podman/podman.sock, /run/podman/podman.sock
                """
        )
        #expect(error?.hint?.contains("podman system service") == true)
    }

    struct Named: Sendable {
        let environment: [String: String]
        let base: String
    }

    @Test(
        arguments: [
            Named(environment: ["DOCKER_HOST": "unix:///a b/d.sock"], base: "http+unix://%2fa%20b%2fd.sock"),
            Named(environment: ["CONTAINER_HOST": "unix:///p.sock"], base: "http+unix://%2fp.sock"),
            Named(
                environment: ["DOCKER_HOST": "tcp://127.0.0.1:2375", "CONTAINER_HOST": "unix:///p"],
                base: "http://127.0.0.1:2375"
            ),
            Named(environment: ["DOCKER_HOST": "tcp://localhost"], base: "http://localhost:2375"),
            Named(environment: ["DOCKER_HOST": "tcp://[::1]:99/"], base: "http://[::1]:99"),
            Named(
                environment: ["DOCKER_HOST": "tcp://d.example", "DOCKER_TLS_VERIFY": "1"],
                base: "https://d.example:2376"
            ),
        ]
    )
    func theEnvironmentNamesOne(named: Named) throws {
        #expect(try address(named.environment).base == named.base)
    }

    @Test(
        arguments: [
            ("tcp://d.example:2375", RegistryError.Kind.unsafeAddress, "without TLS"),
            ("tcp://localhost.d.example:2375", .unsafeAddress, "without TLS"),
            ("ssh://d.example", .unsupported, "engines behind ssh"),
            ("unix://relative.sock", .unsupported, "whole path"), ("npipe:////./pipe/x", .unsupported, "no address"),
            ("tcp://", .unsupported, "no address"), ("d.example:2375", .unsupported, "no address"),
        ]
    )
    func refuses(text: String, kind: RegistryError.Kind, problem: String) {
        let error = #expect(throws: RegistryError.self) { try address(["DOCKER_HOST": text]) }
        #expect(error?.kind == kind)
        #expect(error?.description.contains(problem) == true && error?.description.hasPrefix("DOCKER_HOST=") == true)
        #expect(error?.hint != nil)
    }

    @Test(arguments: [
        ("1.41", "1.41"), ("1.99", "1.43"), ("2.0", "1.43"), ("1.9", "1.9"), (nil, "1.24"), ("x", "1.24"),
    ])
    func theLowerVersionIsSpoken(offered: String?, version: String) {
        #expect(Engine.version(offered: offered) == version)
    }

    @Test func aRealPathIsLookedAt() async throws {
        try await withTemporaryDirectory { folder in
            let file = try folder.write("file", "x")
            #expect(SocketState(of: file) == .missing)
            #expect(SocketState(of: folder.appending("nothing")) == .missing)
        }
    }
}

@Suite struct LoadReportTests {
    @Test(
        arguments: [
            ("", nil), ("{\"stream\":\"Loaded image: x\"}\n", nil), ("not json\n{\"status\":1}\n", nil),
            ("{\"errorDetail\":{\"message\":\"a\\u0007b\"}}", "a b"),
            ("{\"error\":\"one\"}\n{\"error\":\"two\"}\n", "one"),
        ] as [(String, String?)]
    )
    func findsTheError(text: String, problem: String?) {
        // In any pieces.
        for size in [1, 7, 1000] {
            var report = LoadReport()
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                report.append(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            report.finish()
            #expect(report.problem == problem)
        }
    }
}
