/// A run of statements: a whole template, or what stands between two tags of a block.
struct HandlebarsProgram: Sendable {
    var body: [HandlebarsStatement]
    /// The names that `as |…|` gives to the values of the block.
    var parameters: [String] = []
    /// Whether it stands for `{{else if …}}`: one block, closed by the end of the block around it.
    var isChained = false
}

enum HandlebarsStatement: Sendable {
    case content(HandlebarsContent)
    case comment(HandlebarsStrip)
    case output(HandlebarsExpression, isEscaped: Bool, HandlebarsStrip)
    case block(HandlebarsBlock)
}

/// Text outside of tags.
struct HandlebarsContent: Sendable {
    let original: String
    var value: String
    var isStartTrimmed = false
    var isEndTrimmed = false

    init(_ text: String) {
        original = text
        value = text
    }
}

struct HandlebarsBlock: Sendable {
    let expression: HandlebarsExpression
    var program: HandlebarsProgram?
    var inverse: HandlebarsProgram?
    var openStrip = HandlebarsStrip()
    var inverseStrip = HandlebarsStrip()
    var closeStrip = HandlebarsStrip()
}

/// On which sides of a tag a `~` takes away the whitespace.
struct HandlebarsStrip: Sendable {
    var before = false
    var after = false
}

/// A name with arguments, which is looked up or called.
struct HandlebarsExpression: Sendable {
    let path: HandlebarsPath
    var arguments: [HandlebarsArgument] = []
    var hash: [(key: String, value: HandlebarsArgument)] = []
    /// Whether arguments or a hash are written, even if handlebars.js leaves all of the hash out.
    var isCall = false
    /// Where it begins, in Unicode scalars.
    let offset: Int
}

enum HandlebarsArgument: Sendable {
    case path(HandlebarsPath, offset: Int)
    case literal(HandlebarsValue)
    case call(HandlebarsExpression)
}

struct HandlebarsPath: Sendable {
    let parts: [String]
    /// How many times it goes up by `..`.
    let depth: Int
    /// Whether it begins with `@`.
    let isData: Bool
    let original: String
    /// The literal that stands where a name is due: `{{"a b"}}` looks up the name `a b`.
    let literal: HandlebarsLiteral?

    init(parts: [String], depth: Int, isData: Bool, original: String) {
        self.parts = parts
        self.depth = depth
        self.isData = isData
        self.original = original
        literal = nil
    }

    init(_ literal: HandlebarsLiteral) {
        let name = literal.name
        parts = [name]
        depth = 0
        isData = false
        original = name
        self.literal = literal
    }

    /// Whether it says by a leading dot or by `this` that it means a value of the context.
    ///
    /// handlebars.js searches for `this` at the end of any word, so `mythis` counts.
    var isScoped: Bool {
        if original.hasPrefix(".") { return true }
        return original.ranges(of: "this").contains { range in
            original[range.upperBound...].unicodeScalars.first.map { !$0.isWordCharacter } ?? true
        }
    }

    /// Whether it is one plain name, which may be a built-in.
    var isSimple: Bool { parts.count == 1 && depth == 0 && !isScoped }

    /// What a closing tag must repeat.
    var closingName: HandlebarsLiteral { literal ?? .string(original) }
}

enum HandlebarsLiteral: Equatable, Sendable {
    case string(String)
    case number(Double)
    case bool(Bool)
    case undefined
    case null

    var value: HandlebarsValue {
        switch self {
        case .string(let text): .string(text)
        case .number(let number): .number(number)
        case .bool(let value): .bool(value)
        case .undefined: .undefined
        case .null: .null
        }
    }

    var name: String {
        switch self {
        case .string(let text): text
        case .number(let number): number.scriptText
        case .bool(let value): value ? "true" : "false"
        case .undefined: "undefined"
        case .null: "null"
        }
    }
}
