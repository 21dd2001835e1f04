import OCI
import Versioning

/// Decides on each tag of one repository.
struct TargetSteps {
    let facts: ReleaseFacts
    let target: TargetFacts
    let kind: RunKind
    let policy: ReleasePolicy
    let evidence: TargetEvidence

    func steps(for tags: [ComputedTag]) -> [TagStep] {
        let own = tags.map { computed in
            switch computed.movement {
            case .fixed: fixed(computed)
            case .line: line(computed)
            case .head: head(computed)
            case .newest: newest(computed)
            }
        }
        return own + exceptions(besides: Set(tags.map(\.tag)))
    }

    // MARK: Tags of one version or commit

    private func fixed(_ computed: ComputedTag) -> TagStep {
        let held = target.images[computed.tag]
        let verdict: Verdict
        if let held, held.digest != facts.source.digest {
            verdict = replacement(of: held, tag: computed.tag)
        } else {
            verdict = .bringing(held?.digest, to: facts.source.digest)
        }
        return step(computed, verdict: verdict, version: computed.namesVersion ? facts.version : nil)
    }

    /// An immutable tag that holds another image: only its own commit may replace it, and only when told to.
    private func replacement(of held: ImageFacts, tag: Tag) -> Verdict {
        if case .conflict(let problem) = kind { return .refused(reason: problem) }
        let image = "\(target.name):\(tag) holds another image, \(held.digest.abbreviated)"
        switch held.isMade(from: facts.commit) {
        case true? where policy.rebuild:
            return .move(reason: "\(facts.commit.shortHash) replaces its own image")
        case true?:
            return .refused(reason: image + ", of the same commit")
        case false?:
            return .refused(reason: image + ", of commit \(held.revision ?? "")")
        case nil:
            return .refused(reason: image + ", without a label that tells its commit")
        }
    }

    // MARK: Tags of lines

    /// A moving version tag goes to the highest release of its line, whichever run gets to write it.
    private func line(_ computed: ComputedTag) -> TagStep {
        if case .conflict = kind { return step(computed, verdict: .withheld(reason: "the run is refused")) }
        guard let place = evidence.places[computed.tag] else {
            return step(computed, verdict: .withheld(reason: "no release of this line is known"))
        }
        guard let winner = place.version else {
            let reason = "\(facts.version) is yanked, and no other release of this line is left"
            return step(computed, verdict: .withheld(reason: reason))
        }
        if winner == facts.version, kind.releasesVersion {
            let reason = place.isHeld ? "\(computed.tag) is held on \(winner)" : nil
            let from = target.images[computed.tag]?.digest
            return step(computed, verdict: .bringing(from, to: facts.source.digest, reason: reason), version: winner)
        }
        return line(computed, to: winner, place: place)
    }

    /// Brings a line's tag to another release than this run's.
    private func line(_ computed: ComputedTag, to winner: Version, place: MovingTags.Place) -> TagStep {
        let from = target.images[computed.tag]?.digest
        let isYanked = place.yanked.contains(facts.version)
        let keeps =
            place.isHeld
            ? "\(computed.tag) is held on \(winner)"
            : isYanked
                ? "\(facts.version) is yanked" : "\(facts.version) does not move \(computed.tag): \(winner) is higher"
        guard let versionTag = place.versionTag, let digest = target.images[versionTag]?.digest else {
            // It is known to git alone, or went away between two reads; guessing would move the tag backwards.
            let reason = keeps + (place.isHeld || isYanked ? ", and \(winner) is" : ", but") + " not in this repository"
            return step(computed, verdict: .withheld(reason: reason), version: winner)
        }
        let verdict: Verdict =
            from == digest
            ? .withheld(reason: keeps)
            : .bringing(
                from,
                to: digest,
                reason: place.isHeld ? keeps : "\(winner) is the highest release of this line"
            )
        return step(computed, to: digest, verdict: verdict, version: winner)
    }

