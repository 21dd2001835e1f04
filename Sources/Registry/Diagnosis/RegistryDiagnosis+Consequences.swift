extension RegistryDiagnosis {
    /// What the findings mean for the work with tagboat, one sentence each.
    package var consequences: [String] {
        permissions + pushes + moves + deletions + others
    }

    private func verdict(_ feature: RegistryFeature) -> Verdict { self[feature].verdict }

    private var permissions: [String] {
        switch (verdict(.reading), verdict(.writing)) {
        case (.notAllowed, _): ["nothing can be read with these credentials: log in with others"]
        case (_, .notAllowed): ["reading works, such as `tagboat plan` and `tagboat verify`; `tagboat push` does not"]
        default: []
        }
    }

    private var pushes: [String] {
        var sentences: [String] = []
        switch verdict(.severalTags) {
        case .yes:
            sentences.append("several tags are put by one request: a push of up to 40 tags costs 1 request for them")
        case .partly: sentences.append("what one request leaves out of several tags is put tag by tag")
        case .no: sentences.append("each tag is put by itself: a push of K tags costs K requests, all at the same time")
        case .notAllowed, .unknown: break
        }
        if verdict(.chunkedUpload) == .no || verdict(.resumedUpload) == .no {
            sentences.append("an upload that breaks off starts anew: large layers need a steady connection")
        }
        if verdict(.mount) == .no { sentences.append("a layer that another repository has is sent once more") }
        if [.no, .partly].contains(verdict(.digestHeader)) {
            sentences.append("digests are computed from the manifest itself, which costs a GET where a HEAD would do")
        }
        if verdict(.exactBytes) == .no {
            sentences.append("the registry changes manifests: an image's digest does not survive a push")
        }
        return sentences
    }

    private var moves: [String] {
        var sentences: [String] = []
        if verdict(.tagMoves) == .no {
            sentences.append("tags stay where they are: moving tags such as latest cannot be kept here")
        } else if verdict(.tagMoves) == .yes, verdict(.conditionalMove) == .no {
            sentences.append(
                "the registry lets the last writer win: tagboat reads the tags again after it has put them"
            )
        }
        if verdict(.tagOrder) == .no || verdict(.tagPages) == .partly {
            sentences.append("the list of tags has rules of its own: tagboat reads all of it before it decides")
        }
        return sentences
    }

    private var deletions: [String] {
        switch (verdict(.tagDeletion), verdict(.manifestDeletion)) {
        case (.yes, _): []
        case (.no, .yes), (.partly, .yes):
            ["a tag cannot be deleted by itself: `tagboat delete` needs --digest, and takes all tags of the image"]
        case (.no, .no): ["nothing can be deleted by the registry's API: use the registry's own interface"]
        case (_, .notAllowed), (.notAllowed, _): ["these credentials may not delete: `tagboat delete` needs others"]
        default: []
        }
    }

    private var others: [String] {
        var sentences: [String] = []
        if let clockSkew, abs(clockSkew) > 60 {
            sentences.append(
                "the clocks differ by \(abs(clockSkew)) s: tokens may count as expired, or as not yet valid"
            )
        }
        if verdict(.referrers) == .no {
            sentences.append("signatures and the like are found by a tag that stands in for the referrers API")
        }
        if verdict(.rateLimit) == .yes {
            sentences.append("requests are counted: --max-requests-per-second spaces them out")
        }
        if !remains.isEmpty {
            sentences.append("what the examination made could not all be deleted; it does no harm where it is")
        }
        return sentences
    }
}
