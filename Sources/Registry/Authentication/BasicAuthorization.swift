import FoundationEssentials

/// The header of the scheme `Basic` (RFC 7617).
enum BasicAuthorization {
    static func header(_ user: String, _ password: Secret) -> String {
        "Basic " + Data("\(user):\(password.value)".utf8).base64EncodedString()
    }
}
