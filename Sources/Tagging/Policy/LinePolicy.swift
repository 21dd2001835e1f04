package import OCI
package import Versioning

/// Exceptions to the rule that a moving tag holds the highest release of its line.
package struct LinePolicy: Hashable, Sendable {
    /// Versions that no moving tag may hold.
    package var yanked: Set<Version>
    /// Moving tags that stay on one version, whatever else is released.
    package var held: [Tag: Version]
    /// Releases for the daring, which take no part in the lines of everyone.
    package var development: [DevelopmentPattern]
    /// Whether 0.x has the line `0`, although there every minor version may break.
    package var hasZeroLine: Bool
    /// Names of lines that have no tag.
    package var off: Set<String>
    /// Further names of lines, such as `lts` for `22`.
    package var aliases: [String: [String]]

    package init(
        yanked: Set<Version> = [],
        held: [Tag: Version] = [:],
        development: [DevelopmentPattern] = [],
        hasZeroLine: Bool = false,
        off: Set<String> = [],
        aliases: [String: [String]] = [:]
    ) {
        self.yanked = yanked
        self.held = held
        self.development = development
        self.hasZeroLine = hasZeroLine
        self.off = off
        self.aliases = aliases
    }

    /// The names of the lines that a version takes part in, narrowest first, as far as a preset asks for them.
    ///
    /// A prerelease is in its channels only.
    func names(of version: Version, for line: TagRule.VersionLine) -> [String] {
        if version.isDevelopment { return [] }
        let names: [String]
        switch line {
        case .version:
            return []
        case .minor:
            names = numberLines(of: version, depths: 2...)
        case .major:
            names = numberLines(of: version, depths: 1...1)
        case .latest:
            names = version.isStable && developmentDepth(of: version) == nil ? [Tag.latest.name] : []
        case .channel:
            names = version.channel.map { [$0] } ?? []
        case .minorChannel:
            let core = version.prefix(numbers: min(2, version.numbers.count))
            names = version.channel.flatMap { channel in core.map { ["\($0)-\(channel)"] } } ?? []
        }
        let all = aliases.isEmpty ? names : names.flatMap { [$0] + (aliases[$0] ?? []) }
        return off.isEmpty ? all : all.filter { !off.contains($0) }
    }

    /// The lines of so many numbers, narrowest first.
    private func numberLines(of version: Version, depths: some RangeExpression<Int>) -> [String] {
        guard version.isStable else { return [] }
        let widest = developmentDepth(of: version) ?? 1
        var names: [String] = []
        for (index, name) in version.lineNames.enumerated().reversed() where depths.contains(index + 1) {
            let isZero = index == 0 && version.numbers.first == 0
            if index + 1 >= widest, !isZero || hasZeroLine { names.append(name) }
        }
        return names
    }

    /// How many numbers the widest line has that a development release may still be in; nil for other releases.
    func developmentDepth(of version: Version) -> Int? {
        if development.isEmpty { return nil }
        return development.filter { $0.matches(version) }.map(\.depth).max()
    }
}

/// A pattern of development releases, number by number: `*.odd.*` for odd minors, `2.3.*`, `3.*`.
package struct DevelopmentPattern: Hashable, Sendable {
    private enum Number: Hashable {
        case any, odd, even
        case exactly(UInt64)
    }

    package let text: String
    private let numbers: [Number]

    /// Reads a pattern; `odd-minor` is short for `*.odd.*`.
    ///
    /// - Throws: `TagRuleError`.
    package init(_ text: String) throws(TagRuleError) {
        self.text = text
        var numbers: [Number] = []
        for part in (text == "odd-minor" ? "*.odd.*" : text).split(separator: ".", omittingEmptySubsequences: false) {
            switch part {
            case "*": numbers.append(.any)
            case "odd": numbers.append(.odd)
            case "even": numbers.append(.even)
            default:
                guard let number = UInt64(part) else {
                    throw TagRuleError("\"\(text)\" is not a pattern of development versions")
                }
                numbers.append(.exactly(number))
            }
        }
        guard numbers.contains(where: { $0 != .any }) else {
            throw TagRuleError("\"\(text)\" would make every version a development version")
        }
        self.numbers = numbers
    }

    /// The count of numbers up to the last one that the pattern fixes.
    var depth: Int { (numbers.lastIndex { $0 != .any } ?? 0) + 1 }

    func matches(_ version: Version) -> Bool {
        for (index, number) in numbers.enumerated() where number != .any {
            guard index < version.numbers.count else { return false }
            let value = version.numbers[index]
            let fits =
                switch number {
                case .any: true
                case .odd: value % 2 == 1
                case .even: value % 2 == 0
                case .exactly(let exact): value == exact
                }
            if !fits { return false }
        }
        return true
    }
}
