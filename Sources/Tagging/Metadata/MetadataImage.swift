/// An entry of docker/metadata-action's input `images`.
struct MetadataImage {
    let name: String
    let isEnabled: Bool

    /// Reads the entries: names, or `name=…,enable=…`; a single line may hold several names between commas.
    ///
    /// - Throws: `TagRuleError`.
    static func list(_ lines: [String]) throws(TagRuleError) -> [MetadataImage] {
        if lines.count == 1 {
            let names = try fields(lines[0])
            if !names.contains(where: { $0.contains("=") }) {
                return names.map { MetadataImage(name: $0.trimmedOfWhitespace, isEnabled: true) }
            }
        }
        var images: [MetadataImage] = []
        for line in lines { images.append(try MetadataImage(line)) }
        return images
    }

    private init(name: String, isEnabled: Bool) {
        self.name = name
        self.isEnabled = isEnabled
    }

    private init(_ line: String) throws(TagRuleError) {
        var name = ""
        var isEnabled = true
        for field in try Self.fields(line) {
            let parts = field.split(separator: "=", omittingEmptySubsequences: false).map(\.trimmedOfWhitespace)
            guard parts.count > 1 else {
                name = parts[0]
                continue
            }
            switch parts[0].lowercased() {
            case "name": name = parts[1]
            case "enable":
                guard ["true", "false"].contains(parts[1]) else {
                    throw TagRuleError("Invalid enable attribute value: \(line)")
                }
                isEnabled = parts[1] == "true"
            default: throw TagRuleError("Unknown image attribute: \(line)")
            }
        }
        guard !name.isEmpty else { throw TagRuleError("Image name attribute empty: \(line)") }
        self.init(name: name, isEnabled: isEnabled)
    }

    private static func fields(_ line: String) throws(TagRuleError) -> [String] {
        do {
            return try CommaSeparatedText.fields(line)
        } catch {
            throw TagRuleError("\(error.description) in \(line)")
        }
    }
}
