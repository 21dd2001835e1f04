/// What a run will do with a repository.
package enum RepositoryAccess: Sendable, Comparable {
    case pull, push, delete

    var actions: Set<String> {
        switch self {
        case .pull: ["pull"]
        case .push: ["pull", "push"]
        case .delete: ["pull", "push", "delete"]
        }
    }
}
