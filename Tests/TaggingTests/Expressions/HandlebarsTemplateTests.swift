import Testing

@testable import Tagging

@Suite struct HandlebarsTemplateTests {
    struct LoneCase: Sendable, CustomTestStringConvertible {
        let template: String
        let isLone: Bool
        var testDescription: String { template }
    }

    @Test(arguments: [
        LoneCase(template: "{{raw}}", isLone: true),
        LoneCase(template: "{{~ raw ~}}", isLone: true),
        LoneCase(template: "{{{raw}}}", isLone: true),
        LoneCase(template: "{{&raw}}", isLone: true),
        LoneCase(template: "{{[raw]}}", isLone: true),
        LoneCase(template: "{{this.raw}}", isLone: true),
        LoneCase(template: "{{../raw}}", isLone: true),
        LoneCase(template: "{{@raw}}", isLone: true),
        LoneCase(template: "{{raw 'x'}}", isLone: true),
        LoneCase(template: "{{'raw'}}", isLone: false),
        LoneCase(template: "{{version}}", isLone: false),
        LoneCase(template: "{{raw.x}}", isLone: false),
        LoneCase(template: " {{raw}}", isLone: false),
        LoneCase(template: " {{~raw}}", isLone: false),
        LoneCase(template: "{{raw}}{{! x }}", isLone: false),
        LoneCase(template: "{{#raw}}{{/raw}}", isLone: false),
        LoneCase(template: "raw", isLone: false),
        LoneCase(template: "", isLone: false),
    ])
    func isLoneExpression(example: LoneCase) throws {
        #expect(try HandlebarsTemplate(parsing: example.template).isLoneExpression("raw") == example.isLone)
    }

    struct NamesCase: Sendable, CustomTestStringConvertible {
        let template: String
        let names: Set<String>
        var testDescription: String { template }
    }

    @Test(arguments: [
        NamesCase(template: "text", names: []),
        NamesCase(template: "{{version}}-{{{sha}}}", names: ["version", "sha"]),
        NamesCase(template: "{{a.b}}{{this.c}}{{../d}}{{'e'}}{{[f g]}}", names: ["a", "c", "d", "e", "f g"]),
        NamesCase(template: "{{date format tz=zone x=(f y)}}", names: ["date", "format", "zone", "f", "y"]),
        // Neither built-ins nor data variables nor literals are names of the context.
        NamesCase(template: "{{#if tag}}{{@index}}{{lookup list 'x'}}{{/if}}", names: ["tag", "list"]),
        NamesCase(template: "{{@root.major}}{{@root}}{{.}}{{..}}", names: ["major"]),
        NamesCase(
            template: "{{#each list as |item i|}}{{item.x}}{{i}}{{y}}{{/each}}{{item}}",
            names: ["list", "y", "item"]
        ),
        NamesCase(template: "{{#a}}{{b}}{{else if c}}{{d}}{{else}}{{e}}{{/a}}", names: ["a", "b", "c", "d", "e"]),
        NamesCase(template: "{{! a }}{{!-- b --}}", names: []),
    ])
    func names(example: NamesCase) throws {
        #expect(try HandlebarsTemplate(parsing: example.template).names == example.names)
    }

    struct NumberCase: Sendable, CustomTestStringConvertible {
        let number: Double
        let text: String
        var testDescription: String { text }
    }

    @Test(arguments: [
        NumberCase(number: 0, text: "0"),
        NumberCase(number: -0.0, text: "0"),
        NumberCase(number: 1, text: "1"),
        NumberCase(number: -1.5, text: "-1.5"),
        NumberCase(number: 0.1, text: "0.1"),
        NumberCase(number: 20_260_710, text: "20260710"),
        NumberCase(number: 9_007_199_254_740_992, text: "9007199254740992"),
        NumberCase(number: 123e18, text: "123000000000000000000"),
        NumberCase(number: 1e20, text: "100000000000000000000"),
        NumberCase(number: 1e21, text: "1e+21"),
        NumberCase(number: 1.25e21, text: "1.25e+21"),
        NumberCase(number: 1e-6, text: "0.000001"),
        NumberCase(number: 1.25e-6, text: "0.00000125"),
        NumberCase(number: 1e-7, text: "1e-7"),
        NumberCase(number: -1.25e-7, text: "-1.25e-7"),
        NumberCase(number: .leastNonzeroMagnitude, text: "5e-324"),
        NumberCase(number: .greatestFiniteMagnitude, text: "1.7976931348623157e+308"),
        NumberCase(number: .infinity, text: "Infinity"),
        NumberCase(number: -.infinity, text: "-Infinity"),
        NumberCase(number: .nan, text: "NaN"),
    ])
    func printsNumbers(example: NumberCase) throws {
        let template = try HandlebarsTemplate(parsing: "{{n}}")
        #expect(try template.render(.object([("n", .number(example.number))])) == example.text)
    }

    @Test func printsAnObjectAsItsText() throws {
        let context = HandlebarsValue.object([("major", .number(1))], text: "1.0.0")
        #expect(try HandlebarsTemplate(parsing: "{{this}} {{major}}").render(context) == "1.0.0 1")
        #expect(try HandlebarsTemplate(parsing: "{{this}}{{x}}").render(.undefined) == "")
    }

    @Test func addsThePlaceToTheErrorOfAFunction() throws {
        let context = HandlebarsValue.object([
            ("f", .function { _ throws(HandlebarsError) in throw HandlebarsError("no such zone") })
        ])
        let template = try HandlebarsTemplate(parsing: "v{{#if yes}}{{else}}{{f}}{{/if}}")
        let error = #expect(throws: HandlebarsError.self) { try template.render(context) }
        #expect(error?.description == "template \"v{{#if yes}}{{else}}{{f}}{{/if}}\", column 23: no such zone")
    }
}
