import FoundationEssentials

/// A bearer token and when to stop using it.
struct Token: Sendable {
    let value: Secret
    let expires: ContinuousClock.Instant

    /// Reads a token server's answer (Docker's "Token Authentication Specification").
    ///
    /// `token` and `access_token` mean the same. A missing or smaller `expires_in` counts as 60 seconds; time runs
    /// from now, since the server's clock may differ from ours.
    init?(parsing bytes: [UInt8], now: ContinuousClock.Instant) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)),
            let text = [answer.token, answer.accessToken].compactMap({ $0 }).first(where: { !$0.isEmpty })
        else { return nil }
        value = Secret(text)
        // Given up early, so that it does not expire on the way.
        expires = now + .seconds(max(60, answer.expiresIn ?? 60)) - .seconds(5)
    }

    private struct Answer: Decodable {
        let token: String?
        let accessToken: String?
        let expiresIn: Int?

        enum CodingKeys: String, CodingKey {
            case token
            case accessToken = "access_token"
            case expiresIn = "expires_in"
        }
    }
}

/// What a token may be used for, as registries write it: `repository:acme/ui:pull,push`.
struct Scope: Hashable, Sendable {
    let repositoryPath: String
    let access: RepositoryAccess

    var text: String { "repository:\(repositoryPath):\(access == .push ? "pull,push" : "pull")" }
}

/// What a run will do with a repository.
package enum RepositoryAccess: Sendable, Comparable {
    case pull, push
}
