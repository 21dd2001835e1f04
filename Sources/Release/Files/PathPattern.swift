import FoundationEssentials
import SystemPackage

/// A path with `*`, `?`, `[…]` in its names, or `**` for folders of any depth.
struct PathPattern {
    private let components: [String]
    private let isAbsolute: Bool

    init(_ text: String) {
        let path = FilePath(text)
        isAbsolute = path.isAbsolute
        components = path.components.map(\.string)
    }

    /// Whether it can mean several files.
    var isPattern: Bool { components.contains(where: Self.isPattern) }

    private static func isPattern(_ name: String) -> Bool { name.utf8.contains { "*?[".utf8.contains($0) } }

    /// The files that it means, in the order of their names' bytes.
    ///
    /// A name that starts with a dot is meant only where the pattern has the dot too. `**` goes into no symbolic link;
    /// it is the caller who checks where the links among the results lead.
    ///
    /// - Parameter folder: where a relative pattern starts.
    /// - Returns: the paths of what exists; without a pattern in it the one path, whether or not it exists.
    func paths(in folder: FilePath) -> [FilePath] {
        let start = isAbsolute ? FilePath("/") : folder
        guard isPattern else { return [components.reduce(start) { $0.appending($1) }] }
        var paths: [FilePath] = [start]
        for component in components {
            paths = paths.flatMap { path in
                if component == "**" { return Self.foldersBelow(path) }
                guard Self.isPattern(component) else { return [path.appending(component)] }
                let pattern = Array(component.utf8)
                return Self.names(in: path)
                    .filter { !$0.hasPrefix(".") || component.hasPrefix(".") }
                    .filter { Self.matches(Array($0.utf8)[...], pattern[...]) }
                    .map { path.appending($0) }
            }
        }
        var seen: Set<FilePath> = []
        return paths.filter { FileManager.default.fileExists(atPath: $0.string) && seen.insert($0).inserted }
    }

    private static func names(in folder: FilePath) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// A folder and all those in it, without hidden ones and links.
    private static func foldersBelow(_ folder: FilePath) -> [FilePath] {
        var folders = [folder]
        for name in names(in: folder) where !name.hasPrefix(".") {
            let path = folder.appending(name)
            let attributes = try? FileManager.default.attributesOfItem(atPath: path.string)
            if attributes?[.type] as? FileAttributeType == .typeDirectory { folders += foldersBelow(path) }
        }
        return folders
    }

    /// Whether a name is meant, in time that is linear in it for each star.
    static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        var (name, pattern) = (name, pattern)
        /// Where to go on with one more byte taken by the last star.
        var retry: (name: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
        while true {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (name, pattern)
            } else if let (set, rest) = element(pattern), let byte = name.first, set(byte) {
                (name, pattern) = (name.dropFirst(), rest)
            } else if name.isEmpty, pattern.isEmpty {
                return true
            } else if let last = retry, !last.name.isEmpty {
                (name, pattern) = (last.name.dropFirst(), last.pattern)
                retry?.name = name
            } else {
                return false
            }
        }
    }

    /// The first element of a pattern, which takes one byte, and what follows it.
    private static func element(
        _ pattern: ArraySlice<UInt8>
    ) -> (matches: (UInt8) -> Bool, rest: ArraySlice<UInt8>)? {
        guard let first = pattern.first else { return nil }
        let rest = pattern.dropFirst()
        if first == UInt8(ascii: "?") { return ({ _ in true }, rest) }
        guard first == UInt8(ascii: "["), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else {
            return ({ $0 == first }, rest)
        }
        var members = rest[..<end]
        let isNegated = members.first == UInt8(ascii: "!") || members.first == UInt8(ascii: "^")
        if isNegated { members = members.dropFirst() }
        let set: (UInt8) -> Bool = { byte in
            var index = members.startIndex
            var isMember = false
            while index < members.endIndex {
                let isRange = index + 2 < members.endIndex && members[index + 1] == UInt8(ascii: "-")
                let last = isRange ? members[index + 2] : members[index]
                if members[index] <= byte, byte <= last { isMember = true }
                index += isRange ? 3 : 1
            }
            return isMember != isNegated
        }
        return (set, rest[(end + 1)...])
    }
}
