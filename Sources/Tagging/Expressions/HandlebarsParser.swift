/// Reads the statements of a template: text, expressions and blocks.
struct HandlebarsParser {
    /// How deep blocks and subexpressions may nest, so that no template exhausts the stack.
    static let maximumDepth = 100

    let text: String
    private let tokens: [HandlebarsToken]
    private var index = 0
    private var depth = 0

    init(_ text: String) throws(HandlebarsError) {
        self.text = text
        tokens = try HandlebarsLexer.tokens(of: text)
    }

    mutating func parse() throws(HandlebarsError) -> HandlebarsProgram {
        let program = try parseProgram()
        guard token.kind == .end else { throw unexpected("text, an expression or a block") }
        return program
    }

    private mutating func parseProgram() throws(HandlebarsError) -> HandlebarsProgram {
        var body: [HandlebarsStatement] = []
        while let statement = try parseStatement() { body.append(statement) }
        return HandlebarsProgram(body: body)
    }

    private mutating func parseStatement() throws(HandlebarsError) -> HandlebarsStatement? {
        switch token.kind {
        case .content:
            return .content(HandlebarsContent(advance().text))
        case .comment:
            let comment = advance()
            return .comment(HandlebarsStrip(before: comment.stripsBefore, after: comment.stripsAfter))
        case .open, .openUnescaped:
            let open = advance()
            if open.text.hasSuffix("*") { throw fail("decorators are not supported", at: open.offset) }
            let expression = try parseExpression()
            let close = try expect(open.kind == .open ? .close : .closeUnescaped)
            let strip = HandlebarsStrip(before: open.stripsBefore, after: close.stripsAfter)
            return .output(expression, isEscaped: open.kind == .open && !open.text.hasSuffix("&"), strip)
        case .openBlock, .openInverse:
            return .block(try parseBlock())
        case .openRawBlock:
            return .block(try parseRawBlock())
        case .openPartial, .openPartialBlock:
            throw fail("partials are not supported", at: token.offset)
        default:
            return nil
        }
    }

    // MARK: Blocks

    private struct Opening {
        let expression: HandlebarsExpression
        let parameters: [String]
        let strip: HandlebarsStrip
    }

    private struct Alternative {
        let strip: HandlebarsStrip
        var program: HandlebarsProgram
    }

    private mutating func parseBlock() throws(HandlebarsError) -> HandlebarsBlock {
        try enter()
        let isInverted = token.kind == .openInverse
        if token.text.hasSuffix("*") { throw fail("decorators are not supported", at: token.offset) }
        let opening = try parseOpening()
        let program = try parseProgram()
        let alternative = isInverted ? try parseElse() : try parseAlternative()
        let close = try expect(.openEndBlock)
        try expectClosingName(of: opening.expression.path)
        let strip = HandlebarsStrip(before: close.stripsBefore, after: try expect(.close).stripsAfter)
        leave()
        var block = makeBlock(opening, program, alternative, closeStrip: strip)
        if isInverted { swap(&block.program, &block.inverse) }
        return block
    }

    private mutating func parseOpening() throws(HandlebarsError) -> Opening {
        let open = advance()
        let expression = try parseExpression()
        var parameters: [String] = []
        if token.kind == .openBlockParameters {
            advance()
            let offset = token.offset
            repeat { parameters.append(try expect(.identifier).text) } while token.kind == .identifier
            // handlebars.js throws here, and takes a later name with its brackets.
            let names = parameters.joined(separator: ",")
            guard unbracketed(names) == names else { throw fail("\"\(names)\" cannot name a value", at: offset) }
            try expect(.closeBlockParameters)
        }
        let close = try expect(.close)
        let strip = HandlebarsStrip(before: open.stripsBefore, after: close.stripsAfter)
        return Opening(expression: expression, parameters: parameters, strip: strip)
    }

    private mutating func parseElse() throws(HandlebarsError) -> Alternative? {
        guard token.kind == .inverse else { return nil }
        let tag = advance()
        let strip = HandlebarsStrip(before: tag.stripsBefore, after: tag.stripsAfter)
        return Alternative(strip: strip, program: try parseProgram())
    }

    /// Reads `{{else}}`, or `{{else if …}}`, which is a block of its own inside of the alternative.
    private mutating func parseAlternative() throws(HandlebarsError) -> Alternative? {
        guard token.kind == .openInverseChain else { return try parseElse() }
        try enter()
        let opening = try parseOpening()
        let program = try parseProgram()
        let alternative = try parseAlternative()
        leave()
        let block = makeBlock(opening, program, alternative, closeStrip: alternative?.strip ?? HandlebarsStrip())
        let chain = HandlebarsProgram(body: [.block(block)], isChained: true)
        return Alternative(strip: opening.strip, program: chain)
    }

    private func makeBlock(
        _ opening: Opening,
        _ program: HandlebarsProgram,
        _ alternative: Alternative?,
        closeStrip: HandlebarsStrip
    ) -> HandlebarsBlock {
        var program = program
        program.parameters = opening.parameters
        var inverse = alternative?.program
        if inverse?.isChained == true, case .block(var chained) = inverse?.body.first {
            chained.closeStrip = closeStrip
            inverse?.body[0] = .block(chained)
        }
        return HandlebarsBlock(
            expression: opening.expression,
            program: program,
            inverse: inverse,
            openStrip: opening.strip,
            inverseStrip: alternative?.strip ?? HandlebarsStrip(),
            closeStrip: closeStrip
        )
    }

    private mutating func parseRawBlock() throws(HandlebarsError) -> HandlebarsBlock {
        advance()
        let expression = try parseExpression()
        try expect(.closeRawBlock)
        var body: [HandlebarsStatement] = []
        while token.kind == .content { body.append(.content(HandlebarsContent(advance().text))) }
        let end = try expect(.endRawBlock)
        try check(.string(end.text), closes: expression.path, at: end.offset)
        return HandlebarsBlock(expression: expression, program: HandlebarsProgram(body: body), inverse: nil)
    }

    private mutating func expectClosingName(of path: HandlebarsPath) throws(HandlebarsError) {
        let offset = token.offset
        try check(try parseName().closingName, closes: path, at: offset)
    }

    private func check(
        _ name: HandlebarsLiteral,
        closes path: HandlebarsPath,
        at offset: Int
    ) throws(HandlebarsError) {
        guard name == path.closingName else {
            throw fail("\"\(path.original)\" is open here, so \"\(name.name)\" cannot be closed", at: offset)
        }
    }

    // MARK: Tokens

    var token: HandlebarsToken { tokens[index] }
    var nextKind: HandlebarsToken.Kind { tokens[min(index + 1, tokens.count - 1)].kind }

    @discardableResult
    mutating func advance() -> HandlebarsToken {
        let token = tokens[index]
        index = min(index + 1, tokens.count - 1)
        return token
    }

    @discardableResult
    mutating func expect(_ kind: HandlebarsToken.Kind) throws(HandlebarsError) -> HandlebarsToken {
        guard token.kind == kind else { throw unexpected(kind.description) }
        return advance()
    }

    mutating func enter() throws(HandlebarsError) {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw fail("more than \(Self.maximumDepth) blocks and subexpressions are nested", at: token.offset)
        }
    }

    mutating func leave() {
        depth -= 1
    }

    func unexpected(_ wanted: String) -> HandlebarsError {
        let found = token.kind == .end ? token.kind.description : "\"\(token.text)\""
        return fail("expected \(wanted), found \(found)", at: token.offset)
    }

    func fail(_ problem: String, at offset: Int) -> HandlebarsError {
        HandlebarsError(problem, at: offset, in: text)
    }
}
