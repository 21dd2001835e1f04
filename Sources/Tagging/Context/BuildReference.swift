/// What a build is made from, as git and the CI systems name it.
enum BuildReference: Hashable {
    case branch(String)
    case tag(String)
    /// A pull or merge request, by its number.
    case pullRequest(String)

    /// Takes the first of a tag, a pull request and a branch that is there.
    init?(tag: String? = nil, pullRequest: String? = nil, branch: String?) {
        if let tag {
            self = .tag(tag)
        } else if let pullRequest {
            self = .pullRequest(pullRequest)
        } else if let branch {
            self.init(name: branch)
        } else {
            return nil
        }
    }

    /// Reads a full reference, or a shortened one as the name of a branch; nil for references of other kinds.
    ///
    /// The forges keep pull requests at `refs/pull/5/head`, `refs/merge-requests/5/head` or
    /// `refs/pull-requests/5/from`; CI systems may leave off both ends, as in `pull/5`.
    init?(name: String) {
        let parts = name.removing(prefix: "refs/").split(separator: "/", omittingEmptySubsequences: false)
        let requests = ["pull", "merge-requests", "pull-requests"]
        if name.hasPrefix("refs/heads/") {
            self = .branch(name.removing(prefix: "refs/heads/"))
        } else if name.hasPrefix("refs/tags/") {
            self = .tag(name.removing(prefix: "refs/tags/"))
        } else if parts.count >= 2, requests.contains(String(parts[0])), parts[1].isDecimalNumber {
            self = .pullRequest(String(parts[1]))
        } else if name.hasPrefix("refs/") || name.isEmpty {
            return nil
        } else {
            self = .branch(name)
        }
    }

    /// The full reference as GitHub writes it.
    var ref: String {
        switch self {
        case .branch(let name): "refs/heads/\(name)"
        case .tag(let name): "refs/tags/\(name)"
        case .pullRequest(let number): "refs/pull/\(number)/merge"
        }
    }

    var isPullRequest: Bool {
        if case .pullRequest = self { true } else { false }
    }

    /// The name of the branch; nil for a tag and a pull request.
    var branch: String? {
        if case .branch(let name) = self { name } else { nil }
    }
}

extension StringProtocol {
    func removing(prefix: String) -> String {
        String(hasPrefix(prefix) ? dropFirst(prefix.count) : self[...])
    }

    var isDecimalNumber: Bool {
        !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
