package import OCI
package import Versioning

/// A tag of a repository, and what its name says of it.
package struct ListedTag: Hashable, Sendable {
    /// What a tag is for, as far as names tell.
    package enum Role: Hashable, Sendable {
        /// It names one version, by a rule of the policy.
        case fixed
        /// It follows the releases; the rank is its rule's place in the policy.
        case moving(rank: Int)
        /// It ties something to the image that it refers to.
        case referrer(ReferrerTag)
        /// The policy does not know it.
        case other
    }

    package let tag: Tag
    package let role: Role
    /// The version that it names; of a tag that the policy does not know, what it looks like.
    package let version: Version?

    package init(_ tag: Tag, role: Role, version: Version? = nil) {
        self.tag = tag
        self.role = role
        self.version = version
    }

    /// The class, as plans have it; nil for a tag that the policy does not know.
    package var tagClass: TagClass? {
        switch role {
        case .fixed: .immutable
        case .moving: .moving
        case .referrer, .other: nil
        }
    }
}

extension ListedTag: Comparable {
    /// Versions come first, the highest of all at the front, then moving tags as the policy has them, then the rest by
    /// name.
    package static func < (left: ListedTag, right: ListedTag) -> Bool {
        if left.group != right.group { return left.group < right.group }
        switch (left.role, right.role) {
        case (.moving(let first), .moving(let second)) where first != second:
            return first < second
        default:
            break
        }
        if let first = left.version, let second = right.version, first != second { return first > second }
        return left.tag < right.tag
    }

    private var group: Int {
        switch role {
        case .fixed: 0
        case .other: version == nil ? 3 : 1
        case .moving: 2
        case .referrer: 4
        }
    }
}
