import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// A response that was read whole.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// Reads the body up to a limit.
    ///
    /// - Parameters:
    ///   - response: the response, of which nothing has been read yet.
    ///   - host: who answers, for errors.
    ///   - limit: how many bytes to take at most.
    ///   - deadline: when reading ends, however slowly the body comes.
    /// - Throws: `RegistryError` of kind `tooLarge` or `timedOut`; `TransientFailure` where the connection broke off.
    init(_ response: HTTPClientResponse, from host: String, limit: Int, deadline: Deadline) async throws {
        status = Int(response.status.code)
        headers = response.headers
        var body: [UInt8] = []
        do {
            for try await chunk in response.body {
                try deadline.check(host: host)
                guard body.count + chunk.readableBytes <= limit else {
                    throw RegistryError(
                        .tooLarge,
                        "\(host) answered with more than \(limit >> 20) MiB where less was expected"
                    )
                }
                body.append(contentsOf: chunk.readableBytesView)
            }
        } catch let error as RegistryError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try deadline.check(host: host)
            throw ConnectionFailure.truncatedBody(of: host)
        }
        self.body = body
    }

    var isHTML: Bool { headers.first(name: "Content-Type")?.lowercased().hasPrefix("text/html") ?? false }

    /// The errors in the body, where it is of the registry's JSON form (distribution-spec, "Error Codes").
    var errors: [RegistryMessage] {
        (try? JSONDecoder().decode(RegistryMessage.List.self, from: Data(body)))?.errors ?? []
    }

    /// The error to throw for an answer that is none of those hoped for.
    ///
    /// - Parameters:
    ///   - action: what was not done, to what, as a sentence.
    ///   - unauthorizedHint: what to do where credentials are missing or wrong.
    /// - Returns: a `RegistryError`, or a `TransientFailure` with one where another try may help.
    func failure(doing action: String, unauthorizedHint: String) -> any Error {
        transient(error(doing: action, unauthorizedHint: unauthorizedHint))
    }

    /// An error, as one that may pass where the status says so.
    func transient(_ error: RegistryError) -> any Error {
        guard RetryPolicy.isTransient(status: status) else { return error }
        return TransientFailure(error: error, retryAfter: retryAfter)
    }

    /// Whether the token was good, and not for this (RFC 6750, section 3.1).
    var lacksScope: Bool {
        Challenge.parse(headers["WWW-Authenticate"]).contains { $0.parameters["error"] == "insufficient_scope" }
    }

    /// How long the server asks to wait.
    var retryAfter: Duration? { RetryPolicy.retryAfter(headers.first(name: "Retry-After")) }

    /// The error for an answer, as `failure` gives it, whether or not another try may help.
    func error(doing action: String, unauthorizedHint: String) -> RegistryError {
        let errors = errors
        let codes = errors.map(\.code)
        let kind = kind(errors)
        let hint: String? =
            switch kind {
            case .unauthorized: unauthorizedHint
            case .denied:
                "ask for the permission, or check the name; some registries answer this for what does not exist"
            case .immutable: "the registry keeps this tag as it is; release under a higher version"
            case .rateLimited: "wait a while and run again, or ask less often with --max-requests-per-second"
            case .tooLarge: "the registry, or a proxy before it, limits the size of requests; ask its operator"
            case .unsupported: "this registry does not offer it; `tagboat doctor` tells what it does"
            case .serverFailure: "run again later; what is done is kept"
            case .invalidResponse: "check the host name and port in the image's name"
            default: nil
            }
        return RegistryError(kind, "\(action): \(explanation)", hint: hint, status: status, codes: codes)
    }

    private func kind(_ errors: [RegistryMessage]) -> RegistryError.Kind {
        // Each registry has its own status for it (Harbor 412, Docker Hub 403, ECR 400), but all of them say the word.
        if (400...412).contains(status), errors.contains(where: \.speaksOfImmutability) { return .immutable }
        return switch status {
        case 200...299: .invalidResponse
        case 401: .unauthorized
        case 403: .denied
        case 404: isHTML ? .invalidResponse : .notFound
        case 405, 501: .unsupported
        // Harbor's word for an image that its rules keep from being pulled.
        case 412: .denied
        case 413, 414, 431: .tooLarge
        case 429: .rateLimited
        case 500...: .serverFailure
        default: Self.kinds.first { kind in errors.contains { $0.code == kind.code } }?.kind ?? .invalidResponse
        }
    }

    /// What codes mean under a status that does not tell (distribution-spec, "Error Codes").
    private static let kinds: [(code: String, kind: RegistryError.Kind)] = [
        ("UNAUTHORIZED", .unauthorized), ("DENIED", .denied), ("UNSUPPORTED", .unsupported),
        ("TOOMANYREQUESTS", .rateLimited), ("MANIFEST_UNKNOWN", .notFound), ("NAME_UNKNOWN", .notFound),
        ("BLOB_UNKNOWN", .notFound),
    ]

    /// The registry's own words, with the status.
    var explanation: String {
        if let error = errors.first {
            return [error.code, error.message].filter { !$0.isEmpty }.joined(separator: ", ") + " (status \(status))"
        }
        return isHTML ? "it answered with a web page (status \(status))" : "status \(status)"
    }
}

/// One entry of a registry's error answer.
struct RegistryMessage: Decodable, Sendable {
    let code: String
    let message: String

    struct List: Decodable {
        let errors: [RegistryMessage]
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        code = Self.printable((try? container.decode(String.self, forKey: .code)) ?? "")
        message = Self.printable((try? container.decode(String.self, forKey: .message)) ?? "")
    }

    private enum Keys: String, CodingKey {
        case code, message
    }

    /// Whether the registry refuses because a tag must not change.
    var speaksOfImmutability: Bool {
        let words = "\(code) \(message)".lowercased()
        // The last is what Azure's registry answers for a tag that is locked.
        return ["immutab", "imagetagalreadyexists", "registry_disallowed_operation"].contains { words.contains($0) }
    }

    /// The server's words on one line, without control characters and of bounded length.
    static func printable(_ text: String) -> String {
        let words = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
        return String(words.split(separator: " ").joined(separator: " ").prefix(300))
    }
}
