/// One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1).
package struct Challenge: Hashable, Sendable {
    /// The scheme, lower-case: `basic`, `bearer`.
    package let scheme: String
    /// The parameters, keys lower-case.
    package let parameters: [String: String]

    /// Reads every challenge of every header.
    ///
    /// Several challenges may stand in one header, separated by the same comma that separates parameters. Scheme and
    /// keys are case-insensitive, values may be tokens or quoted strings with escapes, and white space may stand
    /// around `=` and `,`. What cannot be read is passed over.
    package static func parse(_ headers: [String]) -> [Challenge] {
        headers.flatMap { header in
            var parser = ChallengeParser(Array(header.utf8))
            return parser.challenges()
        }
    }
}

private struct ChallengeParser {
    private let bytes: [UInt8]
    private var position = 0
    /// Whether a comma, or the header's start, stands before the word at hand.
    ///
    /// A word that is no parameter then starts a challenge; otherwise it is the token68 of the scheme before it.
    private var wordFollowsComma = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func challenges() -> [Challenge] {
        var challenges: [Challenge] = []
        var scheme: String?
        var parameters: [String: String] = [:]
        func finished() -> [Challenge] {
            scheme.map { [Challenge(scheme: $0, parameters: parameters)] } ?? []
        }
        while position < bytes.count {
            skipSeparators()
            guard let word = token() else {
                // Not a token where one must start: skip the byte and go on.
                position += 1
                continue
            }
            skipBlanks()
            if peek(UInt8(ascii: "=")), !isPaddingOfCredentials() {
                position += 1
                skipBlanks()
                let value = quoted() ?? token() ?? ""
                // The first one counts where a key stands twice.
                if scheme != nil, parameters[word.lowercased()] == nil { parameters[word.lowercased()] = value }
            } else if scheme == nil || wordFollowsComma {
                challenges += finished()
                scheme = word.lowercased()
                parameters = [:]
            }
            // Anything else is a token68, the blob behind `Negotiate`, which we have no use for.
        }
        return challenges + finished()
    }

    private mutating func skipSeparators() {
        wordFollowsComma = position == 0
        while position < bytes.count, isBlank(bytes[position]) || bytes[position] == UInt8(ascii: ",") {
            if bytes[position] == UInt8(ascii: ",") { wordFollowsComma = true }
            position += 1
        }
    }

    private mutating func skipBlanks() {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    }

    private func peek(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

    /// Whether the `=` here is the padding of a token68: followed by another `=`, a comma or the end.
    private func isPaddingOfCredentials() -> Bool {
        var next = position
        while next < bytes.count, bytes[next] == UInt8(ascii: "=") { next += 1 }
        if next > position + 1 { return true }
        return !wordFollowsComma && (next == bytes.count || bytes[next] == UInt8(ascii: ","))
    }

    private mutating func token() -> String? {
        let start = position
        while position < bytes.count, isTokenCharacter(bytes[position]) { position += 1 }
        return start == position ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quoted() -> String? {
        guard peek(UInt8(ascii: "\"")) else { return nil }
        position += 1
        var value: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count { position += 1 }
            value.append(bytes[position])
            position += 1
        }
        position += 1
        return String(decoding: value, as: UTF8.self)
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// RFC 9110 token characters, and the `/`, `:` that servers leave unquoted in a realm.
    private func isTokenCharacter(_ byte: UInt8) -> Bool {
        (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
            || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z"))
            || (byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z"))
            || "!#$%&'*+-.^_`|~/:?".utf8.contains(byte)
    }
}
