/// One resource a client asks for, and the actions on it (distribution, docs/spec/auth/scope.md).
struct TokenScope: Codable, Hashable {
    /// The kind of resource, as in `repository`.
    var type: String
    /// The resource's name.
    var name: String
    /// The actions asked for, or granted.
    var actions: [String]

    /// Parses `repository:team/app:pull,push`; the name may hold colons itself.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, let last = parts.last else { return nil }
        type = String(parts[0])
        name = parts.dropFirst().dropLast().joined(separator: ":")
        actions = last.split(separator: ",").map { String($0) }
    }

    /// Keeps those actions that somebody may do; nil if none is left.
    func restricted(to grants: [TokenGrant]) -> TokenScope? {
        let allowed = Set(grants.filter { name.hasPrefix($0.prefix) }.flatMap(\.actions))
        var scope = self
        scope.actions = actions.filter(allowed.contains)
        return scope.actions.isEmpty ? nil : scope
    }
}
