import Mustache
import OCI
import Tagging

/// What templates may use: docs/templates.md is their contract.
struct TemplateFields {
    private let values: [(name: String, value: Any)]

    init(_ values: [(name: String, value: Any)]) {
        self.values = values
    }

    var names: [String] { values.map(\.name) }

    func value(named name: String) -> Any? { values.first { $0.name == name }?.value }
}

/// Looks fields up and remembers the names that are none.
///
/// Mustache asks the innermost item first and this, the outermost, last; so what this does not know is nowhere.
final class FieldLookup: MustacheParent {
    private let fields: TemplateFields
    private(set) var missing: [String] = []

    init(_ fields: TemplateFields) {
        self.fields = fields
    }

    func child(named name: String) -> Any? {
        if let value = fields.value(named: name) { return value }
        if !missing.contains(name) { missing.append(name) }
        return nil
    }
}

extension TemplateFields {
    /// The fields of a build.
    ///
    /// - Parameters:
    ///   - facts: what the checkout says, by name.
    ///   - tags: the tag set.
    ///   - labels: the labels.
    ///   - annotations: the annotations, one for each level.
    ///   - target: what bake and compose call the thing that is built.
    init(
        facts: [(name: String, value: String)],
        tags: [ComputedTag],
        labels: LabelSet,
        annotations: [Annotation],
        target: String
    ) {
        var values: [(name: String, value: Any)] = facts.map { ($0.name, $0.value) }
        values.append(("target", target))
        values.append(("targetJSON", OrderedJSON.string(target).compact))
        values.append(("tags", Self.items(tags, Self.fields(of:))))
        values.append(("labels", Self.items(labels.labels, Self.fields(of:))))
        values.append(("annotations", Self.items(annotations, Self.fields(of:))))
        self.init(values)
    }

    /// The items of a list; each knows whether it is the last one.
    static func items<Item>(_ items: [Item], _ fields: (Item) -> [String: Any]) -> [[String: Any]] {
        items.enumerated().map { index, item in
            fields(item).merging(["isLast": index == items.count - 1]) { own, _ in own }
        }
    }

    private static func fields(of tag: ComputedTag) -> [String: Any] {
        ["name": tag.tag.name, "rule": tag.rule, "class": tag.tagClass.rawValue]
    }

    private static func fields(of label: LabelSet.Label) -> [String: Any] {
        [
            "key": label.key,
            "value": label.value,
            "argument": ShellWord.quote("\(label.key)=\(label.value)"),
            "word": ShellWord.quote(label.value),
            "variable": ShellWord.variable(label.key),
            "dotenv": DotenvValue.quote(label.value),
            "dockerfileKey": DockerfileWord.key(label.key),
            "dockerfileValue": DockerfileWord.quote(label.value),
            "keyJSON": OrderedJSON.string(label.key).compact,
            "valueJSON": OrderedJSON.string(label.value).compact,
            // Compose fills in variables; two dollar signs stand for one.
            "composeValue": OrderedJSON.string(label.value.map { $0 == "$" ? "$$" : String($0) }.joined()).compact,
        ]
    }

    private static func fields(of annotation: Annotation) -> [String: Any] {
        let text = annotation.text
        return [
            "level": annotation.level.rawValue,
            "key": annotation.key,
            "value": annotation.value,
            "argument": ShellWord.quote(text),
            "json": OrderedJSON.string(text).compact,
        ]
    }
}
