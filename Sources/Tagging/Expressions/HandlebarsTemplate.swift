/// A template of handlebars.js 4.7, as `handlebars.compile` reads it without options.
///
/// Partials and decorators are errors, since none is registered.
package struct HandlebarsTemplate: Sendable {
    package let text: String
    private let program: HandlebarsProgram

    /// Reads a template.
    ///
    /// - Throws: `HandlebarsError` at the first place that is not in the grammar.
    package init(parsing text: String) throws(HandlebarsError) {
        self.text = text
        var parser = try HandlebarsParser(text)
        var program = try parser.parse()
        program.stripWhitespace(isRoot: true)
        self.program = program
    }

    /// Fills in the values of a context.
    ///
    /// - Throws: `HandlebarsError` where handlebars.js throws, and what a function of the context throws.
    package func render(_ context: HandlebarsValue) throws(HandlebarsError) -> String {
        var renderer = HandlebarsRenderer(text: text)
        return try renderer.render(program, context)
    }

    /// Whether the template is one expression and nothing else, whose path is this single name.
    ///
    /// Arguments, `this.` and the number of braces do not matter.
    package func isLoneExpression(_ name: String) -> Bool {
        guard program.body.count == 1, case .output(let expression, _, _) = program.body[0] else { return false }
        return expression.path.literal == nil && expression.path.parts == [name]
    }

    /// The names that the template looks up in its context or in a part of it.
    ///
    /// These are the first parts of all paths; the names of built-ins, of block parameters and of data variables
    /// such as `@index` are not among them.
    package var names: Set<String> {
        var names: Set<String> = []
        program.collectNames(into: &names, parameters: [])
        return names
    }
}
