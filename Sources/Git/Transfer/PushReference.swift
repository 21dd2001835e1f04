/// One reference that a push moves.
package struct PushReference: Hashable, Sendable {
    /// How the remote's reference may change.
    package enum Rule: Hashable, Sendable {
        /// A branch only forward, a tag not at all.
        case forward
        /// To anywhere, where the remote has exactly this object now; nil where it has no such reference.
        case replacing(ObjectID?)
    }

    /// What is pushed: a reference or a revision here.
    package let source: String
    /// The whole name at the remote.
    package let name: String
    package let rule: Rule

    package init(_ source: String, as name: String, rule: Rule = .forward) {
        self.source = source
        self.name = name
        self.rule = rule
    }

    /// A commit, or `HEAD`, as a branch of the remote.
    package static func branch(_ name: String, at revision: String = "HEAD") -> PushReference {
        PushReference(revision, as: "refs/heads/\(name)")
    }

    /// A tag that never changes.
    package static func tag(_ name: String) -> PushReference {
        PushReference("refs/tags/\(name)", as: "refs/tags/\(name)")
    }

    /// A moving tag, in the place of the object that the remote was seen to have.
    package static func movingTag(_ name: String, replacing object: ObjectID?) -> PushReference {
        PushReference("refs/tags/\(name)", as: "refs/tags/\(name)", rule: .replacing(object))
    }

    var refspec: String { "\(source):\(name)" }

    /// The condition, without `+` in the refspec, which would override it (git-push, `--force-with-lease`).
    var lease: String? {
        guard case .replacing(let object) = rule else { return nil }
        return "--force-with-lease=\(name):\(object?.description ?? "")"
    }
}
