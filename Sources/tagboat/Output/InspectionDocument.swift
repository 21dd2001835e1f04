import OCI
import Registry
import Release

/// The JSON form of an image: docs/json.md, schema `tagboat.inspect/1`.
struct InspectionDocument: Encodable {
    let schema = "tagboat.inspect/1"
    let reference: String
    let digest: String
    let mediaType: String
    /// Of the manifest itself.
    let size: Int
    let type: String
    let artifactType: OrNull<String>
    let subject: OrNull<String>
    let annotations: [String: String]
    /// The entries of an index, empty for anything else.
    let entries: [Entry]
    let images: [Image]
    let referrers: [Referrer]
    let referrersProblem: OrNull<String>

    /// An entry of an index.
    struct Entry: Encodable {
        let digest: String
        let mediaType: String
        let size: Int64
        let platform: OrNull<String>
        let artifactType: OrNull<String>
        let isAttestation: Bool
        let annotations: [String: String]
        let problem: OrNull<String>
    }

    struct Referrer: Encodable {
        let digest: String
        let mediaType: String
        let artifactType: OrNull<String>
        let size: Int64
        let annotations: [String: String]
        /// The ending of the tag that ties it by cosign's convention.
        let tag: OrNull<String>
    }

    init(_ reference: String, _ inspection: ImageInspection) {
        self.reference = reference
        digest = inspection.stored.digest.description
        mediaType = inspection.stored.mediaType.rawValue
        size = inspection.stored.bytes.count
        type = inspection.kind
        artifactType = OrNull(inspection.artifactType)
        subject = OrNull(inspection.manifest.subject?.digest.description)
        annotations = inspection.manifest.annotations
        entries = inspection.manifest.children.map { child in
            Entry(
                digest: child.digest.description,
                mediaType: child.mediaType.rawValue,
                size: child.size,
                platform: OrNull(child.platform?.description),
                artifactType: OrNull(child.artifactType),
                isAttestation: child.isAttestation,
                annotations: child.annotations ?? [:],
                problem: OrNull(inspection.gaps.first { $0.descriptor == child }?.problem)
            )
        }
        images = inspection.images.map(Image.init)
        referrers = inspection.referrers.map { referrer in
            Referrer(
                digest: referrer.descriptor.digest.description,
                mediaType: referrer.descriptor.mediaType.rawValue,
                artifactType: OrNull(referrer.descriptor.artifactType),
                size: referrer.descriptor.size,
                annotations: referrer.descriptor.annotations ?? [:],
                tag: OrNull(referrer.tag.map { inspection.stored.digest.referrerTag($0).name })
            )
        }
        referrersProblem = OrNull(inspection.referrersProblem)
    }
}
