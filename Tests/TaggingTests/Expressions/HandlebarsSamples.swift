import Testing

@testable import Tagging

/// A template, what it is rendered with, and what handlebars.js 4.7.9 makes of it.
struct HandlebarsCase: Sendable, CustomTestStringConvertible {
    enum Context: Sendable { case release, sample }

    let context: Context
    let template: String
    let output: String

    init(_ context: Context, _ template: String, _ output: String) {
        self.context = context
        self.template = template
        self.output = output
    }

    var testDescription: String { template }

    func render() throws -> String {
        try HandlebarsTemplate(parsing: template).render(context == .release ? releaseContext : templateContext)
    }
}

/// Values as a workflow of metadata-action has them.
let releaseContext = HandlebarsValue.object([
    ("branch", constant("feat/a&b")),
    ("tag", constant("")),
    ("sha", constant("860c190")),
    ("is_default_branch", constant("true")),
    ("date", .function(date)),
    ("major", .number(1)),
    ("minor", .number(2)),
    ("patch", .number(3)),
    ("prerelease", .list([.string("rc"), .number(1)])),
    ("build", .list([])),
    ("version", .string("1.2.3-rc.1")),
    ("raw", .string("v1.2.3-rc.1")),
    ("loose", .bool(true)),
])

/// One value of every kind, and functions that show what they are given.
let templateContext = HandlebarsValue.object([
    ("html", .string(#"<a href="x">'&`="#)),
    ("empty", .string("")),
    ("zero", .number(0)),
    ("one", .number(1)),
    ("yes", .bool(true)),
    ("no", .bool(false)),
    ("none", .null),
    ("half", .number(1.5)),
    ("names", .list([.string("ann"), .string("bob")])),
    ("nothing", .list([])),
    ("nested", .list([.string("x"), .list([.string("y"), .list([.string("z")])]), .null])),
    (
        "people",
        .list([
            .object([("name", .string("Ann")), ("age", .number(31))]),
            .object([("name", .string("Bob")), ("age", .number(0))]),
        ])
    ),
    ("owner", .object([("name", .string("Cy")), ("address", .object([("city", .string("Ulm"))]))])),
    ("bare", .object([])),
    ("two words", .string("2w")),
    ("1", .string("first")),
    ("mythis", .string("mine")),
    ("if", .string("own if")),
    ("list", .function(list)),
    ("keys", .function { call in .string(call.hash.map(\.key).joined(separator: ",")) }),
    ("give", .function { call in call.arguments.first ?? .undefined }),
    ("owners", .function { _ in .object([("name", .string("Di"))]) }),
    ("people2", .function { _ in .list([.string("p"), .string("q")]) }),
    ("never", .function { _ in .bool(false) }),
    ("self", .function { call in call.context.property("name") }),
    ("text", .string("é😀")),
])

private func constant(_ text: String) -> HandlebarsValue {
    .function { _ in .string(text) }
}

private func list(_ call: HandlebarsCall) throws(HandlebarsError) -> HandlebarsValue {
    var texts: [String] = []
    for argument in call.arguments { texts.append(try argument.text()) }
    return .string("(" + texts.joined(separator: "|") + ")")
}

private func date(_ call: HandlebarsCall) throws(HandlebarsError) -> HandlebarsValue {
    guard case .string(let format)? = call.arguments.first else { throw HandlebarsError("date requires a format") }
    var zone = "UTC"
    for (key, value) in call.hash {
        guard key == "tz" else { throw HandlebarsError("Unknown \(key) attribute") }
        zone = try value.text()
    }
    return .string("\(format)@\(zone)")
}
