import TestSupport

@testable import Registry

/// What may come of an operation that meets with a fault.
struct FaultExpectation: Sendable {
    /// Whether it may succeed, with everything as it should be.
    let maySucceed: Bool
    /// How it may fail.
    let failures: Set<RegistryError.Kind>

    static let success = FaultExpectation(maySucceed: true, failures: [])

    static func failure(_ kinds: RegistryError.Kind...) -> FaultExpectation {
        FaultExpectation(maySucceed: false, failures: Set(kinds))
    }

    static func either(_ kinds: RegistryError.Kind...) -> FaultExpectation {
        FaultExpectation(maySucceed: true, failures: Set(kinds))
    }

    /// The rules: what a fault must come to at a kind of request.
    ///
    /// - Parameters:
    ///   - fault: the fault.
    ///   - kind: the kind of request that meets with it.
    ///   - operation: what the request is a part of.
    /// - Returns: the expectation; nil where the fault makes no sense there.
    static func of(_ fault: NamedFault, at kind: RequestKind, in operation: FaultOperation) -> FaultExpectation? {
        // A blob that cannot be mounted is sent.
        if kind == .mountPOST {
            switch fault.effect {
            case .harmless, .passing, .webPage: return .success
            default: return nil
            }
        }
        switch fault.effect {
        case .harmless:
            return .success
        case .passing:
            return .success
        case .passingInContent:
            return kind.hasContent ? .success : nil
        case .lasting(let kind):
            return .failure(kind)
        case .damagedAnswer:
            return [.manifestGET, .blobGET].contains(kind) ? .failure(.digestMismatch) : nil
        case .damagedRequest:
            switch kind {
            // The registry stores what it got under the tag, and says so; under a digest it refuses it.
            case .manifestPUT where operation == .pushManifest: return .failure(.digestMismatch)
            case .manifestPUT: return .failure(.digestMismatch, .invalidResponse)
            case .uploadPUT: return .failure(.digestMismatch, .invalidResponse)
            default: return nil
            }
        case .falseDigest:
            switch (kind, operation) {
            // The digest that was asked for is the better witness.
            case (.manifestGET, .readByDigest): return .either(.digestMismatch)
            case (.manifestGET, _), (.manifestPUT, _): return .failure(.digestMismatch)
            default: return nil
            }
        case .webPage:
            switch kind {
            // A HEAD is explained by the GET behind it.
            case .manifestHEAD: return .success
            // A blob may be of any type; it is its digest that counts.
            case .blobGET: return .failure(.invalidResponse, .digestMismatch)
            default: return .failure(.invalidResponse)
            }
        case .redirect:
            switch kind {
            // The other host knows the source's repository alone.
            case .manifestGET, .blobHEAD, .manifestHEAD: return operation == .copyImage ? nil : .success
            case .ping: return .failure(.invalidResponse)
            // No password goes to the other host, which wants one.
            case .token: return .failure(.unauthorized)
            default: return kind.isRead ? .success : .failure(.invalidResponse)
            }
        case .unsafeRedirect:
            return kind.isRead ? .failure(.unsafeAddress) : .failure(.unsafeAddress, .invalidResponse)
        case .unsafeChallenge:
            return [.token, .uploadPUT].contains(kind)
                ? .failure(.unauthorized, .unsafeAddress) : .failure(.unsafeAddress)
        case .expiredToken:
            // They are what a token is got with.
            return [.ping, .token].contains(kind) ? nil : .success
        case .endless:
            switch kind {
            case .token, .manifestGET, .tagList: return .failure(.tooLarge)
            case .blobGET: return .failure(.tooLarge, .digestMismatch)
            default: return nil
            }
        case .bomb:
            switch kind {
            case .token, .tagList: return .failure(.invalidResponse)
            case .manifestGET, .blobGET: return .failure(.invalidResponse, .digestMismatch)
            default: return nil
            }
        case .stall:
            return .failure(.timedOut)
        case .stallInContent:
            return kind.answersWithContent ? .failure(.timedOut) : nil
        case .malformed:
            return .either(.invalidResponse, .unreachable, .tooLarge)
        case .malformedContent:
            // In answer to a HEAD it is a promise of content, which is never sent.
            return [.manifestHEAD, .blobHEAD].contains(kind) ? nil : .either(.invalidResponse, .unreachable)
        }
    }
}

extension RequestKind {
    /// Whether the request only reads, so that a redirect of it may be followed.
    var isRead: Bool {
        [.ping, .token, .manifestHEAD, .manifestGET, .tagList, .referrers, .blobHEAD, .blobGET].contains(self)
    }
}
