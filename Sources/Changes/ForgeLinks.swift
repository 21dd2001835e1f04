/// A kind of web site for git repositories.
package enum Forge: String, CaseIterable, Hashable, Sendable {
    case github, gitlab
    /// Gitea and its kin: Forgejo, Codeberg.
    case gitea
    /// Bitbucket Cloud.
    case bitbucket
    /// Bitbucket Server and Data Center.
    case bitbucketServer = "bitbucket-server"

    /// The kind that a host's name tells; nil for a host that nobody knows.
    package init?(host: String) {
        let host = host.lowercased().prefix { $0 != ":" }
        switch host {
        case "github.com": self = .github
        case "gitlab.com": self = .gitlab
        case "codeberg.org", "gitea.com": self = .gitea
        case "bitbucket.org": self = .bitbucket
        default:
            // Many name the host after what runs on it.
            switch host.split(separator: ".").first {
            case "github" where host.contains("."): self = .github
            case "gitlab" where host.contains("."): self = .gitlab
            case "gitea" where host.contains("."), "forgejo" where host.contains("."): self = .gitea
            default: return nil
            }
        }
    }
}

/// The addresses of a project's web site: commits, comparisons, releases, issues and pull requests.
package struct ForgeLinks: Hashable, Sendable {
    package let forge: Forge
    /// The project's own address, without a slash at the end.
    package let address: String

    /// Takes a project's web address, without credentials; nil where nobody knows what runs there.
    ///
    /// - Parameters:
    ///   - address: such as `https://github.com/acme/ui`.
    ///   - forge: what runs there; nil to go by the host's name.
    package init?(webAddress address: String, forge: Forge? = nil) {
        guard let scheme = address.firstRange(of: "://") else { return nil }
        let parts = address[scheme.upperBound...].split(separator: "/", omittingEmptySubsequences: true)
        // A host and, behind it, at least an owner and a repository.
        guard let host = parts.first, parts.count > 2, let forge = forge ?? Forge(host: String(host)) else {
            return nil
        }
        self.forge = forge
        let root = address[..<scheme.upperBound] + parts.dropLast(2).joined(separator: "/")
        switch forge {
        case .bitbucketServer where !parts.contains("projects"):
            // Clones come from /scm/PROJECT/REPOSITORY or by ssh from /PROJECT/REPOSITORY.
            let base = root.hasSuffix("/scm") ? root.dropLast(4) : root[...]
            let owner = parts[parts.count - 2]
            let place = owner.hasPrefix("~") ? "users/\(owner.dropFirst())" : "projects/\(owner)"
            self.address = "\(base)/\(place)/repos/\(parts[parts.count - 1])"
        default:
            self.address = root + "/" + parts.suffix(2).joined(separator: "/")
        }
    }

    package func commit(_ hash: String) -> String {
        switch forge {
        case .github, .gitea: "\(address)/commit/\(hash)"
        case .gitlab: "\(address)/-/commit/\(hash)"
        case .bitbucket, .bitbucketServer: "\(address)/commits/\(hash)"
        }
    }

    /// What a later tag has beyond an earlier one.
    package func comparison(from older: String, to newer: String) -> String {
        let (older, newer) = (older.percentEncodedPath, newer.percentEncodedPath)
        return switch forge {
        case .github, .gitea: "\(address)/compare/\(older)...\(newer)"
        case .gitlab: "\(address)/-/compare/\(older)...\(newer)"
        case .bitbucket: "\(address)/branches/compare/\(newer)%0D\(older)"
        case .bitbucketServer: "\(address)/compare/commits?sourceBranch=\(newer)&targetBranch=\(older)"
        }
    }

    /// The page of a release, or of its tag.
    package func release(_ tag: String) -> String {
        let tag = tag.percentEncodedPath
        return switch forge {
        case .github, .gitea: "\(address)/releases/tag/\(tag)"
        case .gitlab: "\(address)/-/tags/\(tag)"
        case .bitbucket: "\(address)/commits/tag/\(tag)"
        case .bitbucketServer: "\(address)/browse?at=refs/tags/\(tag)"
        }
    }

    /// What `#12` means there.
    package func issue(_ number: String) -> String {
        switch forge {
        case .github, .gitea, .bitbucket: "\(address)/issues/\(number)"
        case .gitlab: "\(address)/-/issues/\(number)"
        case .bitbucketServer: pullRequest(number)
        }
    }

    /// What `!12` means there, and `pull request #12`.
    package func pullRequest(_ number: String) -> String {
        switch forge {
        case .github: "\(address)/pull/\(number)"
        case .gitlab: "\(address)/-/merge_requests/\(number)"
        case .gitea: "\(address)/pulls/\(number)"
        case .bitbucket, .bitbucketServer: "\(address)/pull-requests/\(number)"
        }
    }
}

extension String {
    /// The text as a part of an address that may hold slashes (RFC 3986, 3.3); what Markdown would take for its own is
    /// encoded too.
    package var percentEncodedPath: String {
        utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: ":"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
