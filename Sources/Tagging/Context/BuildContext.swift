/// What started a build and from which git reference, in the words of GitHub's events.
package struct BuildContext: Hashable, Sendable {
    /// Who told it: the name of a CI system, or `git`.
    package var system: String
    /// GitHub's name of the event, such as `push`, `pull_request`, `schedule` or `workflow_dispatch`.
    package var event: String
    /// `refs/heads/…`, `refs/tags/…` or `refs/pull/…/merge`; empty where unknown.
    package var ref: String
    /// The full hash of the commit; empty where unknown.
    package var revision: String
    /// The repository's default branch; nil where unknown.
    package var defaultBranch: String?
    /// The default branch that the event itself names; nil where it names none.
    ///
    /// `is_default_branch` goes by it. Only for GitHub and its kin can it differ from `defaultBranch`.
    package var payloadDefaultBranch: String?
    /// The branch that a pull request is to be merged into, or that GitHub says a tag was pushed from; else empty.
    package var baseRef: String
    /// The date of the commit at `revision`; nil where unknown.
    package var commitDate: Timestamp?
    package var repository: Repository

    package init(
        system: String,
        event: String = "",
        ref: String = "",
        revision: String = "",
        defaultBranch: String? = nil,
        payloadDefaultBranch: String? = nil,
        baseRef: String = "",
        commitDate: Timestamp? = nil,
        repository: Repository = Repository()
    ) {
        self.system = system
        self.event = event
        self.ref = ref
        self.revision = revision
        self.defaultBranch = defaultBranch
        self.payloadDefaultBranch = payloadDefaultBranch
        self.baseRef = baseRef
        self.commitDate = commitDate
        self.repository = repository
    }
}

extension BuildContext {
    /// What is known of the repository; every part is empty where unknown.
    package struct Repository: Hashable, Sendable {
        package let name: String
        package let description: String
        /// The web address, without anyone's credentials.
        package let url: String
        /// The licence as an SPDX identifier.
        package let license: String

        /// Takes what is known.
        ///
        /// - Parameters:
        ///   - name: the name, with or without the owner before a slash; taken from the address where missing.
        ///   - description: a sentence about the project.
        ///   - address: a web address or a git remote; credentials in it are dropped.
        ///   - license: an SPDX identifier.
        package init(
            name: String? = nil,
            description: String? = nil,
            address: String? = nil,
            license: String? = nil
        ) {
            let location = address.flatMap(SourceLocation.init(remote:))
            self.name = name?.split(separator: "/").last.map(String.init) ?? location?.name ?? ""
            self.description = description ?? ""
            url = location?.url ?? ""
            self.license = license ?? ""
        }
    }
}
