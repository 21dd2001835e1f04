import OCI
import Tagging

/// Platforms as people read them.
enum PlatformText {
    /// A platform's whole name.
    static func name(_ platform: Platform?) -> String {
        PrintableText.escaped(platform?.description ?? "unknown")
    }

    /// Platforms in a few characters: Linux is understood, and of many only the count is told.
    static func short(_ platforms: [Platform?]) -> String {
        let names = platforms.map { platform in
            let name = name(platform)
            return name.hasPrefix("linux/") ? String(name.dropFirst("linux/".count)) : name
        }
        let text = names.joined(separator: ", ")
        return text.count <= 17 || names.count == 1 ? text : "\(names.count) platforms"
    }

    static func problem(_ error: PlatformError) -> String {
        let wanted = name(error.wanted)
        return error.isAmbiguous
            ? "the image has several variants of \(wanted)" : "the image has no platform \(wanted)"
    }

    static func hint(_ error: PlatformError) -> String {
        let names = error.available.map(name)
        if names.isEmpty { return "it names no platform at all" }
        return error.isAmbiguous
            ? "name one: \(names.joined(separator: ", "))" : "it has \(names.joined(separator: ", "))"
    }
}
