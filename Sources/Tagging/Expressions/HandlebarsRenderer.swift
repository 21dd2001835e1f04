/// Renders a template as the code does that handlebars.js compiles from it.
struct HandlebarsRenderer {
    /// How many statements may be rendered, so that loops in loops come to an end.
    static let maximumWork = 100_000

    let text: String
    private var work = 0

    init(text: String) {
        self.text = text
    }

    mutating func render(_ program: HandlebarsProgram, _ context: HandlebarsValue) throws(HandlebarsError) -> String {
        let result = try run(program, in: HandlebarsScope(root: context))
        do {
            return try result.text()
        } catch {
            throw error.located(at: 0, in: text)
        }
    }

    /// Runs a program.
    ///
    /// The result is mostly a text, but a program of one expression may give the expression's value.
    mutating func run(
        _ program: HandlebarsProgram,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        work += 1
        var output = HandlebarsOutput(isSingle: program.body.count == 1)
        for statement in program.body {
            work += 1
            switch statement {
            case .content(let content):
                if !content.value.isEmpty { output.append(.string(content.value)) }
            case .comment:
                break
            case .output(let expression, let isEscaped, _):
                do {
                    let value = try evaluate(expression, in: scope)
                    output.append(isEscaped ? .string(try value.printed().htmlEscaped) : value.orEmptyText)
                } catch {
                    throw error.located(at: expression.offset, in: text)
                }
            case .block(let block):
                do {
                    try append(block, to: &output, in: scope)
                } catch {
                    throw error.located(at: block.expression.offset, in: text)
                }
            }
        }
        return try output.result()
    }

    private mutating func append(
        _ block: HandlebarsBlock,
        to output: inout HandlebarsOutput,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) {
        guard work <= Self.maximumWork else {
            throw HandlebarsError("the template renders more than \(Self.maximumWork) statements")
        }
        switch form(of: block.expression, in: scope) {
        case .call:
            output.append(try call(block.expression, of: block, in: scope).orEmptyText)
        case .value:
            let value = try evaluate(block.expression, in: scope)
            output.append(try render(block, with: value, in: scope).orEmptyText)
        case .name:
            let value = try evaluate(block.expression, in: scope)
            try output.appendApart(try render(block, with: value, in: scope))
        }
    }

    // MARK: Expressions

    private enum Form {
        /// With arguments, or the name of a built-in.
        case call
        /// One plain name.
        case name
        /// A longer path, or a block parameter; arguments of the latter do not count.
        case value
    }

    private func form(
        of expression: HandlebarsExpression,
        isArgument: Bool = false,
        in scope: HandlebarsScope
    ) -> Form {
        let path = expression.path
        if path.isSimple, scope.isParameter(path) { return .value }
        if isArgument || expression.isCall { return .call }
        guard path.isSimple else { return .value }
        return path.parts.first.flatMap(HandlebarsBuiltin.init) == nil ? .name : .call
    }

    private mutating func evaluate(
        _ expression: HandlebarsExpression,
        isArgument: Bool = false,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        let form = form(of: expression, isArgument: isArgument, in: scope)
        if form == .call { return try call(expression, of: nil, in: scope) }
        let value = try scope.lookUp(expression.path)
        guard case .function(let function) = value else { return value }
        return try function(HandlebarsCall(context: form == .name ? scope.receiver : scope.context))
    }

    private mutating func evaluate(
        _ argument: HandlebarsArgument,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        switch argument {
        case .path(let path, let offset):
            do {
                return try scope.lookUp(path)
            } catch {
                throw error.located(at: offset, in: text)
            }
        case .literal(let value):
            return value
        case .call(let expression):
            do {
                return try evaluate(expression, isArgument: true, in: scope)
            } catch {
                throw error.located(at: expression.offset, in: text)
            }
        }
    }

    private mutating func call(
        _ expression: HandlebarsExpression,
        of block: HandlebarsBlock?,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        var arguments: [HandlebarsValue] = []
        for argument in expression.arguments { arguments.append(try evaluate(argument, in: scope)) }
        var hash: [(key: String, value: HandlebarsValue)] = []
        for (key, argument) in expression.hash { hash.append((key, try evaluate(argument, in: scope))) }
        let call = HandlebarsCall(arguments: arguments, hash: hash, context: scope.receiver)
        let path = expression.path
        if let builtin = path.parts.first.flatMap(HandlebarsBuiltin.init) {
            return try self.call(builtin, call, of: block, in: scope)
        }
        switch try scope.lookUp(path, isCalled: true) {
        case .function(let function):
            return try function(call)
        case let value where value.isTruthy:
            throw HandlebarsError("\"\(path.original)\" is not a function")
        default:
            if arguments.isEmpty { return .undefined }
            throw HandlebarsError("Missing helper: \"\(path.original)\"")
        }
    }
}

extension HandlebarsValue {
    fileprivate var orEmptyText: HandlebarsValue { isMissing ? .string("") : self }
}
