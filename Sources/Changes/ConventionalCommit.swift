/// A commit message by the grammar of Conventional Commits 1.0.0.
package struct ConventionalCommit: Hashable, Sendable {
    /// A trailer of the message, such as `Refs: #123`.
    package struct Footer: Hashable, Sendable {
        /// The token as it is written; `BREAKING CHANGE` and `BREAKING-CHANGE` mean the same (item 16).
        package let token: String
        package let value: String

        package init(token: String, value: String) {
            self.token = token
            self.value = value
        }
    }

    /// The type in lower case: its case carries no meaning (item 15).
    package let type: String
    package let scope: String?
    package let description: String
    package let body: String?
    package let footers: [Footer]
    /// What breaks: the footer's words, or the description behind `!`; nil where nothing does.
    package let breaking: String?

    package var isBreaking: Bool { breaking != nil }

    package init(
        type: String,
        scope: String? = nil,
        description: String,
        body: String? = nil,
        footers: [Footer] = [],
        breaking: String? = nil
    ) {
        self.type = type
        self.scope = scope
        self.description = description
        self.body = body
        self.footers = footers
        self.breaking = breaking
    }
}
