import Git
package import Tagging
import Versioning

/// Works out the git tags of a version whose commit is HEAD already.
package struct TagPlanning {
    private let project: Project
    private let component: String?
    private let movingTags: Set<MovingGitTags.Line>

    /// - Parameters:
    ///   - project: the version and its commit.
    ///   - component: the component that it is of; nil for a repository that is released as one.
    ///   - movingTags: the lines that have moving git tags.
    package init(_ project: Project, component: String?, movingTags: Set<MovingGitTags.Line>) {
        self.project = project
        self.component = component
        self.movingTags = movingTags
    }

    /// Works out the plan.
    ///
    /// - Parameters:
    ///   - extent: whether tags are made only, or pushed too.
    ///   - branch: the branch to push with them; nil for none.
    ///   - remote: where to.
    /// - Returns: the plan, which begins with the tags.
    /// - Throws: `BumpRefusal` where another commit has the version's tag; `GitError`.
    package func plan(extent: BumpPlan.Extent, branch: String?, remote: String) async throws -> BumpPlan {
        let policy = project.policy
        let tags = try await project.git.tags()
        let version = project.version
        let name = policy.gitTags.name(of: version.text)
        if let tag = tags.first(where: { $0.name == name }), tag.commit != project.head.commit {
            throw BumpRefusal.released(version, tag: name, commit: tag.commit)
        }
        let released = tags.compactMap { policy.version(gitTag: $0.name) }.filter { !$0.isDevelopment }
        let places = MovingGitTags(releasing: version, after: released, lines: movingTags, policy: policy)
        let release = BumpPlan.Release(
            component: component,
            previous: nil,
            version: version,
            level: nil,
            reason: "it is released",
            isNew: false,
            tag: name,
            movingTags: places.taken,
            withheldTags: places.withheld
        )
        var plan = BumpPlan(releases: [release], extent: extent, branch: branch, remote: remote)
        plan.start = .tag
        return plan
    }
}
