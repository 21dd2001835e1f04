package import OCI
package import Versioning

/// What a moving tag holds today, beside what the policy in force wants of it.
package struct TagToday: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// It holds what the policy gives it.
        case inPlace = "in place"
        /// It holds something else.
        case drifted
        /// It does not exist, and should.
        case missing
        /// It is where the policy wants it not to be at all: its line is off, or yanked whole.
        case unwanted
        /// It does not exist, as the policy wants it.
        case gone
    }

    package let state: State
    /// What the tag holds; nil where it does not exist.
    package let digest: Digest?
    /// The release that it holds; nil where it is none.
    package let version: Version?
    /// The release that the policy wants it to hold.
    package let expected: Version?
    /// What there is to say: where the tag is not in place, or the policy makes an exception; nil where nothing is.
    package let note: String?

    /// Whether the tag holds what the policy gives it.
    package var isInPlace: Bool { state == .inPlace || state == .gone }
}

/// A repository as it is, for comparing its moving tags with the policy in force.
struct RepositoryToday {
    private let held: [Tag: ListedImage]
    private let releases: [Digest: Version]
    private let lines: HistoryLines

    init(images: [TagHistory.ReleasedImage], found: [ListedImage], lines: HistoryLines) {
        self.lines = lines
        var held: [Tag: ListedImage] = [:]
        for image in found where image.digest != nil { for tag in image.tags { held[tag.tag] = image } }
        self.held = held
        releases = Dictionary(
            images.compactMap { image in image.digest.map { ($0, image.version) } },
            uniquingKeysWith: max
        )
    }

    /// What is to be said of a tag.
    ///
    /// - Parameters:
    ///   - tag: the tag.
    ///   - ruled: the version that the order of releases gives it.
    /// - Returns: its state.
    func today(of tag: Tag, releasesGive ruled: Version?) -> TagToday {
        let digest = held[tag]?.digest
        let place = lines.places[tag]
        let expected = place?.version
        let wanted = place?.versionTag.flatMap { held[$0]?.digest }
        // One image may have the tags of two versions.
        let version = digest != nil && digest == wanted ? expected : digest.flatMap { releases[$0] }
        let state: TagToday.State
        if expected == nil {
            state = digest == nil ? .gone : .unwanted
        } else if digest == nil {
            state = .missing
        } else {
            state = digest == wanted ? .inPlace : .drifted
        }
        let holding = digest.map { "it holds \(Self.name(version, $0, label: held[tag]?.labelledVersion))" }
        let parts = [exception(to: tag, place, ruled: ruled), problem(state, place, holding: holding)]
        let note = parts.compactMap { $0 }.joined(separator: "; ")
        return TagToday(
            state: state,
            digest: digest,
            version: version,
            expected: expected,
            note: note.isEmpty ? nil : note
        )
    }

    /// Why the policy gives something else than the order of releases.
    private func exception(to tag: Tag, _ place: MovingTags.Place?, ruled: Version?) -> String? {
        guard let place else { return "its line is off by the policy" }
        guard let version = place.version else { return "every release of its line is yanked" }
        if place.isHeld {
            let absence = place.versionTag == nil ? ", which is not in the repository" : ""
            let other = ruled.flatMap { $0 == version ? nil : "; its releases alone give \($0)" }
            return "the policy holds it on \(version)\(absence)\(other ?? "")"
        }
        if let ruled, ruled != version, place.yanked.contains(ruled) {
            return "\(ruled) is yanked, so the policy gives \(version)"
        }
        return nil
    }

    private func problem(_ state: TagToday.State, _ place: MovingTags.Place?, holding: String?) -> String? {
        switch state {
        case .inPlace, .gone: nil
        case .missing: "it does not exist, and should hold \(place?.version?.text ?? "nothing")"
        case .drifted: "\(holding ?? ""), and should hold \(place?.version?.text ?? "nothing")"
        case .unwanted: "\(holding ?? "") all the same"
        }
    }

    private static func name(_ version: Version?, _ digest: Digest, label: String?) -> String {
        if let version { return version.text }
        return digest.abbreviated + (label.map { ", \"\($0)\" by its label" } ?? ", which is no release")
    }
}
