import Testing

@testable import Changes

@Suite struct ForgeLinksTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String { address }
        let address: String
        var forge: Forge?
        /// Commit, comparison, release, issue and pull request.
        let links: [String]?
    }

    static let cases: [Case] = [
        Case(
            address: "https://github.com/acme/ui",
            links: [
                "https://github.com/acme/ui/commit/abc", "https://github.com/acme/ui/compare/v1...v2",
                "https://github.com/acme/ui/releases/tag/v2", "https://github.com/acme/ui/issues/12",
                "https://github.com/acme/ui/pull/12",
            ]
        ),
        // Groups within groups.
        Case(
            address: "https://gitlab.com/acme/web/team/ui",
            links: [
                "https://gitlab.com/acme/web/team/ui/-/commit/abc",
                "https://gitlab.com/acme/web/team/ui/-/compare/v1...v2",
                "https://gitlab.com/acme/web/team/ui/-/tags/v2", "https://gitlab.com/acme/web/team/ui/-/issues/12",
                "https://gitlab.com/acme/web/team/ui/-/merge_requests/12",
            ]
        ),
        Case(
            address: "https://codeberg.org/acme/ui",
            links: [
                "https://codeberg.org/acme/ui/commit/abc", "https://codeberg.org/acme/ui/compare/v1...v2",
                "https://codeberg.org/acme/ui/releases/tag/v2", "https://codeberg.org/acme/ui/issues/12",
                "https://codeberg.org/acme/ui/pulls/12",
            ]
        ),
        Case(
            address: "https://bitbucket.org/acme/ui",
            links: [
                "https://bitbucket.org/acme/ui/commits/abc", "https://bitbucket.org/acme/ui/branches/compare/v2%0Dv1",
                "https://bitbucket.org/acme/ui/commits/tag/v2", "https://bitbucket.org/acme/ui/issues/12",
                "https://bitbucket.org/acme/ui/pull-requests/12",
            ]
        ),
        Case(
            address: "https://code.example.com:8443/git/scm/team/ui",
            forge: .bitbucketServer,
            links: [
                "https://code.example.com:8443/git/projects/team/repos/ui/commits/abc",
                "https://code.example.com:8443/git/projects/team/repos/ui/compare/commits?sourceBranch=v2&targetBranch=v1",
                "https://code.example.com:8443/git/projects/team/repos/ui/browse?at=refs/tags/v2",
                "https://code.example.com:8443/git/projects/team/repos/ui/pull-requests/12",
                "https://code.example.com:8443/git/projects/team/repos/ui/pull-requests/12",
            ]
        ),
        // One's own host, below a path.
        Case(
            address: "http://code.example.com/forge/acme/ui",
            forge: .gitea,
            links: [
                "http://code.example.com/forge/acme/ui/commit/abc",
                "http://code.example.com/forge/acme/ui/compare/v1...v2",
                "http://code.example.com/forge/acme/ui/releases/tag/v2",
                "http://code.example.com/forge/acme/ui/issues/12", "http://code.example.com/forge/acme/ui/pulls/12",
            ]
        ),
        Case(address: "https://code.example.com/acme/ui", links: nil),
        Case(address: "https://github.com/acme", forge: .github, links: nil),
        Case(address: "https://github.com.example.com", links: nil),
        Case(address: "git.example.com/acme/ui", forge: .gitlab, links: nil),
    ]

    @Test(arguments: cases)
    func knowsItsAddresses(shape: Case) {
        let links = ForgeLinks(webAddress: shape.address, forge: shape.forge)
        let found = links.map {
            [
                $0.commit("abc"), $0.comparison(from: "v1", to: "v2"), $0.release("v2"), $0.issue("12"),
                $0.pullRequest("12"),
            ]
        }
        #expect(found == shape.links)
    }

    @Test(arguments: [
        ("github.com", Forge.github), ("GitHub.com:443", .github), ("github.example.com", .github),
        ("gitlab.example.com", .gitlab), ("forgejo.example.com", .gitea), ("gitea.com", .gitea),
        ("notgithub.com", nil), ("github", nil), ("example.com", nil), ("gitlab.com.example.org", .gitlab),
    ])
    func knowsHosts(host: String, forge: Forge?) {
        #expect(Forge(host: host) == forge)
    }

    @Test func namesOfTagsCannotBreakOut() {
        let links = ForgeLinks(webAddress: "https://github.com/acme/ui")
        #expect(
            links?.release("ui/v1.0.0+b) [x](y")
                == "https://github.com/acme/ui/releases/tag/ui/v1.0.0%2Bb%29%20%5Bx%5D%28y"
        )
    }
}
