/// What stands around a name to make it a tag of a series of its own: `-slim-bookworm` behind it, `cuda12-` before it.
package struct Affix: Hashable, Sendable {
    package let prefix: String
    package let suffix: String

    package static let none = Affix(prefix: "", suffix: "")

    package init(prefix: String, suffix: String) {
        self.prefix = prefix
        self.suffix = suffix
    }

    /// The name between prefix and suffix.
    package func around(_ name: String) -> String { prefix + name + suffix }

    /// This affix with another one inside of it.
    func around(_ inner: Affix) -> Affix {
        Affix(prefix: prefix + inner.prefix, suffix: inner.suffix + suffix)
    }

    /// The affix as a tag of its own, `slim-bookworm`: what the series has in place of `latest`.
    package var alone: String? {
        let separators = "-._"
        let parts = [prefix, suffix].map { part in
            var part = part[...]
            while let first = part.first, separators.contains(first) { part = part.dropFirst() }
            while let last = part.last, separators.contains(last) { part = part.dropLast() }
            return part
        }
        let name = parts.filter { !$0.isEmpty }.joined(separator: "-")
        return name.isEmpty ? nil : name
    }

    /// The name inside of a tag; nil where the tag does not have this affix, or nothing but it.
    func name(in tag: String) -> String? {
        let bytes = tag.utf8
        guard bytes.count > length, bytes.starts(with: prefix.utf8),
            bytes.reversed().starts(with: suffix.utf8.reversed())
        else { return nil }
        return String(bytes.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
    }

    var length: Int { prefix.utf8.count + suffix.utf8.count }
}