    /// The exceptions of the policy that concern other lines than the run's own: they take effect with the next run,
    /// whatever it releases.
    private func exceptions(besides tags: Set<Tag>) -> [TagStep] {
        if case .conflict = kind { return [] }
        return evidence.places.values
            .filter { $0.isException && !tags.contains($0.tag) }
            .sorted { $0.tag < $1.tag }
            .compactMap { place in
                guard place.version != nil else { return nil }
                let held = target.images[place.tag]?.digest
                let yanked = evidence.tags(ofYanked: place).compactMap { target.images[$0]?.digest }
                let isDue = place.isHeld || held.map(yanked.contains) ?? false
                guard isDue else { return nil }
                let computed = ComputedTag(tag: place.tag, rule: place.rule, movement: .line, namesVersion: false)
                let step = line(computed)
                return step.writes ? step : nil
            }
    }

    // MARK: Tags of branches

    /// A branch's tag goes forward along the branch's history.
    private func head(_ computed: ComputedTag) -> TagStep {
        guard let held = target.images[computed.tag], held.digest != facts.source.digest else {
            let from = target.images[computed.tag]?.digest
            return step(computed, verdict: .bringing(from, to: facts.source.digest))
        }
        if case .conflict = kind { return step(computed, verdict: .withheld(reason: "the run is refused")) }
        if policy.heads == .any { return step(computed, verdict: .move(reason: nil)) }
        if held.isMade(from: facts.commit) == true { return newest(computed) }
        let place = "\(target.name):\(computed.tag)"
        guard let revision = held.revision else {
            let reason = "\(computed.tag) holds an image without a label that tells its commit"
            return step(computed, verdict: .withheld(reason: reason))
        }
        let commit = RunKind.abbreviate(revision)
        switch facts.ancestry[revision] {
        case .ancestor?:
            return step(computed, verdict: .move(reason: nil))
        case .descendant?:
            return step(computed, verdict: .withheld(reason: "\(computed.tag) holds \(commit), which is further"))
        case .diverged?:
            let reason = "\(computed.tag) holds \(commit), which is no ancestor of \(facts.commit.shortHash)"
            return step(computed, verdict: .withheld(reason: reason))
        case .absent?, nil:
            let reason = "\(computed.tag) holds \(commit), which this repository does not have"
            return step(computed, verdict: .withheld(reason: reason))
        case .cutOff?:
            let reason =
                "this shallow clone cannot tell whether \(facts.commit.shortHash) comes after \(commit), "
                + "which \(place) holds"
            return step(computed, verdict: .refused(reason: reason))
        }
    }

    // MARK: Tags of the newest image

    /// A tag that stands for a day, an event or a word goes to the image of the latest commit.
    private func newest(_ computed: ComputedTag) -> TagStep {
        guard let held = target.images[computed.tag], held.digest != facts.source.digest else {
            let from = target.images[computed.tag]?.digest
            return step(computed, verdict: .bringing(from, to: facts.source.digest))
        }
        if case .conflict = kind { return step(computed, verdict: .withheld(reason: "the run is refused")) }
        if policy.rebuild, held.isMade(from: facts.commit) == true {
            return step(computed, verdict: .move(reason: "\(facts.commit.shortHash) replaces its own image"))
        }
        guard let heldDate = held.created else {
            let reason = "\(computed.tag) holds an image whose age is unknown"
            return step(computed, verdict: .withheld(reason: reason))
        }
        // Equal dates are told apart by digest, so that racing runs agree on the winner.
        let own = (facts.source.created ?? facts.commit.date, facts.source.digest)
        guard (heldDate, held.digest) < own else {
            let reason = "\(computed.tag) holds an image that is not older, of \(heldDate.rfc3339)"
            return step(computed, verdict: .withheld(reason: reason))
        }
        return step(computed, verdict: .move(reason: nil))
    }

    private func step(
        _ computed: ComputedTag,
        to digest: Digest? = nil,
        verdict: Verdict,
        version: Version? = nil
    ) -> TagStep {
        TagStep(
            tag: computed.tag,
            rule: computed.rule,
            tagClass: computed.tagClass,
            from: target.images[computed.tag]?.digest,
            to: digest ?? facts.source.digest,
            version: version,
            verdict: verdict
        )
    }
}
