import OCI
import SystemPackage
import Tagging

/// One key of the configuration: where it may stand, what it may hold, and how it is read.
///
/// The file, the environment, the JSON Schema and `config show` all go by this one list.
struct ConfigurationKey: Sendable {
    /// The key in the file, with dots between levels, such as `policy.yank`.
    let path: String
    /// What it is for, in one sentence.
    let summary: String
    let shape: ConfigurationShape
    /// The flag that says the same; nil where there is none.
    var flag: String?
    /// The value in force where nobody says anything, as the file would write it; nil for none.
    var defaultText: String?
    /// Whether it may stand in the file; some make sense for one run only.
    var isInFile = true
    /// Whether its value must not be shown.
    var isSecret = false
    /// Reads a value into what a source says; relative paths start at the folder.
    let read:
        @Sendable (ConfigurationNode, _ folder: FilePath, inout PartialConfiguration) throws(ConfigurationError) -> Void

    /// The variable that says the same, such as `TAGBOAT_POLICY_YANK`.
    var variable: String {
        "TAGBOAT_" + path.uppercased().map { $0 == "." || $0 == "-" ? "_" : String($0) }.joined()
    }

    /// The levels of the path.
    var levels: [String] { path.split(separator: ".").map(String.init) }
}

/// What a value looks like, for the schema and for splitting a variable's text.
indirect enum ConfigurationShape: Sendable {
    case text(example: String)
    case integer(ClosedRange<Int>)
    case boolean
    case word([String])
    /// A list, or a single value that counts as a list of one.
    case list(ConfigurationShape)
    /// A list of texts that hold commas and spaces themselves, each on a line of its own in a variable.
    case lines(example: String)
    /// A mapping from free names.
    case map(ConfigurationShape)
    /// A mapping of known keys; the values tell shape and meaning.
    case object([(key: String, shape: ConfigurationShape, summary: String)])
    case either(ConfigurationShape, ConfigurationShape)
    /// A component: keys of its own, and those of the configuration that it lays over it.
    case component
}
