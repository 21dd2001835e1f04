/// Something that a registry can do or not; each is one row of what `tagboat doctor` finds.
package enum RegistryFeature: String, CaseIterable, Sendable {
    case encryption, http2, api, clock
    case authentication, tokenByPost, credentials, reading, writing
    case wholeUpload, chunkedUpload, resumedUpload, singlePostUpload, mount
    case manifestByDigest, manifestByTag, exactBytes, digestHeader, manifestHead, conditionalGet
    case tagMoves, conditionalCreation, conditionalMove, severalTags
    case tagList, tagPages, tagOrder
    case referrers, subjectHeader, referrersFilter
    case tagDeletion, manifestDeletion, blobDeletion, cleanUp
    case rateLimit, warnings

    /// What features have to do with.
    package enum Area: String, CaseIterable, Sendable {
        case connection, access, blobs, manifests, tags, referrers, deletion, notices
    }

    /// What the feature has to do with.
    package var area: Area {
        switch self {
        case .encryption, .http2, .api, .clock: .connection
        case .authentication, .tokenByPost, .credentials, .reading, .writing: .access
        case .wholeUpload, .chunkedUpload, .resumedUpload, .singlePostUpload, .mount: .blobs
        case .manifestByDigest, .manifestByTag, .exactBytes, .digestHeader, .manifestHead, .conditionalGet: .manifests
        case .tagMoves, .conditionalCreation, .conditionalMove, .severalTags, .tagList, .tagPages, .tagOrder: .tags
        case .referrers, .subjectHeader, .referrersFilter: .referrers
        case .tagDeletion, .manifestDeletion, .blobDeletion, .cleanUp: .deletion
        case .rateLimit, .warnings: .notices
        }
    }

    /// The feature in a few words.
    package var title: String {
        switch self {
        case .encryption: "encrypted connection"
        case .http2: "HTTP/2"
        case .api: "registry API"
        case .clock: "clock in step"
        case .authentication: "asks for authentication"
        case .tokenByPost: "tokens by POST"
        case .credentials: "credentials at hand"
        case .reading: "reading allowed"
        case .writing: "writing allowed"
        case .wholeUpload: "upload in one piece"
        case .chunkedUpload: "upload in pieces"
        case .resumedUpload: "upload goes on"
        case .singlePostUpload: "upload by one POST"
        case .mount: "mount between repositories"
        case .manifestByDigest: "put by digest"
        case .manifestByTag: "put by tag"
        case .exactBytes: "keeps every byte"
        case .digestHeader: "tells the digest"
        case .manifestHead: "HEAD of a manifest"
        case .conditionalGet: "conditional GET"
        case .tagMoves: "a tag can be moved"
        case .conditionalCreation: "create only if new"
        case .conditionalMove: "move only if unchanged"
        case .severalTags: "several tags at once"
        case .tagList: "list of tags"
        case .tagPages: "list in pages"
        case .tagOrder: "list in lexical order"
        case .referrers: "referrers API"
        case .subjectHeader: "confirms the subject"
        case .referrersFilter: "filter by artifact type"
        case .tagDeletion: "delete a tag by itself"
        case .manifestDeletion: "delete by digest"
        case .blobDeletion: "delete a blob"
        case .cleanUp: "left as it was"
        case .rateLimit: "tells a rate limit"
        case .warnings: "sends warnings"
        }
    }

    /// Whether it can be measured only by writing something.
    package var needsWriting: Bool {
        switch self {
        case .writing, .wholeUpload, .chunkedUpload, .resumedUpload, .singlePostUpload, .mount, .manifestByDigest,
            .manifestByTag, .tagMoves, .conditionalCreation, .conditionalMove, .severalTags, .subjectHeader,
            .tagDeletion, .manifestDeletion, .blobDeletion, .cleanUp:
            true
        default:
            false
        }
    }
}
