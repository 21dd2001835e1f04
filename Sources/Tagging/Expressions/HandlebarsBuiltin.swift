/// The names that always mean what handlebars.js gives them, whatever the context holds.
enum HandlebarsBuiltin: String, Sendable {
    case `if`, unless, each, with, lookup, log
    case helperMissing, blockHelperMissing
}

extension HandlebarsRenderer {
    mutating func call(
        _ builtin: HandlebarsBuiltin,
        _ call: HandlebarsCall,
        of block: HandlebarsBlock?,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        switch builtin {
        case .log:
            return .undefined
        case .lookup:
            return try lookup(call)
        case .helperMissing, .blockHelperMissing:
            throw HandlebarsError("\"\(builtin.rawValue)\" cannot be called")
        case .if, .unless, .each, .with:
            guard call.arguments.count == 1 else {
                throw HandlebarsError("#\(builtin.rawValue) requires exactly one argument")
            }
            guard let block else {
                throw HandlebarsError("\"\(builtin.rawValue)\" is a block, as in {{#\(builtin.rawValue) …}}")
            }
            return try render(block, by: builtin, call, in: scope)
        }
    }

    private mutating func render(
        _ block: HandlebarsBlock,
        by builtin: HandlebarsBuiltin,
        _ call: HandlebarsCall,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        var subject = call.arguments[0]
        if case .function(let function) = subject { subject = try function(HandlebarsCall(context: call.context)) }
        switch builtin {
        case .each:
            return try each(subject, of: block, otherwise: call.context, in: scope)
        case .with:
            if subject.isEmpty { return try run(block.inverse, on: call.context, in: scope) }
            return try run(block.program, on: subject, values: [subject], in: scope)
        default:
            let countsZero = call.hash.first { $0.key == "includeZero" }?.value.isTruthy ?? false
            let holds = !subject.isEmpty && (countsZero || subject.isTruthy)
            return try run(holds == (builtin == .if) ? block.program : block.inverse, on: call.context, in: scope)
        }
    }

    private func lookup(_ call: HandlebarsCall) throws(HandlebarsError) -> HandlebarsValue {
        guard let object = call.arguments.first else { throw HandlebarsError("lookup requires two arguments") }
        guard object.isTruthy else { return object }
        guard call.arguments.count == 2 else { throw HandlebarsError("lookup requires two arguments") }
        // A function has no text here; its source, which JavaScript would take, names no property.
        guard let name = try? call.arguments[1].text() else { return .undefined }
        return object.property(name)
    }

    private mutating func each(
        _ subject: HandlebarsValue,
        of block: HandlebarsBlock,
        otherwise context: HandlebarsValue,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        let items: [(key: HandlebarsValue, value: HandlebarsValue)]
        switch subject {
        case .list(let values): items = values.enumerated().map { (.number(Double($0)), $1) }
        case .object(let fields, _): items = fields.map { (.string($0.key), $0.value) }
        default: items = []
        }
        if items.isEmpty { return try run(block.inverse, on: context, in: scope) }
        var result = ""
        for (index, item) in items.enumerated() {
            let data = scope.dataFrame(key: item.key, index: index, isLast: index == items.count - 1)
            let values = [item.value, item.key]
            result += try run(block.program, on: item.value, values: values, data: data, in: scope).text()
        }
        return .string(result)
    }

    /// Renders a block that is named by a value alone.
    mutating func render(
        _ block: HandlebarsBlock,
        with value: HandlebarsValue,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        switch value {
        case .bool(true):
            return try run(block.program, on: scope.context, in: scope)
        case .bool(false), .undefined, .null:
            return try run(block.inverse, on: scope.context, in: scope)
        case .list(let items):
            if items.isEmpty { return try run(block.inverse, on: scope.context, in: scope) }
            return try each(value, of: block, otherwise: scope.context, in: scope)
        case .number, .string, .object, .function:
            // handlebars.js hands on the parameters of the blocks around this one in place of its own.
            return try run(block.program, on: value, values: scope.allParameters, in: scope)
        }
    }

    private mutating func run(
        _ program: HandlebarsProgram?,
        on context: HandlebarsValue,
        values: [HandlebarsValue]? = nil,
        data: HandlebarsValue? = nil,
        in scope: HandlebarsScope
    ) throws(HandlebarsError) -> HandlebarsValue {
        guard let program else { return .string("") }
        return try run(program, in: scope.nested(context, names: program.parameters, values: values, data: data))
    }
}
