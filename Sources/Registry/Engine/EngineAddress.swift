import FoundationEssentials
import Glibc
import OCI
import SystemPackage

/// Where a container engine listens: docker, or podman's service, which speaks the same protocol.
struct EngineAddress: Hashable, Sendable {
    enum Endpoint: Hashable, Sendable {
        case socket(FilePath)
        /// A host and port, with the folder of certificates where TLS is spoken.
        case host(String, port: Int, certificates: FilePath?)
    }

    let endpoint: Endpoint

    /// The address as `DOCKER_HOST` has it.
    var name: String {
        switch endpoint {
        case .socket(let path): "unix://\(path)"
        case .host(let host, let port, _): "tcp://\(host):\(port)"
        }
    }

    /// What requests begin with.
    var base: String {
        switch endpoint {
        case .socket(let path):
            "http+unix://" + EngineText.encoded(path.string)
        case .host(let host, let port, let certificates):
            (certificates == nil ? "http" : "https") + "://\(host):\(port)"
        }
    }

    // MARK: Choosing

    /// The engine that the environment names, or else the first socket there is.
    ///
    /// - Parameters:
    ///   - environment: `DOCKER_HOST`, `CONTAINER_HOST`, `DOCKER_TLS_VERIFY`, `DOCKER_CERT_PATH`, `XDG_RUNTIME_DIR`.
    ///   - state: what is known of a path.
    /// - Throws: `RegistryError` where an address cannot be used, or there is no engine.
    init(
        environment: [String: String],
        state: (FilePath) -> SocketState = SocketState.init(of:)
    ) throws(RegistryError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        for variable in ["DOCKER_HOST", "CONTAINER_HOST"] {
            guard let address = value(variable) else { continue }
            endpoint = try Self.endpoint(address, variable: variable, environment: environment)
            return
        }
        let runtime = value("XDG_RUNTIME_DIR").map { FilePath($0) }
        let places =
            [FilePath("/var/run/docker.sock")]
            + [runtime?.appending("docker.sock"), runtime?.appending("podman/podman.sock")].compactMap(\.self)
            + [FilePath("/run/podman/podman.sock")]
        let states = places.map { ($0, state($0)) }
        guard let found = states.first(where: { $0.1 == .usable }) else {
            if let closed = states.first(where: { $0.1 == .forbidden }) { throw Self.forbidden("unix://\(closed.0)") }
            throw RegistryError(
                .unreachable,
                "there is no container engine: none listens at \(places.map(\.string).joined(separator: ", "))",
                hint: "start docker, or run `podman system service --time 0`, or say where it listens in DOCKER_HOST"
            )
        }
        endpoint = .socket(found.0)
    }

    private static func endpoint(
        _ address: String,
        variable: String,
        environment: [String: String]
    ) throws(RegistryError) -> Endpoint {
        func refuse(_ problem: String, hint: String, kind: RegistryError.Kind = .unsupported) -> RegistryError {
            RegistryError(kind, "\(variable)=\(address) cannot be used: \(problem)", hint: hint)
        }
        if address.hasPrefix("unix://") {
            let path = address.dropFirst("unix://".count)
            guard path.hasPrefix("/") else {
                throw refuse("a socket is named by its whole path", hint: "write unix:///run/docker.sock")
            }
            return .socket(FilePath(String(path)))
        }
        if address.hasPrefix("ssh://") {
            throw refuse(
                "engines behind ssh are not supported",
                hint:
                    "forward its socket: ssh -L /tmp/engine.sock:/var/run/docker.sock HOST, DOCKER_HOST=unix:///tmp/engine.sock"
            )
        }
        guard address.hasPrefix("tcp://"), let url = URL(string: "http" + address.dropFirst("tcp".count)),
            let hostname = url.host(), !hostname.isEmpty, url.path().allSatisfy({ $0 == "/" })
        else {
            throw refuse("it is no address of an engine", hint: "write unix:///PATH or tcp://HOST:PORT")
        }
        let plain = hostname.trimmingBrackets
        let host = plain.contains(":") ? "[\(plain)]" : plain
        let verifies = environment["DOCKER_TLS_VERIFY"].map { !$0.isEmpty } ?? false
        guard verifies else {
            guard RegistryHost.isLoopback(plain) else {
                throw refuse(
                    "without TLS an engine is open to everyone on the way to it",
                    hint: "set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a socket",
                    kind: .unsafeAddress
                )
            }
            return .host(host, port: url.port ?? 2375, certificates: nil)
        }
        let named = environment["DOCKER_CERT_PATH"].flatMap { $0.isEmpty ? nil : FilePath($0) }
        let folder = named ?? FilePath(environment["HOME"] ?? "/").appending(".docker")
        return .host(host, port: url.port ?? 2376, certificates: folder)
    }

    /// The error of a socket that is there for others.
    static func forbidden(_ name: String) -> RegistryError {
        RegistryError(
            .denied,
            "the container engine at \(name) may not be used by this user",
            hint: "join the group that the socket belongs to, or use an engine of your own through DOCKER_HOST"
        )
    }
}

/// Whether an engine may listen at a path.
enum SocketState: Equatable {
    case missing, forbidden, usable

    init(of path: FilePath) {
        var status = stat()
        guard stat(path.string, &status) == 0 else {
            self = errno == EACCES ? .forbidden : .missing
            return
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            self = .missing
            return
        }
        self = access(path.string, R_OK | W_OK) == 0 ? .usable : .forbidden
    }
}

extension String {
    /// An IPv6 address without its brackets.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
