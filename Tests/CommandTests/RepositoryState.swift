import TestSupport

extension DockerRegistry {
    /// The digest behind each tag of a repository, as skopeo sees it.
    func state(of repository: String) async throws -> [String: String] {
        var state: [String: String] = [:]
        for tag in try await skopeo().tags(of: image(repository)) {
            state[tag] = try await skopeo().digest(of: image("\(repository):\(tag)"))
        }
        return state
    }
}
