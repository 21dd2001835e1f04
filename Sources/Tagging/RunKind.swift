package import OCI
package import Versioning

/// What the user demands of a run, or leaves to be found out.
package enum ReleaseMode: String, CaseIterable, Sendable, Codable {
    case auto, release, snapshot
}

/// What a run turns out to be; said before anything else.
package enum RunKind: Hashable, Sendable {
    /// The version is not on every repository yet.
    case release
    /// Every repository already has this image as the version.
    case `repeat`
    /// The image gets the tags of its commit and none of a release.
    case snapshot(SnapshotCause)
    /// The version belongs to another image; nothing may be touched.
    case conflict(String)

    /// Why a run is a snapshot.
    package enum SnapshotCause: Hashable, Sendable {
        /// The version was released from another commit.
        case released(from: String)
        /// The user demanded it; the version may not be released at all.
        case demanded(alreadyReleased: Bool)
    }

    /// Finds out which kind a run is, from what the repositories hold under the version's tag.
    ///
    /// One answer serves all repositories: an image that is a snapshot on one must not become a release on another
    /// that an earlier run did not reach.
    ///
    /// - Parameters:
    ///   - version: the version that the checkout names.
    ///   - tag: the tag that names it.
    ///   - commit: the commit at HEAD.
    ///   - releasedFrom: the commit that git says the version was released from; nil where it does not tell.
    ///   - source: the image to release.
    ///   - targets: the repositories.
    ///   - mode: what the user demands.
    ///   - rebuild: whether a commit may replace its own image.
    package init(
        version: Version,
        tag: Tag,
        commit: CommitFacts,
        releasedFrom: String? = nil,
        source: Digest,
        targets: [TargetFacts],
        mode: ReleaseMode,
        rebuild: Bool
    ) {
        let holders = targets.compactMap { target in target.images[tag].map { (target: target, image: $0) } }
        let others = holders.filter { $0.image.digest != source }

        if mode == .snapshot {
            self = .snapshot(.demanded(alreadyReleased: !holders.isEmpty || releasedFrom != nil))
            return
        }
        if mode == .auto, let releasedFrom {
            self = .snapshot(.released(from: Self.abbreviate(releasedFrom)))
            return
        }
        guard let other = others.first(where: { $0.image.isMade(from: commit) == false }) ?? others.first else {
            self = holders.count == targets.count ? .repeat : .release
            return
        }
        let place = "\(other.target.name):\(tag)"
        switch other.image.isMade(from: commit) {
        case false?:
            let origin = other.image.revision.map(Self.abbreviate) ?? "another commit"
            if mode == .release {
                self = .conflict("\(version) was already released from \(origin): \(place) holds it")
            } else if let same = holders.first(where: { $0.image.digest == source }) {
                self = .conflict(
                    "the repositories disagree on \(version): \(same.target.name) has this image, "
                        + "\(other.target.name) has one from \(origin)"
                )
            } else {
                self = .snapshot(.released(from: origin))
            }
        case true? where rebuild:
            self = .release
        case true?:
            self = .conflict("\(place) holds another image of the same commit, \(other.image.digest.abbreviated)")
        case nil:
            self = .conflict(
                "\(place) holds another image, \(other.image.digest.abbreviated), without a label that tells its commit"
            )
        }
    }

    /// A word for output and JSON.
    package var name: String {
        switch self {
        case .release: "release"
        case .repeat: "repeat"
        case .snapshot: "snapshot"
        case .conflict: "conflict"
        }
    }

    /// The seven first characters of a commit hash, as people say it.
    static func abbreviate(_ revision: String) -> String { String(revision.prefix(7)) }
}
