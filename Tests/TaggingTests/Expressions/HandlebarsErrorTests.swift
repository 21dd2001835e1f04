import Testing

@testable import Tagging

/// Every template here is one for which handlebars.js throws as well, except for the limits.
@Suite struct HandlebarsErrorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let template: String
        let column: Int
        let problem: String

        init(_ template: String, _ column: Int, _ problem: String) {
            self.template = template
            self.column = column
            self.problem = problem
        }

        var testDescription: String { template }
    }

    @Test(arguments: [
        Case("{{", 3, #"expected a name, found the end of the template"#),
        Case("a {{version", 12, #"expected "}}", found the end of the template"#),
        Case("{{version}", 10, #"expected "}}", found "}""#),
        Case("{{version}}}", 10, #"expected "}}", found "}}}""#),
        Case("{{{version}}", 11, #"expected "}}}", found "}}""#),
        Case("{{}}", 3, #"expected a name, found "}}""#),
        Case("{{#if major}}x", 15, #"expected "{{/", found the end of the template"#),
        Case("{{#if major}}x{{/unless}}", 18, #""if" is open here, so "unless" cannot be closed"#),
        Case("x{{/if}}", 2, #"expected text, an expression or a block, found "{{/""#),
        Case("{{else}}", 1, #"expected text, an expression or a block, found "{{else}}""#),
        Case("{{^a}}{{else if b}}{{/a}}", 7, #"expected "{{/", found "{{else""#),
        Case("{{#a}}{{else}}{{else}}{{/a}}", 15, #"expected "{{/", found "{{else}}""#),
        Case("{{#}}x{{/}}", 4, #"expected a name, found "}}""#),
        Case("{{a=1}}", 4, #"expected "}}", found "=""#),
        Case("{{f a=1 b}}", 10, #"expected "=", found "}}""#),
        Case("{{f a=}}", 7, #"expected a value, found "}}""#),
        Case("{{f 'x}}", 5, "expected a closing '"),
        Case("{{f (g}}", 7, #"expected ")", found "}}""#),
        Case("{{(f)}}", 3, #"expected a name, found "(""#),
        Case("{{.a}}", 3, #"expected a name, found ".""#),
        Case("{{a/../b}}", 3, #""a/.." is no path"#),
        Case("{{prerelease.1}}", 14, #"expected a name, found "1""#),
        Case("{{f [a}}", 5, "expected a closing ]"),
        Case("{{a b}c}}", 6, #"expected "}}", found "}""#),
        Case("{{date 'Y' tz:'UTC'}}", 12, #"expected "}}", found "tz:'""#),
        Case("{{#each a as |}}{{/each}}", 15, #"expected a name, found "}}""#),
        Case("{{#each a as |[b]|}}{{/each}}", 15, #""[b]" cannot name a value"#),
        Case("{{! open", 1, #"the comment is not closed by "}}""#),
        Case("{{!-- open }}", 1, #"the comment is not closed by "--}}""#),
        Case("{{{{raw}}}} open", 12, "the raw block is not closed"),
        Case("{{{{raw}}}}{{{{/war}}}}", 12, #""raw" is open here, so "war" cannot be closed"#),
        Case("a\0", 2, "the character NUL cannot stand in a template"),
        Case("{{> part}}", 1, "partials are not supported"),
        Case("{{#> part}}{{/part}}", 1, "partials are not supported"),
        Case("{{* decorate}}", 1, "decorators are not supported"),
        Case("{{#*inline 'x'}}{{/inline}}", 1, "decorators are not supported"),
    ])
    func refusesToRead(example: Case) {
        let error = #expect(throws: HandlebarsError.self) { try HandlebarsTemplate(parsing: example.template) }
        #expect(error?.problem == example.problem)
        #expect(error?.template == example.template)
        #expect(error?.line == 1)
        #expect(error?.column == example.column)
    }

    @Test(arguments: [
        Case("{{nope 1}}", 3, #"Missing helper: "nope""#),
        Case("{{version 'x'}}", 3, #""version" is not a function"#),
        Case("a {{date}}", 5, "date requires a format"),
        Case("{{date 'Y' zone='UTC'}}", 3, "Unknown zone attribute"),
        Case("{{#if (date 'Y' zone='UTC')}}{{/if}}", 8, "Unknown zone attribute"),
        Case("{{#if major}}{{nope 1}}{{/if}}", 16, #"Missing helper: "nope""#),
        Case("{{#if}}{{/if}}", 4, "#if requires exactly one argument"),
        Case("{{#if major minor}}{{/if}}", 4, "#if requires exactly one argument"),
        Case("{{#each}}{{/each}}", 4, "#each requires exactly one argument"),
        Case("{{if major}}", 3, #""if" is a block, as in {{#if …}}"#),
        Case("{{lookup prerelease}}", 3, "lookup requires two arguments"),
        Case("{{helperMissing}}", 3, #""helperMissing" cannot be called"#),
        Case("{{#if major as |m|}}{{m}}{{/if}}", 23, #"the block gives no value to "m""#),
        // handlebars.js prints the source of the function.
        Case("{{lookup this 'sha'}}", 3, "a function cannot be printed"),
    ])
    func refusesToRender(example: Case) throws {
        let template = try HandlebarsTemplate(parsing: example.template)
        let error = #expect(throws: HandlebarsError.self) { try template.render(releaseContext) }
        #expect(error?.problem == example.problem)
        #expect(error?.column == example.column)
    }

    @Test func namesTemplateAndPlace() {
        let oneLine = #expect(throws: HandlebarsError.self) { try HandlebarsTemplate(parsing: "é{{#if}}") }
        #expect(
            oneLine?.description
                == #"template "é{{#if}}", column 9: expected "{{/", found the end of the template"#
        )
        let twoLines = #expect(throws: HandlebarsError.self) { try HandlebarsTemplate(parsing: "a\r\nb{{(") }
        #expect(twoLines?.description == "template \"a\r\nb{{(\", line 2, column 4: expected a name, found \"(\"")
        #expect(HandlebarsError("a problem").description == "a problem")
    }

    @Test func boundsTheNesting() throws {
        func nested(_ count: Int) -> String {
            String(repeating: "{{#with this}}", count: count) + "x" + String(repeating: "{{/with}}", count: count)
        }
        func chained(_ count: Int) -> String {
            "{{#if no}}" + String(repeating: "{{else if no}}", count: count) + "{{else}}x{{/if}}"
        }
        func called(_ count: Int) -> String {
            "{{give " + String(repeating: "(give ", count: count) + "1" + String(repeating: ")", count: count) + "}}"
        }
        #expect(try HandlebarsTemplate(parsing: nested(100)).render(templateContext) == "x")
        #expect(try HandlebarsTemplate(parsing: chained(99)).render(templateContext) == "x")
        #expect(try HandlebarsTemplate(parsing: called(100)).render(templateContext) == "1")
        for template in [nested(101), chained(100), called(101), String(repeating: "{{#a}}", count: 10_000)] {
            let error = #expect(throws: HandlebarsError.self) { try HandlebarsTemplate(parsing: template) }
            #expect(error?.problem == "more than 100 blocks and subexpressions are nested")
        }
    }

    @Test func boundsTheWork() throws {
        let loops = String(repeating: "{{#each @root.names}}", count: 30)
        let ends = String(repeating: "{{/each}}", count: 30)
        let template = try HandlebarsTemplate(parsing: loops + ends)
        let error = #expect(throws: HandlebarsError.self) { try template.render(templateContext) }
        #expect(error?.problem == "the template renders more than 100000 statements")
    }
}
