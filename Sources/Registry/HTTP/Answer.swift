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
    /// - Throws: `RegistryError` of kind `tooLarge`; `TransientFailure` where the connection broke off.
    init(_ response: HTTPClientResponse, from host: String, limit: Int) async throws {
        status = Int(response.status.code)
        headers = response.headers
        do {
            body = Array(try await response.body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw RegistryError(.tooLarge, "\(host) answered with more than \(limit >> 20) MiB where less was expected")
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ConnectionFailure.truncatedBody(of: host)
        }
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
        let codes = errors.map(\.code)
        let kind = kind(codes)
        let hint: String? =
            switch kind {
            case .unauthorized: unauthorizedHint
            case .denied:
                "ask for the permission, or check the name; some registries answer this for what does not exist"
            case .rateLimited: "wait a while and run again"
            case .serverFailure: "run again later; what is done is kept"
            case .invalidResponse: "check the host name and port in the image's name"
            default: nil
            }
        let error = RegistryError(kind, "\(action): \(explanation)", hint: hint, status: status, codes: codes)
        guard RetryPolicy.isTransient(status: status) else { return error }
        return TransientFailure(
            error: error,
            retryAfter: RetryPolicy.retryAfter(headers.first(name: "Retry-After"))
        )
    }

    private func kind(_ codes: [String]) -> RegistryError.Kind {
        switch status {
        case 200...299: .invalidResponse
        case 401: .unauthorized
        case 403: .denied
        case 404: isHTML ? .invalidResponse : .notFound
        case 405, 501: .unsupported
        case 412 where codes.contains("PRECONDITION"): .immutable
        case 413: .tooLarge
        case 429: .rateLimited
        case 500...: .serverFailure
        default: codes.contains("DENIED") ? .denied : .invalidResponse
        }
    }

    private var explanation: String {
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

    /// The server's words on one line, without control characters and of bounded length.
    private static func printable(_ text: String) -> String {
        let words = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
        return String(words.split(separator: " ").joined(separator: " ").prefix(300))
    }
}
