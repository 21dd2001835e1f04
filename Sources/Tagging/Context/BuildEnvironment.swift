/// The environment of a build, as the CI systems are asked about it; an empty variable counts as none.
struct BuildEnvironment {
    private let variables: [String: String]
    /// The JSON of the event that started the build, from systems that write it to a file.
    let eventPayload: [UInt8]?

    init(variables: [String: String], eventPayload: [UInt8]? = nil) {
        self.variables = variables.filter { !$0.value.isEmpty }
        self.eventPayload = eventPayload
    }

    subscript(name: String) -> String? { variables[name] }

    func isTrue(_ name: String) -> Bool {
        ["true", "1"].contains(variables[name]?.lowercased())
    }

    /// The variable's value if it is a number; some systems write `false` for "no pull request".
    func number(_ name: String) -> String? {
        variables[name].flatMap { $0.isDecimalNumber ? $0 : nil }
    }

    /// The first of the variables that holds a full commit hash; empty where none does.
    ///
    /// Some systems write `HEAD`, a branch or a shortened hash in its place.
    func revision(_ names: String...) -> String {
        names.lazy.compactMap { variables[$0] }.first { hash in
            [40, 64].contains(hash.utf8.count) && hash.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
        } ?? ""
    }
}
