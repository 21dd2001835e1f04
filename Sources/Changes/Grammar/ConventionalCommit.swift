/// A commit message by the grammar of Conventional Commits 1.0.0.
package struct ConventionalCommit: Hashable, Sendable {
    /// A trailer of the message, such as `Refs: #123`.
    package struct Footer: Hashable, Sendable {
        /// What stands between token and value (item 8).
        package enum Separator: String, Sendable {
            case colon = ": "
            /// As in `Fixes #12`; the value is `12`.
            case hash = " #"
        }

        /// The token as it is written; `BREAKING CHANGE` and `BREAKING-CHANGE` mean the same (item 16).
        package let token: String
        package let separator: Separator
        package let value: String

        package init(token: String, separator: Separator = .colon, value: String) {
            self.token = token
            self.separator = separator
            self.value = value
        }

        /// Whether it tells of a breaking change: in capitals, and with a colon (items 12, 15 and 16).
        package var isBreaking: Bool {
            separator == .colon && (token == "BREAKING CHANGE" || token == "BREAKING-CHANGE")
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

    /// The values of a footer, whatever the case of its token (item 15).
    package func values(of token: String) -> [String] {
        footers.filter { $0.token.lowercased() == token.lowercased() }.map(\.value)
    }
}
