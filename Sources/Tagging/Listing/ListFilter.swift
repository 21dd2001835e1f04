package import OCI
import Versioning

/// A condition that tags or images of a list must meet, as docs/reading-images.md has it.
package struct ListFilter {
    /// How a value must compare.
    package enum Operator: String, CaseIterable, Sendable {
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case notEqual = "!="
        case notMatching = "!~"
        case less = "<"
        case greater = ">"
        case equal = "="
        case matching = "~"

        func accepts(_ comparison: Comparison) -> Bool {
            switch self {
            case .equal, .matching: comparison == .equal
            case .notEqual, .notMatching: comparison != .equal
            case .less: comparison == .below
            case .lessOrEqual: comparison != .above
            case .greater: comparison == .above
            case .greaterOrEqual: comparison != .below
            }
        }
    }

    /// What is asked.
    enum Condition {
        case glob(GlobPattern, isWanted: Bool)
        case pattern(NamePattern, isWanted: Bool)
        case version(Operator, VersionBound)
        case role(TagClass)
        case platform(Platform, isWanted: Bool)
        case created(Operator, Timestamp)
        case size(Operator, Int64)
        case kind(ListedImage.Kind, isWanted: Bool)
    }

    let condition: Condition

    /// What must be known for the filter to decide.
    package enum Subject: Int, Comparable, Sendable {
        /// The name of the tag at hand.
        case name
        /// The names of all tags.
        case names
        /// The image.
        case image

        package static func < (left: Subject, right: Subject) -> Bool { left.rawValue < right.rawValue }
    }

    package var subject: Subject {
        switch condition {
        case .glob, .pattern: .name
        case .version, .role: .names
        case .platform, .created, .size, .kind: .image
        }
    }

    /// Whether only tags that name a version can fit.
    package var demandsVersion: Bool { if case .version = condition { true } else { false } }

    /// Whether every part of an image must be known.
    package var demandsSize: Bool { if case .size = condition { true } else { false } }

    /// Whether a name fits; true where the name does not decide.
    package func accepts(_ tag: Tag) -> Bool {
        switch condition {
        case .glob(let glob, let isWanted): glob.matches(tag.name) == isWanted
        case .pattern(let pattern, let isWanted): pattern.matches(tag.name) == isWanted
        default: true
        }
    }

    /// Whether a tag fits; true where only the image decides.
    package func accepts(_ tag: ListedTag) -> Bool {
        switch condition {
        case .version(let comparison, let bound):
            tag.version.map { comparison.accepts(bound.comparison(of: $0)) } ?? false
        case .role(let wanted): tag.tagClass == wanted
        default: accepts(tag.tag)
        }
    }

    /// Whether an image fits; true where only names decide.
    ///
    /// What is not known fits no condition.
    package func accepts(_ image: ListedImage) -> Bool {
        switch condition {
        case .platform(let wanted, let isWanted):
            image.platforms.contains { $0.platform?.satisfies(wanted) ?? false } == isWanted
        case .created(let comparison, let moment):
            image.created.map { comparison.accepts(Comparison($0, to: moment)) } ?? false
        case .size(let comparison, let bytes):
            image.size.map { comparison.accepts(Comparison($0, to: bytes)) } ?? false
        case .kind(let kind, let isWanted): (image.kind == kind) == isWanted
        default: true
        }
    }
}

/// A regular expression to find in names.
struct NamePattern {
    private let expression: Regex<AnyRegexOutput>

    /// Reads an expression; nil where it is none.
    init?(_ text: String) {
        guard let expression = try? Regex(text) else { return nil }
        self.expression = expression
    }

    func matches(_ name: String) -> Bool { name.firstMatch(of: expression) != nil }
}
