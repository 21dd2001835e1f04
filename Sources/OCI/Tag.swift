/// A tag: `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}` (distribution-spec, "Pulling manifests").
package struct Tag: Hashable, Sendable {
    package let name: String

    /// Checks a text against the grammar of tags.
    ///
    /// - Throws: `ReferenceError` that says which rule is broken.
    package init(_ name: String) throws(ReferenceError) {
        guard let first = name.utf8.first else { throw ReferenceError(name, "a tag may not be empty") }
        guard name.utf8.count <= 128 else {
            throw ReferenceError(name, "a tag has at most 128 characters, this one has \(name.utf8.count)")
        }
        guard first.isAlphanumeric || first == UInt8(ascii: "_") else {
            throw ReferenceError(name, "a tag starts with a letter, a digit or an underscore")
        }
        guard name.utf8.allSatisfy({ $0.isAlphanumeric || "_.-".utf8.contains($0) }) else {
            throw ReferenceError(name, "a tag may hold only letters, digits, \"_\", \".\" and \"-\"")
        }
        self.name = name
    }

    /// Takes a text that the caller knows to be a tag.
    init(unchecked name: String) {
        self.name = name
    }

    /// The tag that moves with the highest stable release.
    package static let latest = Tag(unchecked: "latest")
}

extension Tag: CustomStringConvertible, Comparable {
    package var description: String { name }

    package static func < (left: Tag, right: Tag) -> Bool {
        left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}
