import OCI

/// A repository that must not be experimented with, since it is in use.
package struct DiagnosisRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
    package let hint: String

    init(_ repository: RepositoryName, holding tags: [String]) {
        let others = tags.count > 1 ? " and \(tags.count - 1) more" : ""
        description = "\(repository) is no scratch repository: it holds the tag \(tags.first ?? "")\(others)"
        hint = "name one that is empty or does not exist yet, or measure without writing by --read-only"
    }
}
