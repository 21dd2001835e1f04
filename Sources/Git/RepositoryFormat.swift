import FoundationEssentials

/// What a repository's own configuration says about its format, read as text.
///
/// libgit2 1.5 refuses what it cannot read with words that help nobody, so we look ourselves.
enum RepositoryFormat {
    /// The first reason why libgit2 cannot read a repository; nil where we see none.
    ///
    /// - Parameter path: a folder in the work tree, or the repository itself.
    /// - Returns: the kind of error to throw.
    static func problem(near path: String) -> GitError.Kind? {
        guard let (root, configuration) = findConfiguration(from: path),
            let data = FileManager.default.contents(atPath: configuration)
        else { return nil }
        for (name, value) in extensions(in: String(decoding: data, as: UTF8.self)) {
            switch (name, value) {
            case ("objectformat", "sha256"): return .sha256Repository(path: root)
            case ("refstorage", "reftable"): return .reftable(path: root)
            case ("noop", _), ("objectformat", "sha1"), ("refstorage", "files"): continue
            // A partial clone can be read as far as its objects are there.
            case ("partialclone", _), ("worktreeconfig", _), ("preciousobjects", _): continue
            default: return .unsupportedExtension(name: name, path: root)
            }
        }
        return nil
    }

    /// The folder that holds the repository or its work tree.
    static func root(near path: String) -> String? { findConfiguration(from: path)?.root }

    /// The entries of the section `extensions`, names in lower case.
    static func extensions(in text: String) -> [(name: String, value: String)] {
        var entries: [(String, String)] = []
        var isInside = false
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.drop { $0.isWhitespace }
            if words.hasPrefix("[") {
                isInside = words.lowercased().hasPrefix("[extensions]")
            } else if isInside, let first = words.first, first != "#", first != ";" {
                let parts = words.split(separator: "=", maxSplits: 1).map { part in
                    part.split(whereSeparator: { $0.isWhitespace || $0 == "\"" }).joined().lowercased()
                }
                entries.append((parts[0], parts.count > 1 ? parts[1] : "true"))
            }
        }
        return entries
    }

    private static func findConfiguration(from path: String) -> (root: String, configuration: String)? {
        var folder = path
        while true {
            for git in [folder + "/.git", folder] {
                let directory = gitDirectory(git)
                let common = commonDirectory(of: directory)
                let hasObjects = FileManager.default.fileExists(atPath: common + "/objects")
                if hasObjects, FileManager.default.fileExists(atPath: common + "/config") {
                    return (folder, common + "/config")
                }
            }
            guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { return nil }
            folder = String(folder[..<slash])
        }
    }

    /// Where a `.git` file points to, as in worktrees and submodules; the path itself where it is a folder.
    private static func gitDirectory(_ path: String) -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count < 8192 else { return path }
        let text = String(decoding: data, as: UTF8.self)
        guard text.hasPrefix("gitdir: ") else { return path }
        let target = text.dropFirst("gitdir: ".count).prefix { !$0.isNewline }
        guard !target.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return String(target) }
        return path[..<slash] + "/" + target
    }

    private static func commonDirectory(of directory: String) -> String {
        guard let data = FileManager.default.contents(atPath: directory + "/commondir") else { return directory }
        let target = String(decoding: data, as: UTF8.self).prefix { !$0.isNewline }
        return target.hasPrefix("/") ? String(target) : directory + "/" + target
    }
}
