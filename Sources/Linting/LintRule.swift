/// What is looked for in a Dockerfile; the raw values are the stable names of docs/linting.md.
package enum LintRule: String, CaseIterable, Hashable, Sendable {
    /// The image is not one of those that are allowed.
    case imageNotAllowed = "image-not-allowed"
    /// The tag is `latest`, and there is no digest.
    case latestTag = "latest-tag"
    /// There is neither tag nor digest, so that it is `latest`.
    case noTag = "no-tag"
    /// What the built image is based on has a tag and no digest.
    case tagWithoutDigest = "tag-without-digest"
    /// What another stage is based on has no digest.
    case unpinnedStage = "unpinned-stage"
    /// What files are taken from has no digest.
    case unpinnedSource = "unpinned-source"
    /// What builds the file has no digest.
    case unpinnedFrontend = "unpinned-frontend"
    /// There is a digest without the tag that it was.
    case digestWithoutTag = "digest-without-tag"
    /// The tag holds another image by now than the one that was pinned.
    case tagMoved = "tag-moved"
    /// The registry has no such tag.
    case tagMissing = "tag-missing"
    /// The registry did not say what the tag holds.
    case tagUnread = "tag-unread"
    /// Nobody can tell which image is meant: a variable has no value.
    case unresolvedReference = "unresolved-reference"
    /// What stands there is no image.
    case invalidReference = "invalid-reference"
    /// A label that is asked for is not set.
    case missingLabel = "missing-label"
    /// A comment lets findings pass without saying why.
    case ignoreWithoutReason = "ignore-without-reason"
    /// A comment lets findings pass that there are none of.
    case unusedIgnore = "unused-ignore"
    /// A comment for tagboat does not say what it should.
    case invalidIgnore = "invalid-ignore"

    /// How much a finding matters where the configuration does not say.
    package var defaultSeverity: Severity {
        switch self {
        case .imageNotAllowed, .latestTag, .noTag, .tagMissing, .invalidReference, .missingLabel, .ignoreWithoutReason,
            .invalidIgnore:
            .error
        case .tagWithoutDigest, .unpinnedStage, .unpinnedSource, .tagMoved, .tagUnread, .unresolvedReference,
            .unusedIgnore:
            .warning
        case .unpinnedFrontend, .digestWithoutTag: .note
        }
    }

    /// What it asks for, in one sentence.
    package var summary: String {
        switch self {
        case .imageNotAllowed: "Images are those that `lint.allow` allows."
        case .latestTag: "Images are not named by the tag latest alone."
        case .noTag: "Images have a tag or a digest."
        case .tagWithoutDigest: "The base of the built image is pinned by its digest."
        case .unpinnedStage: "The bases of the other stages are pinned by their digests."
        case .unpinnedSource: "Images that files are taken from are pinned by their digests."
        case .unpinnedFrontend: "The frontend that builds the file is pinned by its digest."
        case .digestWithoutTag: "A digest stands behind the tag that it was."
        case .tagMoved: "Pinned images are what their tags hold today."
        case .tagMissing: "The tags of images exist."
        case .tagUnread: "The registry tells what a tag holds."
        case .unresolvedReference: "The file and its build arguments tell which images are used."
        case .invalidReference: "Where an image is named there is one."
        case .missingLabel: "The labels of `lint.required-labels` are set."
        case .ignoreWithoutReason: "A comment that lets findings pass says why."
        case .unusedIgnore: "A comment that lets findings pass has some to let pass."
        case .invalidIgnore: "A comment for tagboat says what to let pass."
        }
    }

    /// Whether a comment can let its findings pass; those about such comments it cannot.
    package var canBeIgnored: Bool {
        switch self {
        case .ignoreWithoutReason, .unusedIgnore, .invalidIgnore: false
        default: true
        }
    }

    /// Whether the registry has to be asked for it.
    package var asksRegistry: Bool { [.tagMoved, .tagMissing, .tagUnread].contains(self) }
}
