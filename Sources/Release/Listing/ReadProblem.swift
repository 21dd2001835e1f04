import OCI
import Registry

/// Why one image of many cannot be read.
///
/// A registry holds things that are no images and things that vanish while they are read; those must not keep anybody
/// from seeing the rest.
struct ReadProblem: Error, Hashable, Sendable {
    let description: String

    /// Takes an error that is about one image; nil for one that the next image would meet as well.
    init?(_ error: any Error) {
        switch error {
        case let error as RegistryError:
            switch error.kind {
            case .unauthorized, .rateLimited, .unreachable, .untrustedCertificate, .timedOut, .invalidFile: return nil
            case .notFound, .denied, .immutable, .tooLarge, .unsupported, .invalidResponse, .digestMismatch,
                .serverFailure, .unsafeAddress:
                description = error.description
            }
        case let error as ManifestError: description = error.description
        default: return nil
        }
    }

    /// Runs an operation on one image.
    ///
    /// - Throws: what is about more than that image.
    static func catching<Value>(
        _ operation: () async throws -> Value
    ) async throws -> Result<Value, ReadProblem> {
        do {
            return .success(try await operation())
        } catch {
            guard let problem = ReadProblem(error) else { throw error }
            return .failure(problem)
        }
    }
}
