package import OCI
package import Versioning

/// A reason why the tags of a release cannot be worked out; nothing has been touched.
package enum TaggingError: Error, Equatable, Sendable, CustomStringConvertible {
    case illegalTag(rule: TagRule, ReferenceError)
    case sameTag(Tag, rules: [TagRule])
    case cannotFollow(SemanticVersionError)

    package var description: String {
        switch self {
        case .illegalTag(let rule, let error):
            "the tag of rule \"\(rule.rawValue)\" is not a legal image tag: \(error.description)"
        case .sameTag(let tag, let rules):
            "the rules \(rules.map { "\"\($0.rawValue)\"" }.joined(separator: " and ")) give the same tag, \(tag)"
        case .cannotFollow(let error):
            "no development version can follow: \(error.description)"
        }
    }

    package var hint: String {
        switch self {
        case .illegalTag: "change the version, or leave the rule out of `tags:`"
        case .sameTag: "change the version or the length of the short hash, or leave one of the rules out of `tags:`"
        case .cannotFollow: "raise the version's minor or major number with `tagboat bump`"
        }
    }
}
