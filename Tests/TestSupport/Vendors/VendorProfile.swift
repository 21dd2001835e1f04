import Testing

/// How one vendor's registry behaves, as far as that differs from the OCI distribution-spec 1.1.
///
/// What is not changed behaves as the specification wants it. `VendorProfile.all` is the table of vendors.
package struct VendorProfile: Sendable, CustomTestStringConvertible {
    /// The name of the product.
    package private(set) var name: String
    /// A user name of the kind that its clients log in with.
    package var user = "ada"
    /// How it finds out who asks.
    package var access = Access.token(TokenRules())
    /// How it lists tags.
    package var tagList = TagListRules()
    /// How it treats manifests.
    package var manifests = ManifestRules()
    /// How it treats blobs.
    package var blobs = BlobRules()
    /// What it deletes.
    package var deletion = DeletionRules()
    /// Whether it offers the referrers API, and filters it by `artifactType`.
    package var referrers: ReferrersRules? = ReferrersRules()
    /// Whether the first push to a repository creates it.
    package var createsRepositories = true
    /// The answer to whatever is asked about a repository that does not exist.
    package var repositoryUnknown = RegistryProblem.nameUnknown
    /// The answer to those who are known but lack a permission; nil asks them to authenticate again.
    package var permissionMissing: RegistryProblem?
    /// The headers of every answer.
    package var headers: TestHeaders = ["Docker-Distribution-Api-Version": "registry/2.0"]
    /// The answer to a client that asks too often.
    package var throttling = RegistryProblem.tooManyRequests
    /// The body of the answer to `GET /v2/`.
    package var greeting = "{}"

    /// Creates a profile from the specification's own.
    ///
    /// - Parameters:
    ///   - name: the name of the product.
    ///   - change: makes the differences.
    package init(_ name: String, _ change: (inout VendorProfile) -> Void = { _ in }) {
        self.name = name
        change(&self)
    }

    /// The same behaviour under another name.
    func renamed(_ name: String) -> VendorProfile {
        var copy = self
        copy.name = name
        return copy
    }

    /// The name, for the report of a test.
    package var testDescription: String { name }

    /// How a registry finds out who asks.
    package enum Access: Sendable {
        /// It does not: everybody may do everything.
        case open
        /// By a password with each request.
        case basic
        /// By the tokens of an authorization service.
        case token(TokenRules)
    }

    /// How the authorization service of a registry behaves (distribution, docs/spec/auth/token.md and oauth.md).
    package struct TokenRules: Sendable {
        /// Where a service is.
        package enum Place: Sendable {
            /// On the registry's own host.
            case ownHost
            /// On a host of its own.
            case anotherHost
        }

        /// What it does about the action `delete` in a scope.
        package enum DeleteAction: Sendable {
            /// It is a permission like others, and who may delete must ask for it.
            case required
            /// Permission to push is enough.
            case coveredByPush
            /// The scope is refused as a whole.
            case rejected(RegistryProblem)
        }

        /// The scope that a challenge names.
        package enum ChallengeScope: Sendable {
            /// What the request needs.
            case needed
            /// An empty one: `scope=""`.
            case empty
            /// None at all.
            case absent
        }

        /// Where the service is.
        package var place = Place.ownHost
        /// The path of the service.
        package var path = "/token"
        /// The name of the service in challenges; nil leaves it out.
        package var service: String? = "registry"
        /// The fields of the answer that hold the token.
        package var fields = ["token"]
        /// The `expires_in` of the answer; nil leaves it out.
        package var lifetime: Int? = 300
        /// The answer to a request by POST; nil grants it (oauth.md).
        package var postProblem: RegistryProblem? = RegistryProblem(405, "UNSUPPORTED", "method not allowed")
        /// The answer to a wrong password.
        package var wrongPassword = RegistryProblem(401, "UNAUTHORIZED", "incorrect username or password")
        /// What is done about the action `delete`.
        package var deleteAction = DeleteAction.required
        /// What the challenge of a request names.
        package var challengeScope = ChallengeScope.needed
        /// The scope that the challenge of `GET /v2/` names; nil leaves it out.
        package var greetingScope: String?
        /// Whether a token without any permission is given to anybody; otherwise 401.
        package var servesAnybody = true
        /// Whether asking for `push` creates the repository.
        package var pushScopeCreatesRepository = false
    }

    /// How a registry lists tags (distribution-spec 1.1, "Listing Tags").
    package struct TagListRules: Sendable {
        /// In which order the tags come.
        package enum Order: Sendable {
            /// By name, as the specification wants it.
            case lexical
            /// By the time of their creation.
            case oldestFirst
        }

        /// What the `Link` header of a page looks like.
        package enum Link: Sendable {
            /// A path with `last`.
            case relative
            /// A whole address with `last`.
            case absolute
            /// A path with a cursor that only the registry can read.
            case opaque
            /// A whole address that the registry does not serve.
            case misdirected(prefix: String)
            /// None: what is beyond the page cannot be had by it.
            case missing
        }

        /// What stands in the list besides the tags.
        package enum Extra: Sendable {
            /// Nothing.
            case nothing
            /// JSON nulls.
            case nulls
            /// The digests of manifests.
            case digests
            /// A map of manifests beside the list.
            case manifestMap
        }

        /// The largest page, and the one that is sent without `n`; nil sends everything.
        package var page: Int?
        /// The page that is sent without `n`; nil sends the largest.
        package var defaultPage: Int?
        /// The answer to a larger `n` than `page`; nil sends the largest page.
        package var excess: RegistryProblem?
        /// Whether `n` is ignored.
        package var ignoresN = false
        /// In which order the tags come.
        package var order = Order.lexical
        /// What the `Link` header looks like.
        package var link = Link.relative
        /// What stands in the list besides the tags.
        package var extra = Extra.nothing
        /// Whether a repository without tags has `null` for a list.
        package var isNullWhenEmpty = false
        /// The answer to a request that accepts manifests only.
        package var wrongAccept: RegistryProblem?
    }

    /// How a registry treats manifests.
    package struct ManifestRules: Sendable {
        /// In which answers `Docker-Content-Digest` stands.
        package enum DigestHeader: Sendable {
            /// In all of them.
            case always
            /// In those to HEAD and PUT.
            case notOnGet
            /// In none.
            case never
        }

        /// How the answer to a push of several tags lists them (distribution-spec main, end-7b).
        package enum TagHeader: Sendable {
            /// One `OCI-Tag` header a tag.
            case repeated
            /// One header with all of them.
            case joined
        }

        /// The answer for a manifest that does not exist.
        package var unknown = RegistryProblem.manifestUnknown
        /// In which answers `Docker-Content-Digest` stands.
        package var digestHeader = DigestHeader.always
        /// Whether every tag is immutable, not only those that the test makes so.
        package var keepsEveryTag = false
        /// The answer to moving an immutable tag; nil where there are none.
        package var immutable: RegistryProblem?
        /// Whether an immutable tag refuses the digest that it holds already.
        package var immutableRefusesSameDigest = true
        /// The largest number of `tag` parameters of a push by digest; nil ignores them.
        package var maximumTags: Int?
        /// Tags that such a push leaves out, and does not list.
        package var ignoredTags: Set<String> = []
        /// How the answer to such a push lists the tags.
        package var tagHeader = TagHeader.repeated
        /// The answer to more than `maximumTags`.
        package var tooManyTags = RegistryProblem(414, "MANIFEST_INVALID", "too many tag query parameters")
        /// The answer to a manifest whose parts are missing.
        package var partsMissing = RegistryProblem(400, "MANIFEST_BLOB_UNKNOWN", "blob unknown to registry")
        /// The answer to a media type that is none of a manifest.
        package var typeUnknown = RegistryProblem.manifestInvalid
        /// The answer to pulling what a policy holds back.
        package var blockedPull: RegistryProblem?
        /// Whether a manifest that lost its last tag can still be had by digest.
        package var keepsUntagged = true
        /// Whether an index may name manifests that are not there.
        package var allowsSparseIndexes = false
        /// The largest manifest in bytes.
        package var maximumSize = 4 << 20
    }

    /// How a registry treats blobs and uploads.
    package struct BlobRules: Sendable {
        /// What comes of mounting a blob from another repository.
        package enum Mount: Sendable {
            /// It is mounted where it can be read, and an upload is opened otherwise.
            case supported
            /// An upload is opened always.
            case ignored
            /// Without `from` it is an error.
            case needsSource(RegistryProblem)
            /// A source that cannot be read is an error.
            case strict(RegistryProblem)
        }

        /// What `Location` of an upload looks like.
        package enum Location: Sendable {
            /// A path.
            case relative
            /// A whole address on the registry's host.
            case absolute
            /// A whole address with a query of its own.
            case absoluteWithState
            /// A path with a query of its own.
            case relativeWithState
        }

        /// What comes of mounting.
        package var mount = Mount.supported
        /// What `Location` of an upload looks like.
        package var location = Location.relative
        /// The status of the answer to a chunk.
        package var chunkStatus = 202
        /// Whether a chunk must begin where the last one ended; otherwise it is put there whatever it says.
        package var checksRange = true
        /// Whether every chunk behind the first is taken and thrown away.
        package var losesLaterChunks = false
        /// Whether `POST` with `digest` takes the whole blob (distribution-spec 1.1, "Single POST").
        package var takesSinglePost = true
        /// Whether a blob is served from storage on another host, which refuses a request with `Authorization`.
        package var redirectsToStorage = false
        /// The largest body of a request, beyond which a proxy before the registry answers 413; nil takes all.
        package var maximumRequest: Int?
        /// The status of the answer to an upload's last `PUT`.
        package var doneStatus = 201
    }

    /// What a registry deletes.
    package struct DeletionRules: Sendable {
        /// What comes of `DELETE` on a tag.
        package enum OfTag: Sendable {
            /// The tag is gone, the manifest stays.
            case untags
            /// It is refused.
            case refused(RegistryProblem)
        }

        /// What comes of `DELETE` on a manifest by its digest.
        package enum OfManifest: Sendable {
            /// It is gone with every tag on it.
            case deletesWithTags
            /// It is refused as long as a tag is on it.
            case needsNoTags(RegistryProblem)
            /// It is refused.
            case refused(RegistryProblem)
        }

        /// What comes of `DELETE` on a tag.
        package var tag = OfTag.untags
        /// What comes of `DELETE` on a digest.
        package var manifest = OfManifest.deletesWithTags
        /// The answer to deleting a blob; nil deletes it.
        package var blob: RegistryProblem?
        /// The status where it is done.
        package var status = 202
    }

    /// How a registry answers the referrers API (distribution-spec 1.1, "Listing Referrers").
    package struct ReferrersRules: Sendable {
        /// Whether it filters by `artifactType`.
        package var filters = true
    }
}
