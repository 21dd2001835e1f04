package import OCI
package import Versioning

/// What will happen to one tag of one repository, and why.
package struct TagStep: Hashable, Sendable {
    package let tag: Tag
    /// The preset's name or the rule line that asks for the tag.
    package let rule: String
    package let tagClass: TagClass
    /// What the tag holds now; nil where it does not exist.
    package let from: Digest?
    /// What the tag shall hold.
    package let to: Digest
    /// The release that the tag means afterwards, for version tags and their lines.
    package let version: Version?
    package let verdict: Verdict

    package init(
        tag: Tag,
        rule: String,
        tagClass: TagClass,
        from: Digest?,
        to: Digest,
        version: Version?,
        verdict: Verdict
    ) {
        self.tag = tag
        self.rule = rule
        self.tagClass = tagClass
        self.from = from
        self.to = to
        self.version = version
        self.verdict = verdict
    }

    /// Whether applying the plan writes this tag.
    package var writes: Bool {
        switch verdict {
        case .create, .move: true
        case .unchanged, .withheld, .refused: false
        }
    }
}

/// The decision on one tag.
package enum Verdict: Hashable, Sendable {
    case create(reason: String?)
    case move(reason: String?)
    case unchanged
    /// The tag stays where it is, because it is already further than this run would take it.
    case withheld(reason: String)
    /// The run must not go on.
    case refused(reason: String)

    /// A word for output and JSON.
    package var name: String {
        switch self {
        case .create: "create"
        case .move: "move"
        case .unchanged: "unchanged"
        case .withheld: "withheld"
        case .refused: "refused"
        }
    }

    package var reason: String? {
        switch self {
        case .create(let reason), .move(let reason): reason
        case .unchanged: nil
        case .withheld(let reason), .refused(let reason): reason
        }
    }

    /// The verdict for a tag that may go from one digest to another.
    static func bringing(_ from: Digest?, to: Digest, reason: String? = nil) -> Verdict {
        guard let from else { return .create(reason: reason) }
        return from == to ? .unchanged : .move(reason: reason)
    }
}
