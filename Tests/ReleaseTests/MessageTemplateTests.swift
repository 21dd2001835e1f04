import Release
import Tagging
import Testing

@Suite struct MessageTemplateTests {
    @Test(arguments: [
        (MessageTemplate.defaultCommit.text, "chore(release): ui 2.2.0"), (MessageTemplate.defaultTag.text, "ui 2.2.0"),
        (
            "{{previous_version}} to {{version}} ({{level}}){{#if tag}}, {{tag}}{{/if}}",
            "2.1.0 to 2.2.0 (minor), ui/v2.2.0"
        ),
    ])
    func fieldsAreFilledIn(template: String, message: String) throws {
        let fields = MessageTemplate.Fields(
            version: "2.2.0",
            previousVersion: "2.1.0",
            tag: "ui/v2.2.0",
            level: "minor",
            component: "ui"
        )
        #expect(try MessageTemplate(template).render(fields) == message)
    }

    @Test func absentFieldsAreEmpty() throws {
        let fields = MessageTemplate.Fields(version: "2.2.0+build.5")
        #expect(try MessageTemplate.defaultCommit.render(fields) == "chore(release): 2.2.0+build.5")
        #expect(try MessageTemplate("[{{tag}}]").render(fields) == "[]")
    }

    @Test(arguments: ["{{verison}}", "{{version", "{{#if x}}{{/if}}"]) func mistakesAreFound(template: String) {
        #expect(throws: HandlebarsError.self) { try MessageTemplate(template) }
    }
}
