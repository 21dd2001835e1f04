import Release
import Tagging

/// What uncommitted changes mean to a run that builds.
///
/// What is built then cannot be built again from the commit, so that it is no release unless somebody says so.
struct DirtyWorkTree {
    /// The project, which says `-dirty` where it has to.
    let project: Project
    let policy: ReleasePolicy

    /// Judges a checkout.
    ///
    /// - Parameters:
    ///   - project: the checkout.
    ///   - policy: what the run may be.
    ///   - isAllowed: whether uncommitted changes may be released.
    ///   - context: where warnings go.
    /// - Throws: `DirtyRefusal` where a release is demanded.
    init(_ project: Project, policy: ReleasePolicy, isAllowed: Bool, context: CommandContext) throws {
        guard project.isDirty else {
            self.project = project
            self.policy = policy
            return
        }
        if isAllowed {
            context.inform("warning: the work tree has uncommitted changes, which no commit has")
            self.project = project
            self.policy = policy
            return
        }
        if policy.mode == .release { throw DirtyRefusal() }
        var policy = policy
        policy.mode = .snapshot
        self.project = project.sayingDirty()
        self.policy = policy
    }
}

/// A release of what no commit has.
struct DirtyRefusal: Error, CustomStringConvertible {
    let description = "the work tree has uncommitted changes, so what is built from it is no release"
    let hint = "commit or stash them (`git status` names them), or release them all the same with --allow-dirty"
}
