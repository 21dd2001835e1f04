/// A request as the access log of docker-registry tells it.
package struct RegistryRequest: Sendable, Hashable {
    /// The method, as in `GET`.
    package let method: String
    /// The path and the query.
    package let target: String
    /// The status code of the answer.
    package let status: Int
    /// The client's `User-Agent`.
    package let userAgent: String

    /// Reads a line in the combined log format: `… "METHOD TARGET PROTOCOL" STATUS SIZE "REFERRER" "AGENT"`.
    ///
    /// - Parameter line: the line; nil is the result for any other format.
    init?(logLine line: some StringProtocol) {
        // Outside the quotes at even places, inside them at odd ones; a quote in a value is written \".
        var parts = [""]
        var isEscaped = false
        for character in line {
            switch character {
            case "\\" where !isEscaped:
                isEscaped = true
                continue
            case "\"" where !isEscaped:
                parts.append("")
            default:
                parts[parts.count - 1].append(character)
            }
            isEscaped = false
        }
        guard parts.count == 7 else { return nil }
        let request = parts[1].split(separator: " ")
        guard request.count == 3, let status = parts[2].split(separator: " ").first.flatMap({ Int($0) }) else {
            return nil
        }
        method = String(request[0])
        target = String(request[1])
        self.status = status
        userAgent = parts[5]
    }
}
