/// A label at a level of an image (docker buildx, "Annotations").
package struct Annotation: Hashable, Sendable {
    /// What carries the annotation.
    package enum Level: String, CaseIterable, Sendable {
        case manifest, index
        case manifestDescriptor = "manifest-descriptor"
        case indexDescriptor = "index-descriptor"
    }

    package let level: Level
    package let key: String
    package let value: String

    package init(level: Level, label: LabelSet.Label) {
        self.level = level
        key = label.key
        value = label.value
    }

    /// As builders take it: `manifest:org.opencontainers.image.title=gallery-ui`.
    package var text: String { "\(level.rawValue):\(key)=\(value)" }
}
