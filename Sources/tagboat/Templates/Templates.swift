import FoundationEssentials
import Mustache
import SystemPackage

/// The templates of the folder `templates/`, embedded when the program was built, and a user's own in their place.
struct Templates {
    /// The folder of the user's own; nil for none.
    let folder: FilePath?

    private static let fileExtension = ".mustache"

    private static let embedded: [String: [UInt8]] = [
        "annotations.bake": PackageResources.annotations_bake_mustache,
        "annotations.docker": PackageResources.annotations_docker_mustache,
        "annotations.text": PackageResources.annotations_text_mustache,
        "changelog.entry": PackageResources.changelog_entry_mustache,
        "changelog.header": PackageResources.changelog_header_mustache,
        "changelog.section": PackageResources.changelog_section_mustache,
        "history.page": PackageResources.history_page_mustache,
        "labels.bake": PackageResources.labels_bake_mustache,
        "labels.compose": PackageResources.labels_compose_mustache,
        "labels.docker": PackageResources.labels_docker_mustache,
        "labels.dockerfile": PackageResources.labels_dockerfile_mustache,
        "labels.dotenv": PackageResources.labels_dotenv_mustache,
        "labels.env": PackageResources.labels_env_mustache,
        "labels.kubernetes": PackageResources.labels_kubernetes_mustache,
        "labels.text": PackageResources.labels_text_mustache,
        "notes.markdown": PackageResources.notes_markdown_mustache,
        "notes.text": PackageResources.notes_text_mustache,
        "summary.markdown": PackageResources.summary_markdown_mustache,
        "pipeline.azure": PackageResources.pipeline_azure_mustache,
        "pipeline.bitbucket": PackageResources.pipeline_bitbucket_mustache,
        "pipeline.buildkite": PackageResources.pipeline_buildkite_mustache,
        "pipeline.check": PackageResources.pipeline_check_mustache,
        "pipeline.circleci": PackageResources.pipeline_circleci_mustache,
        "pipeline.github": PackageResources.pipeline_github_mustache,
        "pipeline.gitlab": PackageResources.pipeline_gitlab_mustache,
        "pipeline.install": PackageResources.pipeline_install_mustache,
        "pipeline.install-debian": PackageResources.pipeline_install_debian_mustache,
        "pipeline.jenkins": PackageResources.pipeline_jenkins_mustache,
        "pipeline.release": PackageResources.pipeline_release_mustache,
        "pipeline.tekton": PackageResources.pipeline_tekton_mustache,
        "pipeline.woodpecker": PackageResources.pipeline_woodpecker_mustache,
        "project.configuration": PackageResources.project_configuration_mustache,
    ]

    /// A template by name: where it comes from, and its text.
    struct Source: Equatable {
        let name: String
        /// The file; nil for a template of tagboat's own.
        let file: String?
        let text: String
    }

    /// Every template there is, sorted by name.
    ///
    /// - Throws: `ConfigurationError` where the user's folder cannot be read.
    func all() throws(ConfigurationError) -> [Source] {
        var sources: [Source] = []
        for name in Set(Self.embedded.keys).union(try ownNames()).sorted() { sources.append(try source(named: name)) }
        return sources
    }

    /// The template of a name: the user's own, else tagboat's.
    ///
    /// - Throws: `ConfigurationError` where there is none, or the user's cannot be read.
    func source(named name: String) throws(ConfigurationError) -> Source {
        let names = Set(Self.embedded.keys).union(try ownNames())
        guard names.contains(name) else { throw ConfigurationValue.unknown(name, "template", among: names.sorted()) }
        if let folder, try ownNames().contains(name) {
            let file = folder.appending(name + Self.fileExtension)
            guard let data = FileManager.default.contents(atPath: file.string),
                let text = String(validating: data, as: UTF8.self)
            else { throw ConfigurationError("the template \(file) cannot be read", hint: "save it as UTF-8 text") }
            return Source(name: name, file: file.string, text: text)
        }
        return Source(name: name, file: nil, text: String(decoding: Self.embedded[name] ?? [], as: UTF8.self))
    }

