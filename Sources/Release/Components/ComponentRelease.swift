package import Changes
package import Git
package import Tagging
package import Versioning

/// A release of a component, as its git tag tells it.
package struct ComponentRelease: Hashable, Sendable {
    package let version: Version
    /// The name of the git tag.
    package let tag: String
    package let commit: CommitID

    package init(version: Version, tag: String, commit: CommitID) {
        self.version = version
        self.tag = tag
        self.commit = commit
    }
}

extension GitRepository {
    /// The highest release of each component that a commit's history contains, by the component's name; a component
    /// without one is left out.
    ///
    /// - Parameters:
    ///   - map: the components.
    ///   - policies: how each writes its versions and git tags, by name.
    ///   - tip: the commit.
    /// - Returns: the releases.
    /// - Throws: `GitError`, of kind `historyIncomplete` where a shallow clone cannot tell.
    package func lastReleases(
        of map: ComponentMap,
        policies: [String: TagPolicy],
        at tip: CommitID
    ) throws -> [String: ComponentRelease] {
        var candidates: [String: [ComponentRelease]] = [:]
        for tag in try tags() {
            guard let component = map.component(ofTag: tag.name),
                let version = policies[component.name]?.version(gitTag: tag.name)
            else { continue }
            let release = ComponentRelease(version: version, tag: tag.name, commit: tag.commit)
            candidates[component.name, default: []].append(release)
        }
        var releases: [String: ComponentRelease] = [:]
        for component in map.components {
            let highestFirst = (candidates[component.name] ?? []).sorted { $0.version > $1.version }
            releases[component.name] = try highestFirst.first { try isAncestor($0.commit, of: tip) }
            // Where history is cut off, its tags were most likely not fetched either.
            if releases[component.name] == nil, isShallow { throw GitError(.historyIncomplete) }
        }
        return releases
    }
}
