/// A maintenance line: the versions that a branch such as `2.1.x` may release.
package struct ReleaseLine: Hashable, Sendable, CustomStringConvertible {
    /// The numbers that all its versions begin with: one for `2.x`, two for `2.1.x`.
    package let numbers: [UInt64]

    package init(_ numbers: [UInt64]) {
        self.numbers = numbers
    }

    /// The line of a branch, by the first pattern that its name follows; nil where it follows none.
    package init?(branch: String, patterns: [BranchPattern]) {
        for pattern in patterns {
            guard let numbers = pattern.numbers(in: branch) else { continue }
            self.init(numbers)
            return
        }
        return nil
    }

    package func contains(_ version: SemanticVersion) -> Bool {
        [version.major, version.minor, version.patch].starts(with: numbers)
    }

    package func contains(_ version: Version) -> Bool { version.numbers.starts(with: numbers) }

    /// The level of the widest bump that stays on the line.
    package var widestLevel: BumpLevel { numbers.count == 1 ? .minor : .patch }

    package var description: String { numbers.map(String.init).joined(separator: ".") + ".x" }
}

/// How the name of a maintenance branch tells its line: `{major}.x`, `release/{major}.{minor}`.
package struct BranchPattern: Hashable, Sendable {
    /// The branches that carry lines where the configuration does not say.
    package static let defaults = [
        "{major}.x", "{major}.x.x", "{major}.{minor}.x", "v{major}.x", "v{major}.{minor}.x", "release/{major}.x",
        "release/{major}.{minor}.x", "release/{major}.{minor}", "release-{major}.{minor}",
    ]
    .compactMap(BranchPattern.init)

    private enum Part: Hashable {
        case text(String)
        case number
    }

    /// The pattern as it was written.
    package let text: String
    private let parts: [Part]

    /// Reads a pattern; nil where it does not hold `{major}` once and `{minor}` at most once behind it.
    package init?(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        for name in ["{major}", "{minor}"] {
            guard let range = rest.firstRange(of: name) else {
                if name == "{major}" { return nil }
                break
            }
            parts += [.text(String(rest[..<range.lowerBound])), .number]
            rest = rest[range.upperBound...]
        }
        parts.append(.text(String(rest)))
        let isPlain = parts.allSatisfy { part in
            guard case .text(let text) = part else { return true }
            return !text.contains("{") && !text.contains("}")
        }
        guard isPlain else { return nil }
        self.text = text
        self.parts = parts
    }

    /// The numbers that a branch's name has in the pattern's places; nil where it does not follow the pattern.
    func numbers(in branch: String) -> [UInt64]? {
        var numbers: [UInt64] = []
        var rest = Array(branch.utf8)[...]
        for part in parts {
            switch part {
            case .text(let text):
                guard rest.starts(with: text.utf8) else { return nil }
                rest = rest.dropFirst(text.utf8.count)
            case .number:
                let digits = rest.prefix(while: \.isASCIIDigit)
                guard digits.count == 1 || digits.first != UInt8(ascii: "0"),
                    let number = UInt64(String(decoding: digits, as: UTF8.self))
                else { return nil }
                numbers.append(number)
                rest = rest.dropFirst(digits.count)
            }
        }
        return rest.isEmpty ? numbers : nil
    }
}
