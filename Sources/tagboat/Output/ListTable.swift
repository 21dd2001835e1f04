import OCI
import Tagging
import Versioning

/// A list as comma-separated values (RFC 4180, with a bare line feed at the end of lines), one line for each tag.
enum ListTable {
    static func render(_ images: [ListedImage]) -> String {
        var text = row(["tag", "version", "class", "digest", "type", "created", "size", "platforms", "problem"])
        for image in images {
            let platforms = image.platforms.compactMap { $0.platform?.description }.joined(separator: " ")
            for tag in image.tags {
                text += row([
                    tag.tag.name,
                    tag.version?.text ?? "",
                    tag.tagClass?.rawValue ?? "",
                    image.digest?.description ?? "",
                    image.artifactType ?? image.kind?.rawValue ?? "",
                    image.created?.rfc3339 ?? "",
                    image.size.map(String.init) ?? "",
                    platforms,
                    image.problem ?? "",
                ])
            }
        }
        return text
    }

    private static func row(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\n"
    }

    private static func field(_ text: String) -> String {
        let text = PrintableText.escaped(text)
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
