/// Text for people, without the credentials that URLs in it hold.
package enum RedactedText {
    /// Replaces what stands between `://` and `@` of a URL; a user name alone stays in an ssh URL, where it is no
    /// secret.
    package static func redact(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let colon = rest.firstRange(of: "://") {
            let scheme = String(rest[..<colon.lowerBound].reversed().prefix { $0.isLetter || $0 == "+" }.reversed())
            result += rest[..<colon.upperBound]
            rest = rest[colon.upperBound...]
            let authority = rest.prefix { !$0.isWhitespace && !"/?#'\"<>".contains($0) }
            guard let at = authority.lastIndex(of: "@") else { continue }
            let user = authority[..<at]
            if scheme.lowercased().hasSuffix("ssh"), !user.contains(":") { continue }
            result += "<redacted>"
            rest = rest[at...]
        }
        return result + rest
    }
}
