/// Reads what stands inside of a tag: a name and its arguments.
extension HandlebarsParser {
    mutating func parseExpression() throws(HandlebarsError) -> HandlebarsExpression {
        let offset = token.offset
        var expression = HandlebarsExpression(path: try parseName(), offset: offset)
        while !(token.kind == .identifier && nextKind == .equals), let argument = try parseArgument() {
            expression.arguments.append(argument)
        }
        var hash: [(key: String, value: HandlebarsArgument)] = []
        while token.kind == .identifier {
            let key = unbracketed(advance().text)
            try expect(.equals)
            guard let value = try parseArgument() else { throw unexpected("a value") }
            hash.append((key, value))
        }
        expression.isCall = !expression.arguments.isEmpty || !hash.isEmpty
        expression.hash = Self.ordered(hash)
        return expression
    }

    /// A hash in the order in which handlebars.js hands it over.
    ///
    /// It assigns the pairs from the last to the first, so the first of equal keys wins, to a JavaScript object,
    /// which has the keys that are integers in front. A pair whose value is the literal undefined is left out.
    private static func ordered(
        _ hash: [(key: String, value: HandlebarsArgument)]
    ) -> [(key: String, value: HandlebarsArgument)] {
        var result: [(key: String, value: HandlebarsArgument)] = []
        for pair in hash.reversed() {
            if let index = result.firstIndex(where: { $0.key == pair.key }) {
                result[index] = pair
            } else {
                result.append(pair)
            }
        }
        result.removeAll { if case .literal(.undefined) = $0.value { true } else { false } }
        let indices = result.filter { $0.key.scriptIndex != nil }
            .sorted { ($0.key.scriptIndex ?? 0) < ($1.key.scriptIndex ?? 0) }
        return indices + result.filter { $0.key.scriptIndex == nil }
    }

    private mutating func parseArgument() throws(HandlebarsError) -> HandlebarsArgument? {
        if let literal = parseLiteral() { return .literal(literal.value) }
        switch token.kind {
        case .identifier, .data:
            let offset = token.offset
            return .path(try parsePath(), offset: offset)
        case .openSubexpression:
            try enter()
            advance()
            let expression = try parseExpression()
            try expect(.closeSubexpression)
            leave()
            return .call(expression)
        default:
            return nil
        }
    }

    /// Reads the name of an expression, for which a literal may stand.
    mutating func parseName() throws(HandlebarsError) -> HandlebarsPath {
        if let literal = parseLiteral() { return HandlebarsPath(literal) }
        guard token.kind == .identifier || token.kind == .data else { throw unexpected("a name") }
        return try parsePath()
    }

    private mutating func parseLiteral() -> HandlebarsLiteral? {
        switch token.kind {
        case .string: .string(advance().text)
        case .number: .number(Double(advance().text) ?? .nan)
        case .bool: .bool(advance().text == "true")
        case .undefined: consume(.undefined)
        case .null: consume(.null)
        default: nil
        }
    }

    private mutating func consume(_ literal: HandlebarsLiteral) -> HandlebarsLiteral {
        advance()
        return literal
    }

    private mutating func parsePath() throws(HandlebarsError) -> HandlebarsPath {
        let start = token.offset
        let isData = token.kind == .data
        if isData { advance() }
        var original = isData ? "@" : ""
        var parts: [String] = []
        var depth = 0
        while true {
            let written = try expect(.identifier).text
            let part = unbracketed(written)
            original += part
            if part == written, [".", "..", "this"].contains(part) {
                guard parts.isEmpty else { throw fail("\"\(original)\" is no path", at: start) }
                if part == ".." { depth += 1 }
            } else {
                parts.append(part)
            }
            guard token.kind == .separator else { break }
            original += advance().text
        }
        return HandlebarsPath(parts: parts, depth: depth, isData: isData, original: original)
    }

    /// A name without its brackets; handlebars.js leaves them on a name of several lines.
    func unbracketed(_ name: String) -> String {
        let scalars = name.unicodeScalars
        guard scalars.first == "[", scalars.last == "]",
            !scalars.contains(where: { ["\n", "\r", "\u{2028}", "\u{2029}"].contains($0) })
        else { return name }
        return String(scalars.dropFirst().dropLast())
    }
}
