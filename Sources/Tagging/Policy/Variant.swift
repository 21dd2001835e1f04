/// An image that is released beside others from the same version, told apart by what stands around its tags.
package struct Variant: Hashable, Sendable {
    /// What people call it.
    package let name: String
    /// The series of tags that it holds: its own first, then those of its aliases.
    ///
    /// The default variant's very first one is the series without suffix.
    package let series: [Affix]
    package let isDefault: Bool

    /// A variant of a project.
    ///
    /// - Parameters:
    ///   - name: what people call it.
    ///   - suffix: what stands behind its tags, without the hyphen.
    ///   - prefix: what stands before its tags, without the hyphen; with it there is no suffix but a given one.
    ///   - aliases: further suffixes (prefixes, for a variant with a prefix alone) that its tags have too.
    ///   - isDefault: whether it also holds the tags without any.
    package init(
        name: String,
        suffix: String? = nil,
        prefix: String? = nil,
        aliases: [String] = [],
        isDefault: Bool = false
    ) {
        self.name = name
        self.isDefault = isDefault
        let front = prefix.map { $0 + "-" } ?? ""
        let back = (suffix ?? (prefix == nil ? name : nil)).map { "-" + $0 } ?? ""
        var series = isDefault ? [Affix.none] : []
        series.append(Affix(prefix: front, suffix: back))
        for alias in aliases {
            series.append(
                back.isEmpty ? Affix(prefix: alias + "-", suffix: "") : Affix(prefix: front, suffix: "-" + alias)
            )
        }
        self.series = series
    }

    /// The variant of a project that has none.
    package static let only = Variant(series: [.none])

    private init(series: [Affix]) {
        name = ""
        self.series = series
        isDefault = true
    }
}
