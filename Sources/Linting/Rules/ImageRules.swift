import Dockerfile
import OCI

/// The rules about the images that a file names.
extension LintedFile {
    /// Whether it can be told which images are meant.
    func referenceFindings() -> [LintFinding] {
        uses.compactMap { use -> LintFinding? in
            switch use.reference {
            case .failure(let error):
                let isSource = use.role == .source
                return finding(
                    isSource ? .invalidReference : .unresolvedReference,
                    at: use.source,
                    error.problem,
                    hint: isSource
                        ? "name an image, or a stage of this file"
                        : "give the value with --build-arg, or a default in the file"
                )
            case .success(let text):
                do throws(ReferenceError) {
                    _ = try ImageReference(parsing: text)
                    return nil
                } catch {
                    return finding(
                        .invalidReference,
                        at: use.source,
                        error.description,
                        hint: "write an image, such as alpine:3.22, or the name of an earlier stage"
                    )
                }
            }
        }
    }

    /// Whether an image is on the list.
    func allowFindings(_ image: NamedImage) -> [LintFinding] {
        guard !policy.allowed.isEmpty else { return [] }
        let fits = policy.allowed.map { ($0, $0.fit(image.reference)) }
        let best = fits.map(\.1).max() ?? .none
        let near = fits.filter { $0.1 == best }.map(\.0)
        let found: LintFinding?
        switch best {
        case .whole: return []
        case .tag:
            found = finding(
                .imageNotAllowed,
                at: image.use.source,
                "\(image.name) is allowed with a digest only",
                hint: "pin it with `tagboat lint --pin`"
            )
        case .repository:
            found = finding(
                .imageNotAllowed,
                at: image.use.source,
                image.reference.tag.map { "the tag \($0) of \(image.name) is not allowed" }
                    ?? "\(image.name) is allowed with certain tags only",
                hint: "choose a tag that fits \(near.map(\.tagText).joined(separator: ", "))"
            )
        case .none:
            found = finding(
                .imageNotAllowed,
                at: image.use.source,
                "\(image.name) is not among the allowed images",
                hint: "choose one of \(policy.allowed.map(\.description).joined(separator: ", "))"
            )
        }
        return found.map { [$0] } ?? []
    }

    /// Whether an image says which release it is.
    func tagFindings(_ image: NamedImage) -> [LintFinding] {
        let source = image.use.source
        let reference = image.reference
        let found: LintFinding?
        switch (reference.tag, reference.digest) {
        case (nil, nil):
            found = finding(
                .noTag,
                at: source,
                "\(image.name) has neither tag nor digest",
                hint: "write the tag of a release, as in \(image.name):VERSION"
            )
        case (nil, .some):
            found = finding(
                .digestWithoutTag,
                at: source,
                "\(image.name) has a digest without a tag, so nobody sees when it is out of date",
                hint: "write the tag before the digest, as in \(image.name):VERSION@sha256:…"
            )
        case (.latest?, nil):
            found = finding(
                .latestTag,
                at: source,
                "\(image.name) is another image after every release",
                hint: "write the tag of a release"
            )
        default: return []
        }
        return found.map { [$0] } ?? []
    }

    /// Whether an image is pinned.
    func pinningFindings(_ image: NamedImage) -> [LintFinding] {
        // Who has no tag needs one first.
        guard image.reference.digest == nil, image.reference.tag != nil else { return [] }
        let subject =
            switch image.use.role {
            case .base:
                image.isFinalBase ? "the base image \(image.name)" : "the image \(image.name) of a build stage"
            case .source: "the image \(image.name) that files are taken from"
            case .frontend: "the frontend \(image.name)"
            }
        let found = finding(
            image.pinningRule,
            at: image.use.source,
            "\(subject) has no digest",
            hint: "pin it with `tagboat lint --pin`"
        )
        return found.map { [$0] } ?? []
    }

    /// Whether an image is what its tag holds.
    func answerFindings(_ image: NamedImage, _ state: TagAnswer) -> [LintFinding] {
        let found: LintFinding?
        switch state {
        case .missing:
            found = finding(
                .tagMissing,
                at: image.use.source,
                "the registry has no \(image.name)",
                hint: "choose a tag that exists"
            )
        case .unread(let reason):
            found = finding(
                .tagUnread,
                at: image.use.source,
                "it is not known what \(image.name) holds: \(reason)",
                hint: "try again, or leave the registries out with --no-resolve"
            )
        case .holds(let current, _):
            guard let pinned = image.reference.digest, !state.includes(pinned) else { return [] }
            found = finding(
                .tagMoved,
                at: image.use.source,
                "\(image.name) has moved on from \(pinned.abbreviated) to \(current.abbreviated)",
                hint: "take the new image with `tagboat lint --update`"
            )
        }
        return found.map { [$0] } ?? []
    }
}
