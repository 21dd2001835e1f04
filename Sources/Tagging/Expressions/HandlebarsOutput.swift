/// Joins the parts of a program's output as the code of handlebars.js does, with JavaScript's `+`.
///
/// Two numbers that meet without a text are added: `{{{major}}}{{{minor}}}` of 1 and 2 prints 3.
struct HandlebarsOutput {
    private let isSingle: Bool
    /// The parts since the last one that stands apart.
    private var parts: [HandlebarsValue] = []
    private var joined: Sum?

    /// Begins an output; `isSingle` tells that the program has one statement.
    init(isSingle: Bool) {
        self.isSingle = isSingle
    }

    mutating func append(_ part: HandlebarsValue) {
        parts.append(part)
    }

    /// Adds a part that the code of handlebars.js adds by a statement of its own; undefined and null add nothing.
    mutating func appendApart(_ part: HandlebarsValue) throws(HandlebarsError) {
        if isSingle { return append(part.isMissing ? .string("") : part) }
        var group = Sum()
        for part in parts { try group.add(part) }
        parts = []
        if joined == nil {
            joined = group.result == nil ? Sum(.string("")) : group
        } else if let sum = group.result {
            try joined?.add(sum)
        }
        if !part.isMissing { try joined?.add(part) }
    }

    func result() throws(HandlebarsError) -> HandlebarsValue {
        var sum = joined ?? Sum()
        for part in parts { try sum.add(part) }
        return sum.result ?? .string("")
    }

    /// A sum of JavaScript values, which is a text from the first text on.
    private struct Sum {
        private var text: String?
        private var value: HandlebarsValue?

        init(_ value: HandlebarsValue? = nil) {
            if case .string(let text) = value { self.text = text } else { self.value = value }
        }

        var result: HandlebarsValue? { text.map { .string($0) } ?? value }

        mutating func add(_ other: HandlebarsValue) throws(HandlebarsError) {
            if text != nil {
                text?.append(try other.text())
            } else if let left = value {
                if let first = left.addend, let second = other.addend {
                    value = .number(first + second)
                } else {
                    text = try left.text() + other.text()
                }
            } else {
                self = Sum(other)
            }
        }
    }
}
