import Changes
import FoundationEssentials
import Git
import SystemPackage

/// Finds the Dockerfiles of a project.
struct DockerfileSearch {
    /// Where to look; everything below counts.
    let folder: FilePath
    /// The repository around it; nil where there is none.
    let git: GitRepository?
    let excludes: [PathPattern]

    /// The files, relative to the folder, in the order of their names' bytes.
    ///
    /// In a repository these are files that git tracks, else files that are in no hidden folder and not behind a link.
    ///
    /// - Throws: `GitError`.
    func files() async throws -> [FilePath] {
        let root = await ProjectRoot(git: git, folder: folder)
        var names: [String]
        if let git {
            names = try await git.trackedFiles().filter { Self.mayBeDockerfile(Self.name($0)) }
        } else {
            names = filesBelow("")
        }
        names = names.filter { name in
            let path = name.split(separator: "/").map { Array($0.utf8) }
            return !excludes.contains { $0.fit(path) != nil || $0.isSingleName && $0.fitsAnyName(of: path) }
        }
        let found = names.map { root.path(fromTop: $0) }
            .compactMap { path -> FilePath? in
                var relative = path
                return relative.removePrefix(root.folder) ? relative : nil
            }
            .filter { isDockerfile(folder.pushing($0)) }
        return found.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
    }

    private func filesBelow(_ path: String) -> [String] {
        let here = path.isEmpty ? folder : folder.appending(path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: here.string)) ?? []
        return names.flatMap { name -> [String] in
            let full = path.isEmpty ? name : "\(path)/\(name)"
            let attributes = try? FileManager.default.attributesOfItem(atPath: here.appending(name).string)
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory?: return name.hasPrefix(".") || name == "node_modules" ? [] : filesBelow(full)
            case .typeRegular?: return Self.mayBeDockerfile(name) ? [full] : []
            default: return []
            }
        }
    }

    private static func name(_ path: String) -> String {
        String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }

    /// Whether a file is called like a Dockerfile: `Dockerfile`, `Dockerfile.dev`, `Dockerfile-dev`, `dev.Dockerfile`.
    ///
    /// Templates and the files that tell what a build leaves out are not meant.
    static func mayBeDockerfile(_ name: String) -> Bool {
        if exactNames.contains(name) { return true }
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard !otherEndings.contains(ending) else { return false }
        return ["Dockerfile", "Containerfile"].contains { word in
            [".", "-", "_"].contains { name.hasPrefix(word + $0) } || name.hasSuffix("." + word)
                || name.hasSuffix("." + word.lowercased())
        }
    }

    private static let exactNames = ["Dockerfile", "dockerfile", "Containerfile", "containerfile"]
    private static let otherEndings = [
        "dockerignore", "containerignore", "template", "tmpl", "tpl", "gotmpl", "j2", "jinja", "jinja2", "erb", "ejs",
        "hbs", "mustache", "liquid", "in", "orig", "rej", "bak", "swp", "md", "txt",
    ]

    /// Whether a file that is called like one begins like one; what is called `Dockerfile` is taken at its word.
    private func isDockerfile(_ path: FilePath) -> Bool {
        guard let data = FileManager.default.contents(atPath: path.string) else { return false }
        if Self.exactNames.contains(path.lastComponent?.string ?? "") { return true }
        let lines = data.split { $0 == 0x0A || $0 == 0x0D }
        for line in lines {
            let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            guard let first = words.first, !first.hasPrefix("#"), !first.hasPrefix("\u{FEFF}#") else { continue }
            return ["FROM", "ARG"].contains(first.uppercased().drop { $0 == "\u{FEFF}" })
        }
        return false
    }
}
