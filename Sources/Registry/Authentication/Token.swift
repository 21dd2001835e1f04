import FoundationEssentials

/// A bearer token and when to stop using it.
struct Token: Sendable {
    let value: Secret
    let expires: ContinuousClock.Instant
    /// What may be shown in place of the credential from now on, where the server gave it.
    let refresh: Secret?

    /// Reads a token server's answer (Docker's "Token Authentication Specification" and "OAuth2").
    ///
    /// `token` and `access_token` mean the same. A missing or smaller `expires_in` counts as 60 seconds; time runs
    /// from now, since the server's clock may differ from ours.
    init?(parsing bytes: [UInt8], now: ContinuousClock.Instant) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)),
            let text = [answer.token, answer.accessToken].compactMap({ $0 }).first(where: { !$0.isEmpty }),
            // It goes into a header as it is.
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        value = Secret(text)
        refresh = answer.refreshToken.flatMap { $0.isEmpty ? nil : Secret($0) }
        // Given up early, so that it does not expire on the way; a day is as good as for ever.
        expires = now + .seconds(min(max(60, answer.expiresIn ?? 60), 86400)) - .seconds(5)
    }

    private struct Answer: Decodable {
        let token: String?
        let accessToken: String?
        let refreshToken: String?
        let expiresIn: Double?

        enum CodingKeys: String, CodingKey {
            case token
            case accessToken = "access_token"
            case refreshToken = "refresh_token"
            case expiresIn = "expires_in"
        }
    }
}
