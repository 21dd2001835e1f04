import Mustache

/// A text that a template may ask for as a section, `{{#date}}({{{date}}}){{/date}}`: an empty one is as good as none.
struct OptionalText: MustacheCustomRenderable {
    let text: String

    init(_ text: String?) {
        self.text = text ?? ""
    }

    var renderText: String { text }
    var isNull: Bool { text.isEmpty }
}