    /// Renders a template.
    ///
    /// - Parameters:
    ///   - name: the template.
    ///   - fields: what it may use.
    /// - Returns: the text.
    /// - Throws: `ConfigurationError` where the template is malformed, or uses a field that there is not.
    func render(_ name: String, _ fields: TemplateFields) throws(ConfigurationError) -> String {
        try prepared(name).render(fields)
    }

    /// Reads a template and those that it uses, to be rendered many times.
    ///
    /// Templates of one folder may use one another by `{{> name}}`.
    ///
    /// - Parameter name: the template.
    /// - Returns: the template.
    /// - Throws: `ConfigurationError` where the template is malformed.
    func prepared(_ name: String) throws(ConfigurationError) -> PreparedTemplate {
        let source = try source(named: name)
        var library = MustacheLibrary()
        let known = try all()
        for partial in try Self.partials(of: source, among: known) {
            library.register(try Self.parse(partial), named: partial.name)
        }
        library.register(try Self.parse(source), named: source.name)
        return PreparedTemplate(source: source, library: library)
    }

    private func ownNames() throws(ConfigurationError) -> Set<String> {
        guard let folder else { return [] }
        do {
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.string)
            return Set(
                files.filter { $0.hasSuffix(Self.fileExtension) }
                    .map { String($0.dropLast(Self.fileExtension.count)) }
            )
        } catch {
            throw ConfigurationError(
                "the folder of templates, \(folder), cannot be read",
                hint: "check --templates, or `templates:` in tagboat.yaml"
            )
        }
    }

    private static func parse(_ source: Source) throws(ConfigurationError) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: source.text)
        } catch {
            let place = source.file ?? source.name
            let problem = (error as? MustacheTemplate.ParserError).map { "\($0.context.lineNumber): \($0.error)" }
            throw ConfigurationError(
                "the template \(place) is malformed: \(problem.map { "line \($0)" } ?? "\(error)")",
                hint: "its language is Mustache; `tagboat template show` prints one that is well-formed"
            )
        }
    }

    /// The templates that one uses, directly and by way of others.
    ///
    /// Mustache itself would leave a hole for one that is absent, and for a field within a field.
    private static func partials(of source: Source, among known: [Source]) throws(ConfigurationError) -> [Source] {
        var found: [Source] = []
        var pending = [source]
        while let next = pending.popLast() {
            for tag in TemplateTags(next.text) {
                if tag.hasPrefix(">") {
                    let name = String(tag.dropFirst().drop(while: \.isWhitespace))
                    guard let partial = known.first(where: { $0.name == name }) else {
                        throw ConfigurationValue.unknown(name, "template", among: known.map(\.name))
                    }
                    if !found.contains(partial), partial != source {
                        found.append(partial)
                        pending.append(partial)
                    }
                } else if let path = tag.wholeMatch(of: /[#^&]?\s*([A-Za-z_]+\.[A-Za-z_.]+)/) {
                    throw ConfigurationError(
                        "the template \(next.file ?? next.name) uses \"\(path.1)\", but no field has fields of its own",
                        hint: "go through a list with {{#labels}}…{{/labels}}"
                    )
                }
            }
        }
        return found
    }
}

/// A template that is ready to be rendered.
struct PreparedTemplate {
    let source: Templates.Source
    let library: MustacheLibrary

    /// Fills the template in.
    ///
    /// - Parameter fields: what it may use.
    /// - Returns: the text.
    /// - Throws: `ConfigurationError` where it uses a field that there is not.
    func render(_ fields: TemplateFields) throws(ConfigurationError) -> String {
        let lookup = FieldLookup(fields)
        let text = library.render(lookup, withTemplate: source.name) ?? ""
        guard lookup.missing.isEmpty else {
            let missing = lookup.missing.map { "\"\($0)\"" }.joined(separator: ", ")
            throw ConfigurationError(
                "the template \(source.file ?? source.name) uses \(missing), which is no field",
                hint: "the fields are: \(fields.names.joined(separator: ", ")); docs/templates.md explains them"
            )
        }
        return text
    }
}
