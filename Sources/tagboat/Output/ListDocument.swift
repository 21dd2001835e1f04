import OCI
import Tagging
import Versioning

/// The JSON form of a list: docs/json.md, schema `tagboat.list/1`.
struct ListDocument: Encodable {
    let schema = "tagboat.list/1"
    let repository: String
    /// How many images there are, shown or not.
    let total: Int
    let images: [Image]

    struct Image: Encodable {
        let digest: OrNull<String>
        let mediaType: OrNull<String>
        let type: OrNull<String>
        let artifactType: OrNull<String>
        let created: OrNull<String>
        let ageSeconds: OrNull<Int64>
        let size: OrNull<Int64>
        let version: OrNull<String>
        let problem: OrNull<String>
        let platforms: [PlatformImage]
        let tags: [Entry]
    }

    struct PlatformImage: Encodable {
        let platform: OrNull<String>
        let digest: String
        let size: OrNull<Int64>
    }

    struct Entry: Encodable {
        let tag: String
        let `class`: OrNull<TagClass>
        let version: OrNull<String>
        /// The image that the tag ties its own to.
        let refersTo: OrNull<String>
    }

    init(_ name: String, _ images: [ListedImage], of total: Int, now: Timestamp?) {
        repository = name
        self.total = total
        self.images = images.map { Image($0, now: now) }
    }
}

extension ListDocument.Image {
    fileprivate init(_ image: ListedImage, now: Timestamp?) {
        digest = OrNull(image.digest?.description)
        mediaType = OrNull(image.mediaType?.rawValue)
        type = OrNull(image.kind?.rawValue)
        artifactType = OrNull(image.artifactType)
        created = OrNull(image.created?.rfc3339)
        ageSeconds = OrNull(now.flatMap { now in image.created.map { now.secondsSinceEpoch - $0.secondsSinceEpoch } })
        size = OrNull(image.size)
        version = OrNull(image.version?.text)
        problem = OrNull(image.problem)
        platforms = image.platforms.map { platform in
            ListDocument.PlatformImage(
                platform: OrNull(platform.platform?.description),
                digest: platform.digest.description,
                size: OrNull(platform.size)
            )
        }
        tags = image.tags.map { tag in
            let subject: Digest? = if case .referrer(let referrer) = tag.role { referrer.subject } else { nil }
            return ListDocument.Entry(
                tag: tag.tag.name,
                class: OrNull(tag.tagClass),
                version: OrNull(tag.version?.text),
                refersTo: OrNull(subject?.description)
            )
        }
    }
}
