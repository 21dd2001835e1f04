import OCI
import Versioning

/// The order of a repository's images, or of its tags alone.
package struct ListOrder: Hashable, Sendable {
    /// What decides on the order.
    package enum Key: String, CaseIterable, Sendable {
        /// The highest version first, then what has none, the newest first.
        case version
        /// The newest first.
        case created
        /// By name.
        case name
        /// The largest first.
        case size
    }

    package let key: Key
    package let isReversed: Bool

    package init(_ key: Key = .version, isReversed: Bool = false) {
        self.key = key
        self.isReversed = isReversed
    }

    /// The images in order.
    package func sorted(_ images: [ListedImage]) -> [ListedImage] {
        // The keys are worked out once and not for each comparison.
        let keyed = images.map { (image: $0, version: $0.version) }
        let ordered = keyed.sorted { left, right in
            isReversed ? isBefore(right, left) : isBefore(left, right)
        }
        return ordered.map(\.image)
    }

    /// Tags in order, as far as names tell: by version or by name.
    package func sorted(_ tags: [ListedTag]) -> [ListedTag] {
        let isBefore: (ListedTag, ListedTag) -> Bool = key == .name ? { $0.tag < $1.tag } : { $0 < $1 }
        return tags.sorted { isReversed ? isBefore($1, $0) : isBefore($0, $1) }
    }

    private typealias Keyed = (image: ListedImage, version: Version?)

    private func isBefore(_ left: Keyed, _ right: Keyed) -> Bool {
        let decision: Bool? =
            switch key {
            case .version:
                Self.descending(left.version, right.version)
                    ?? Self.known(!left.image.isReferrer, !right.image.isReferrer)
                    ?? Self.descending(left.image.created, right.image.created)
            case .created:
                Self.descending(left.image.created, right.image.created)
                    ?? Self.descending(left.version, right.version)
            case .size: Self.descending(left.image.size, right.image.size)
            case .name: nil
            }
        if let decision { return decision }
        return left.image.firstName(key) < right.image.firstName(key)
    }

    /// Whether the first is before the second because it is higher, or is known at all; nil where they are equal.
    private static func descending<Value: Comparable>(_ left: Value?, _ right: Value?) -> Bool? {
        guard let left, let right else { return known(left != nil, right != nil) }
        return left == right ? nil : left > right
    }

    private static func known(_ left: Bool, _ right: Bool) -> Bool? {
        left == right ? nil : left
    }
}

extension ListedImage {
    /// The name that stands for the image in an order by names.
    fileprivate func firstName(_ key: ListOrder.Key) -> Tag {
        (key == .name ? tags.map(\.tag).min() : tags.first?.tag) ?? .latest
    }
}
