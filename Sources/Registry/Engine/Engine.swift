import AsyncHTTPClient
import FoundationEssentials
package import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
package import OCI
import SystemPackage

/// The container engine of this machine, spoken to by the Docker Engine API. Close it when done.
///
/// It is looked for when the first request is made, not before.
package actor Engine {
    private struct Connection {
        let client: HTTPClient
        let address: EngineAddress
        let tls: TLSConfiguration?
    }

    private let environment: [String: String]
    private let settings: ConnectionSettings
    private let logger: Logger
    private let deadline: NIODeadline
    private var connection: Connection?
    private var version: Task<String, any Error>?

    /// The newest version of the protocol that we know; nothing that we ask for has changed since 1.24.
    private static let newestVersion = (1, 43)

    /// An engine to look for.
    ///
    /// - Parameters:
    ///   - environment: where it is, as the docker program has it.
    ///   - settings: how long everything may take, and how we call ourselves.
    ///   - logger: is told of each request.
    package init(environment: [String: String], settings: ConnectionSettings, logger: Logger) {
        self.environment = environment
        self.settings = settings
        self.logger = logger
        deadline = .now() + .nanoseconds(Int64(settings.timeout / .nanoseconds(1)))
    }

    /// A repository in the engine.
    package nonisolated func repository(_ name: RepositoryName) -> EngineRepository {
        EngineRepository(name, engine: self)
    }

    /// Closes the connections.
    package func close() async {
        try? await connection?.client.shutdown()
        connection = nil
    }

    /// The engine's address, for errors.
    var name: String { connection?.address.name ?? "the container engine" }

    // MARK: Requests

    /// Sends a request below the version that both sides know.
    ///
    /// - Parameters:
    ///   - method: the HTTP method.
    ///   - path: the path behind the version, without a slash before it.
    ///   - query: names and values.
    ///   - body: an archive to send.
    /// - Returns: the answer, whatever its status.
    /// - Throws: `RegistryError` where there is no engine, or no answer.
    func send(
        _ method: HTTPMethod,
        _ path: String,
        query: [(String, String)] = [],
        body: TarStream? = nil
    ) async throws -> HTTPClientResponse {
        let version = try await negotiatedVersion()
        let query = query.map { "\($0)=\(EngineText.encoded($1))" }.joined(separator: "&")
        let path = "/v\(version)/\(EngineText.encoded(path, keeping: "/:"))"
        return try await sendPlain(method, path + (query.isEmpty ? "" : "?" + query), body: body)
    }

    /// Reads a small answer whole.
    ///
    /// - Parameters:
    ///   - method: the HTTP method.
    ///   - path: the path behind the version.
    ///   - query: names and values.
    ///   - action: what was not done, for the error.
    /// - Returns: the body; nil for what the engine does not have.
    /// - Throws: `RegistryError`.
    func answer(
        _ method: HTTPMethod,
        _ path: String,
        query: [(String, String)] = [],
        action: String
    ) async throws -> Data? {
        let response = try await send(method, path, query: query)
        let body = try await whole(response)
        switch response.status.code {
        case 200...299: return body
        case 404: return nil
        default: throw failure(response.status, body, action: action)
        }
    }

    /// The error for an answer that is none of those hoped for.
    func failure(_ response: HTTPClientResponse, action: String) async throws -> RegistryError {
        failure(response.status, try await whole(response), action: action)
    }

    private func failure(_ status: HTTPResponseStatus, _ body: Data, action: String) -> RegistryError {
        let message = (try? JSONDecoder().decode(Message.self, from: body))?.message ?? "status \(status.code)"
        return RegistryError(
            status == .unauthorized || status == .forbidden ? .denied : .serverFailure,
            "\(action): \(EngineText.printable(message))",
            hint: "ask the engine at \(name) what is wrong: its log says more",
            status: Int(status.code)
        )
    }

    private struct Message: Decodable {
        let message: String
    }

    private func whole(_ response: HTTPClientResponse) async throws -> Data {
        do {
            return Data(try await response.body.collect(upTo: SizeLimit.tagPage).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw RegistryError(.tooLarge, "\(name) answered with more than 16 MiB where less was expected")
        } catch {
            throw failure(error)
        }
    }

    // MARK: Connection

    /// `GET /_ping` tells the newest version that the engine knows (Engine API, "System").
    private func negotiatedVersion() async throws -> String {
        if let version { return try await version.value }
        let task = Task {
            let response = try await self.sendPlain(.GET, "/_ping")
            let body = try await self.whole(response)
            guard response.status == .ok else {
                throw self.failure(response.status, body, action: "\(self.name) does not answer as an engine")
            }
            return Self.version(offered: response.headers.first(name: "API-Version"))
        }
        version = task
        return try await task.value
    }

    /// The lower of the engine's newest version and ours; the oldest still in use where the engine does not tell.
    static func version(offered: String?) -> String {
        let parts = (offered ?? "").split(separator: ".").map { Int($0) }
        guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return "1.24" }
        let (newestMajor, newestMinor) = newestVersion
        return (major, minor) < (newestMajor, newestMinor) ? "\(major).\(minor)" : "\(newestMajor).\(newestMinor)"
    }

    private func sendPlain(
        _ method: HTTPMethod,
        _ uri: String,
        body: TarStream? = nil
    ) async throws -> HTTPClientResponse {
        let connection = try connected()
        var request = HTTPClientRequest(url: connection.address.base + uri)
        request.method = method
        request.tlsConfiguration = connection.tls
        request.headers.add(name: "User-Agent", value: settings.userAgent)
        request.headers.add(name: "Host", value: "docker")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/x-tar")
            request.body = .stream(body, length: .known(body.size))
        } else if method == .POST {
            request.headers.add(name: "Content-Length", value: "0")
        }
        do {
            let response = try await connection.client.execute(request, deadline: deadline, logger: nil)
            logger.debug("\(method) \(connection.address.name)\(uri) \(response.status.code)")
            return response
        } catch {
            throw failure(error)
        }
    }

    private func connected() throws -> Connection {
        if let connection { return connection }
        let address = try EngineAddress(environment: environment)
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        // Loading and saving take as long as they take, without a word in between; the deadline bounds them.
        configuration.timeout = .init(connect: .seconds(10))
        let new = Connection(
            client: HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration),
            address: address,
            tls: try Self.tls(for: address)
        )
        connection = new
        return new
    }

    /// The certificates of docker's own folder: `ca.pem`, `cert.pem`, `key.pem`.
    private static func tls(for address: EngineAddress) throws -> TLSConfiguration? {
        guard case .host(_, _, let folder?) = address.endpoint else { return nil }
        var configuration = TLSConfiguration.makeClientConfiguration()
        do {
            configuration.trustRoots = .certificates(
                try NIOSSLCertificate.fromPEMFile(folder.appending("ca.pem").string)
            )
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(folder.appending("cert.pem").string)
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(file: folder.appending("key.pem").string, format: .pem)
            )
        } catch {
            throw RegistryError(
                .invalidFile,
                "\(folder) does not hold the certificates for \(address.name)",
                hint: "DOCKER_CERT_PATH names a folder with ca.pem, cert.pem and key.pem"
            )
        }
        return configuration
    }

    /// What went wrong on the way to the engine, in words.
    func failure(_ error: any Error) -> any Error {
        switch error {
        case is RegistryError, is CancellationError, is FileFailure: return error
        case let error as HTTPClientError where error == .deadlineExceeded:
            return RegistryError(
                .timedOut,
                "\(name) did not finish within \(settings.timeout.inSeconds) s",
                hint: "give more time with --timeout, or run again"
            )
        default:
            let cause = (error as? NIOConnectionError)?.connectionErrors.last?.error ?? error
            let code = (cause as? IOError)?.errnoCode
            if code == EACCES || code == EPERM { return EngineAddress.forbidden(name) }
            let reason = code.map { Errno(rawValue: $0).description } ?? "\(cause)"
            return RegistryError(
                .unreachable,
                "the container engine at \(name) does not answer: \(reason)",
                hint: "check that it runs; DOCKER_HOST says where it listens"
            )
        }
    }
}

/// Text on its way to an engine, and from it.
enum EngineText {
    /// Percent encoding of everything that is not unreserved (RFC 3986, section 2.3) or to be kept.
    static func encoded(_ text: String, keeping kept: String = "") -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isLetter = character.isASCII && (character.isLetter || character.isNumber)
            guard !isLetter, !"-._~".utf8.contains(byte), !kept.utf8.contains(byte) else { return String(character) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// On one line, without control characters and of bounded length.
    static func printable(_ text: String) -> String {
        let words = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
        return String(words.split(separator: " ").joined(separator: " ").prefix(300))
    }
}
