import Changes
import Testing

@testable import Release

/// The web site behind a git remote, in the forms that git takes.
@Suite struct ForgeRemoteTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String { remote }
        let remote: String
        var forge: Forge?
        let commit: String?
    }

    static let cases: [Case] = [
        Case(remote: "https://github.com/acme/ui.git", commit: "https://github.com/acme/ui/commit/abc"),
        Case(remote: "https://ada:secret@github.com/acme/ui", commit: "https://github.com/acme/ui/commit/abc"),
        Case(remote: "git@gitlab.com:acme/web/ui.git", commit: "https://gitlab.com/acme/web/ui/-/commit/abc"),
        Case(
            remote: "ssh://git@gitlab.com:2222/acme/web/ui.git",
            commit: "https://gitlab.com/acme/web/ui/-/commit/abc"
        ),
        Case(remote: "git@bitbucket.org:acme/ui.git", commit: "https://bitbucket.org/acme/ui/commits/abc"),
        Case(
            remote: "https://x-token-auth:secret@bitbucket.org/acme/ui",
            commit: "https://bitbucket.org/acme/ui/commits/abc"
        ),
        Case(remote: "git@code.example.com:acme/ui.git", commit: nil),
        Case(
            remote: "git@code.example.com:acme/ui.git",
            forge: .gitea,
            commit: "https://code.example.com/acme/ui/commit/abc"
        ),
        Case(
            remote: "ssh://git@code.example.com:7999/team/ui.git",
            forge: .bitbucketServer,
            commit: "https://code.example.com/projects/team/repos/ui/commits/abc"
        ),
        Case(
            remote: "https://ada@code.example.com/scm/~ada/ui.git",
            forge: .bitbucketServer,
            commit: "https://code.example.com/users/ada/repos/ui/commits/abc"
        ),
        Case(remote: "/srv/git/ui.git", forge: .github, commit: nil),
        Case(remote: "../ui", forge: .github, commit: nil),
        Case(remote: "", commit: nil),
    ]

    @Test(arguments: cases)
    func leadsToItsPages(shape: Case) {
        #expect(ForgeLinks(remote: shape.remote, forge: shape.forge)?.commit("abc") == shape.commit)
    }
}
