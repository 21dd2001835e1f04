import Changes
import Release
import SystemPackage

/// What runs on a host, as the configuration says it.
enum ForgeChoice: String, CaseIterable {
    case auto, github, gitlab, gitea, bitbucket
    case bitbucketServer = "bitbucket-server"
    /// No links at all.
    case none

    var forge: Forge? { Forge(rawValue: rawValue) }
}

/// How changelog and release notes are written.
struct ChangelogSettings {
    let file: FilePath
    let sections: ChangeSections
    let showsAuthors: Bool
    let keepsPrereleases: Bool
    private let forge: ForgeChoice
    private let address: String?

    static let defaultSections =
        "{" + ChangeSections.defaults.map { "\($0.type): \($0.title)" }.joined(separator: ", ") + "}"

    init(_ partial: PartialConfiguration) throws(ConfigurationError) {
        file = partial.changelogFile ?? "CHANGELOG.md"
        sections = ChangeSections(partial.changelogSections ?? [])
        showsAuthors = partial.changelogAuthors ?? false
        keepsPrereleases = partial.changelogPrereleases ?? false
        forge = partial.changelogForge ?? .auto
        address = partial.changelogAddress?.text
        if let placed = partial.changelogAddress, ForgeLinks(remote: placed.text, forge: forge.forge ?? .github) == nil
        {
            throw ConfigurationError(
                "\(placed.place): \"\(placed.text)\" is not the web address of a project",
                hint: "write it with owner and repository, as in https://git.example.com/acme/ui"
            )
        }
    }

    /// The addresses of the project's web site, by the URL of the git remote; nil where nobody knows them.
    func links(remote: String?) -> ForgeLinks? {
        guard forge != .none, let place = address ?? remote else { return nil }
        return ForgeLinks(remote: place, forge: forge.forge)
    }
}
