/// A value that a template can see, with the meaning that JavaScript gives it.
package indirect enum HandlebarsValue: Sendable {
    case undefined
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case list([HandlebarsValue])
    /// Distinct names and their values, in the order of iteration; `text` is what the object prints as.
    case object([(key: String, value: HandlebarsValue)], text: String = "[object Object]")
    case function(@Sendable (HandlebarsCall) throws(HandlebarsError) -> HandlebarsValue)
}

/// What a template hands to a function of its context.
package struct HandlebarsCall: Sendable {
    package let arguments: [HandlebarsValue]
    /// The `key=value` pairs in the order of handlebars.js: the last pair of the expression comes first.
    package let hash: [(key: String, value: HandlebarsValue)]
    /// The context at the place of the call, which is `this` in JavaScript.
    package let context: HandlebarsValue

    package init(
        arguments: [HandlebarsValue] = [],
        hash: [(key: String, value: HandlebarsValue)] = [],
        context: HandlebarsValue
    ) {
        self.arguments = arguments
        self.hash = hash
        self.context = context
    }
}

extension HandlebarsValue {
    /// Whether it is undefined or null.
    var isMissing: Bool {
        switch self {
        case .undefined, .null: true
        default: false
        }
    }

    /// Whether it counts as true in a JavaScript condition; an empty list does.
    var isTruthy: Bool {
        switch self {
        case .undefined, .null: false
        case .bool(let value): value
        case .number(let value): value != 0 && !value.isNaN
        case .string(let value): !value.isEmpty
        case .list, .object, .function: true
        }
    }

    /// Whether `with` and `if` pass it over; zero is not empty, an empty list is.
    var isEmpty: Bool {
        switch self {
        case .number(let value): value.isNaN
        case .list(let items): items.isEmpty
        default: !isTruthy
        }
    }

    /// An own property; undefined where there is none.
    func property(_ name: String) -> HandlebarsValue {
        switch self {
        case .object(let fields, _):
            return fields.first { $0.key == name }?.value ?? .undefined
        case .list(let items):
            if name == "length" { return .number(Double(items.count)) }
            guard let index = name.scriptIndex, index < items.count else { return .undefined }
            return items[index]
        case .string(let text):
            // JavaScript counts UTF-16 code units.
            if name == "length" { return .number(Double(text.utf16.count)) }
            guard let index = name.scriptIndex, let unit = text.utf16.dropFirst(index).first else { return .undefined }
            return .string(String(decoding: [unit], as: UTF16.self))
        case .undefined, .null, .bool, .number, .function:
            return .undefined
        }
    }
}
