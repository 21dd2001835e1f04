/// Names of an archive's members, which must stay inside of it.
enum ArchivePath {
    /// The one spelling of a member's name: without `.`, `..`, doubled and trailing slashes.
    ///
    /// - Parameter name: the name as a header has it.
    /// - Returns: the name; empty for the archive's own top.
    /// - Throws: `TarError` where the name is absolute or leads out of the archive.
    static func normalized(_ name: String) throws(TarError) -> String {
        guard !name.hasPrefix("/") else { throw TarError("\(quoted(name)) is an absolute path") }
        guard let parts = joined([], name) else { throw TarError("\(quoted(name)) leads out of the archive") }
        return parts.joined(separator: "/")
    }

    /// The member that a symbolic link leads to.
    ///
    /// - Parameters:
    ///   - target: the link's content, relative to the folder that the link is in.
    ///   - link: the link's own name, normalized.
    /// - Returns: the name of the member.
    /// - Throws: `TarError` where it leads out of the archive.
    static func target(_ target: String, of link: String) throws(TarError) -> String {
        let folder = link.split(separator: "/").dropLast().map(String.init)
        guard !target.hasPrefix("/"), let parts = joined(folder, target) else {
            throw TarError("the link \(quoted(link)) leads out of the archive, to \(quoted(target))")
        }
        return parts.joined(separator: "/")
    }

    private static func joined(_ folder: [String], _ name: String) -> [String]? {
        var parts = folder
        for part in name.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts
    }

    /// A name for messages: on one line and of bounded length.
    static func quoted(_ name: String) -> String {
        let printable = name.unicodeScalars.prefix(120)
            .map { $0.properties.generalCategory == .control ? "?" : String($0) }
            .joined()
        return "\"\(printable)\""
    }
}
