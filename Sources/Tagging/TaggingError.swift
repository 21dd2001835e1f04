package import OCI
package import Versioning

/// A reason why the tags of a release cannot be worked out; nothing has been touched.
package enum TaggingError: Error, Equatable, Sendable, CustomStringConvertible {
    case illegalTag(rule: String, ReferenceError)
    case sameTag(Tag, rules: [String])
    case sameTagOfVersions(Tag, [Version])
    case cannotFollow(VersionError)
    case rule(String, TagRuleError)
    case noEvidence(rule: String)

    package var description: String {
        switch self {
        case .illegalTag(let rule, let error):
            "the tag of rule \"\(rule)\" is not a legal image tag: \(error.description)"
        case .sameTag(let tag, let rules):
            "the rules \(rules.map { "\"\($0)\"" }.joined(separator: " and ")) give the same tag, \(tag)"
        case .sameTagOfVersions(let tag, let versions):
            "the versions \(versions.map(\.text).joined(separator: " and ")) have the same tag, \(tag)"
        case .cannotFollow(let error):
            "no development version can follow: \(error.description)"
        case .rule(let rule, let error):
            "the tag rule \"\(rule)\" cannot be worked out: \(error.description)"
        case .noEvidence(let rule):
            "the tag rule \"\(rule)\" needs a rule that names the whole version, such as \"version\": "
                + "a moving tag follows the released versions"
        }
    }

    package var hint: String {
        switch self {
        case .illegalTag: "change the version, or leave the rule out of `tags:`"
        case .sameTag:
            "leave one of the rules out of `tags:`, or change the version, a variant or the length of the short hash"
        case .sameTagOfVersions: "give each version a tag of its own: change the version, or the rule in `tags:`"
        case .cannotFollow: "raise the version's minor or major number with `tagboat bump`"
        case .noEvidence: "add version to `tags:`, or take git's word with `evidence: git`"
        case .rule: "correct it under `tags:`; docs/tag-rules.md says what each rule may hold"
        }
    }
}
