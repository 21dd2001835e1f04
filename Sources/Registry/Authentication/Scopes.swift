/// What tokens may be used for, as registries write it: `repository:acme/ui:pull,push`, any number of them.
struct Scopes: Hashable, Sendable {
    /// The actions of each resource; one without actions is a word of the registry's own.
    private var actions: [String: Set<String>] = [:]

    init() {}

    /// The scope of a repository.
    init(repositoryPath: String, access: RepositoryAccess) {
        actions["repository:" + repositoryPath] = access.actions
    }

    /// Reads the `scope` of a challenge: any number of `TYPE:NAME:ACTIONS`, separated by white space.
    ///
    /// The name may hold colons itself, as of a registry with a port. Some registries write words of their own.
    init(parsing text: String) {
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let colon = word.lastIndex(of: ":"), word[..<colon].contains(":") else {
                actions[String(word), default: []].formUnion([])
                continue
            }
            let names = word[word.index(after: colon)...].split(separator: ",").map(String.init)
            if !names.isEmpty { actions[String(word[..<colon]), default: []].formUnion(names) }
        }
    }

    var isEmpty: Bool { actions.isEmpty }

    /// The scopes in the order of their resources.
    var texts: [String] {
        actions.sorted { $0.key < $1.key }.map { resource, actions in
            let known = ["pull", "push", "delete"].filter(actions.contains)
            let others = actions.subtracting(known).sorted()
            return actions.isEmpty ? resource : "\(resource):\((known + others).joined(separator: ","))"
        }
    }

    mutating func formUnion(_ other: Scopes) {
        actions.merge(other.actions) { $0.union($1) }
    }

    func union(_ other: Scopes) -> Scopes {
        var union = self
        union.formUnion(other)
        return union
    }

    /// Whether a token for these scopes serves where the other ones are wanted.
    func cover(_ other: Scopes) -> Bool {
        other.actions.allSatisfy { resource, wanted in
            actions[resource].map { $0.isSuperset(of: wanted) || $0.contains("*") } ?? false
        }
    }
}
