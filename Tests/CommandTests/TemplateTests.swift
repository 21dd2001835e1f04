import SystemPackage
import TestSupport
import Testing

/// `tagboat template`, and a user's own templates.
@Suite struct TemplateTests {
    @Test func listsAndShowsWhatIsInTheSource() async throws {
        try await Checkout.with { checkout in
            let list = try await checkout.tagboat("template", "list").requireSuccess().standardOutput
            for line in list.lines where !line.isEmpty {
                let name = String(line.prefix { $0 != " " })
                let source = try Program.source.appending("templates/\(name).mustache").readText()
                #expect(try await checkout.tagboat("template", "show", name).standardOutput == source)
            }
            #expect(list.contains("labels.kubernetes        tagboat\n"))
        }
    }

    @Test func aFolderTakesTheirPlace() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "ours/labels.text.mustache",
                "{{#labels}}{{{key}}} is {{{value}}}\n{{/labels}}{{> footer}}\n"
            )
            _ = try checkout.folder.write("ours/footer.mustache", "{{version}} from {{shortCommit}}")
            _ = try checkout.folder.write("tagboat.yaml", "templates: ours\n")
            let list = try await checkout.tagboat("template", "list").standardOutput
            #expect(list.contains("labels.text              ours/labels.text.mustache\n"))
            let short = try await checkout.git("rev-parse", "HEAD").prefix(7)
            for arguments in [["labels"], ["template", "render", "labels.text"]] {
                let result = try await checkout.tagboat(arguments)
                #expect(result.standardOutput.contains("org.opencontainers.image.version is 2.1.106\n"))
                #expect(result.standardOutput.hasSuffix("2.1.106 from \(short)\n"))
            }
        }
    }

    @Test func rendersTagsAndAnnotations() async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write(
                "ours/release.mustache",
                "{{title}}{{kind}} {{#tags}}{{name}}({{class}}){{^isLast}}, {{/isLast}}{{/tags}}\n"
            )
            let result = try await checkout.tagboat(
                ["template", "render", "release", "--templates", "ours", "--tags", "version,minor"]
            )
            #expect(result.standardOutput == "release 2.1.106(immutable), 2.1(moving)\n")
        }
    }

    @Test(
        arguments: [
            ("{{versoin}}", "the template ours/x.mustache uses \"versoin\", which is no field"),
            ("{{#labels}}{{kye}}{{/labels}}", "the template ours/x.mustache uses \"kye\", which is no field"),
            ("{{#labels}}", "the template ours/x.mustache is malformed: line 1"),
            ("{{> nope}}", "there is no template \"nope\""),
            ("{{labels.key}}", "the template ours/x.mustache uses \"labels.key\", but no field has fields of its own"),
        ]
    )
    func saysWhatIsWrongWithATemplate(text: String, problem: String) async throws {
        try await Checkout.with { checkout in
            _ = try checkout.folder.write("ours/x.mustache", text)
            let result = try await checkout.tagboat("template", "render", "x", "--templates", "ours")
            #expect(result.exitCode == 2 && result.standardOutput.isEmpty)
            #expect(result.standardError.hasPrefix("error: \(problem)"), "\(result.standardError)")
        }
    }

    @Test func refusesUnknownTemplatesAndFolders() async throws {
        try await Checkout.with { checkout in
            let unknown = try await checkout.tagboat("template", "show", "label.text")
            #expect(unknown.exitCode == 2)
            #expect(unknown.standardError.contains("did you mean \"labels.text\"?"))
            let folder = try await checkout.tagboat("template", "list", "--templates", "none")
            #expect(folder.exitCode == 2)
            #expect(folder.standardError.hasPrefix("error: the folder of templates, none, cannot be read\n"))
        }
    }
}
