import FoundationEssentials
import SystemPackage
import Yams

/// `tagboat.yaml`: where it is, and what it says.
struct ConfigurationFile {
    let path: FilePath

    /// The file that the user named, or `tagboat.yaml` in the current folder or one above it, up to the top of the
    /// work tree; nil where there is none.
    ///
    /// - Throws: `ConfigurationError` where the named file does not exist.
    static func find(named: String?, from folder: FilePath) throws(ConfigurationError) -> ConfigurationFile? {
        if let named {
            let path = folder.pushing(FilePath(named))
            guard FileManager.default.fileExists(atPath: path.string) else {
                throw ConfigurationError("the configuration file \(named) does not exist", hint: "check --config")
            }
            return ConfigurationFile(path: path)
        }
        // A relative path for the file at hand keeps what it names as short as people wrote it.
        if FileManager.default.fileExists(atPath: "tagboat.yaml") { return ConfigurationFile(path: "tagboat.yaml") }
        var directory = folder
        while true {
            let path = directory.appending("tagboat.yaml")
            if FileManager.default.fileExists(atPath: path.string) { return ConfigurationFile(path: path) }
            let isTop = FileManager.default.fileExists(atPath: directory.appending(".git").string)
            if isTop || !directory.removeLastComponent() { return nil }
        }
    }

    /// Reads the file.
    ///
    /// - Throws: `ConfigurationError` with file, line and column.
    func read() throws(ConfigurationError) -> ConfigurationSource {
        guard let data = FileManager.default.contents(atPath: path.string) else {
            throw ConfigurationError("\(path) cannot be read", hint: "check that it is a file that you may read")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationError("\(path) is not UTF-8 text", hint: "save it as UTF-8")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw syntaxError(error)
        }
        var source = ConfigurationSource()
        guard let node, !node.isNull else { return source }
        let origin = ConfigurationSource.Origin.file(shownPath, line: 1)
        let folder = path.removingLastComponent()
        let reading = ConfigurationReading(
            keys: ConfigurationKey.all.filter(\.isInFile),
            origin: origin,
            folder: folder
        )
        try reading.add(ConfigurationNode(node: node, file: shownPath), below: [], to: &source)
        return source
    }

    /// The file's name for messages: short, since it is nearly always `tagboat.yaml` at hand.
    private var shownPath: String { path.lastComponent?.string ?? path.string }

    private func syntaxError(_ error: any Error) -> ConfigurationError {
        let hint = "see docs/configuration.md for what the file may hold"
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return ConfigurationError(
                "\(shownPath):\(mark.line):\(mark.column): not valid YAML: \(problem)",
                hint: hint
            )
        case .duplicatedKeysInMapping(let duplicates, let context):
            let place = "\(shownPath):\(context.mark.line):\(context.mark.column)"
            let keys = duplicates.sorted().joined(separator: ", ")
            return ConfigurationError("\(place): a key stands twice: \(keys)", hint: hint)
        default:
            return ConfigurationError("\(shownPath): not valid YAML", hint: hint)
        }
    }
}

extension Node {
    fileprivate var isNull: Bool { self == Node("", Tag(.null)) || (scalar?.string.isEmpty ?? false) }
}
