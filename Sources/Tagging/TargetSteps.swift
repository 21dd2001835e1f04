import OCI
import Versioning

/// Decides on each tag of one repository.
struct TargetSteps {
    let facts: ReleaseFacts
    let target: TargetFacts
    let kind: RunKind
    let policy: ReleasePolicy

    func steps(for tags: [ComputedTag]) throws(TaggingError) -> [TagStep] {
        var steps: [TagStep] = []
        let lines = try linesByTag()
        for computed in tags {
            switch computed.rule {
            case .version, .sha: steps.append(immutable(computed))
            case .date: steps.append(date(computed))
            case .minor, .major, .latest, .channel:
                if let line = lines[computed.tag] { steps.append(try moving(computed, line: line)) }
            }
        }
        return steps
    }

    private func linesByTag() throws(TaggingError) -> [Tag: ReleaseLine] {
        var lines: [Tag: ReleaseLine] = [:]
        for line in ReleaseLine.lines(of: facts.version, rules: policy.rules) {
            lines[try line.tag()] = line
        }
        return lines
    }

    private func immutable(_ computed: ComputedTag) -> TagStep {
        let held = target.images[computed.tag]
        let verdict: Verdict
        if let held, held.digest != facts.source.digest {
            verdict = replacement(of: held, tag: computed.tag)
        } else {
            verdict = .bringing(held?.digest, to: facts.source.digest)
        }
        return step(computed, verdict: verdict, version: computed.rule == .version ? facts.version : nil)
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

    /// A moving version tag goes to the highest release of its line, whichever run gets to write it.
    private func moving(_ computed: ComputedTag, line: ReleaseLine) throws(TaggingError) -> TagStep {
        let from = target.images[computed.tag]?.digest
        if case .conflict = kind {
            return step(computed, verdict: .withheld(reason: "the run is refused"), version: nil)
        }
        let released = MovingTags.releasedVersions(in: target.tags).union([facts.version])
        let winner = MovingTags.desired(for: released, rules: policy.rules)[line] ?? facts.version
        guard winner != facts.version else {
            let verdict = Verdict.bringing(from, to: facts.source.digest)
            return step(computed, verdict: verdict, version: winner)
        }
        let isHigher = "\(facts.version) does not move \(computed.tag): \(winner) is higher"
        guard let winnerDigest = target.images[try winner.tag()]?.digest else {
            // The higher release went away between two reads; guessing would move the tag backwards.
            return step(computed, verdict: .withheld(reason: isHigher), version: winner)
        }
        let verdict: Verdict =
            from == winnerDigest
            ? .withheld(reason: isHigher)
            : .bringing(from, to: winnerDigest, reason: "\(winner) is the highest release of this line")
        return step(computed, to: winnerDigest, verdict: verdict, version: winner)
    }

    /// The tag of a day goes to the image of the latest commit of that day.
    private func date(_ computed: ComputedTag) -> TagStep {
        guard let held = target.images[computed.tag], held.digest != facts.source.digest else {
            let from = target.images[computed.tag]?.digest
            return step(computed, verdict: .bringing(from, to: facts.source.digest), version: nil)
        }
        if case .conflict = kind {
            return step(computed, verdict: .withheld(reason: "the run is refused"), version: nil)
        }
        if policy.rebuild, held.isMade(from: facts.commit) == true {
            let reason = "\(facts.commit.shortHash) replaces its own image"
            return step(computed, verdict: .move(reason: reason), version: nil)
        }
        guard let heldDate = held.created else {
            let reason = "\(computed.tag) holds an image whose age is unknown"
            return step(computed, verdict: .withheld(reason: reason), version: nil)
        }
        // Equal dates are told apart by digest, so that racing runs agree on the winner.
        let own = (facts.source.created ?? facts.commit.date, facts.source.digest)
        guard (heldDate, held.digest) < own else {
            let reason = "\(computed.tag) holds an image that is not older, of \(heldDate.rfc3339)"
            return step(computed, verdict: .withheld(reason: reason), version: nil)
        }
        return step(computed, verdict: .move(reason: nil), version: nil)
    }

    private func step(
        _ computed: ComputedTag,
        to digest: Digest? = nil,
        verdict: Verdict,
        version: SemanticVersion?
    ) -> TagStep {
        TagStep(
            tag: computed.tag,
            rule: computed.rule,
            from: target.images[computed.tag]?.digest,
            to: digest ?? facts.source.digest,
            version: version,
            verdict: verdict
        )
    }
}
