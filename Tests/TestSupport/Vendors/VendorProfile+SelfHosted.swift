/// The registries that people run themselves. What is marked as unverified is known by hearsay alone.
extension VendorProfile {
    /// Harbor.
    package static let harbor = VendorProfile("Harbor") { harbor in
        // https://goharbor.io/docs/2.12.0/working-with-projects/project-configuration/create-robot-accounts/
        harbor.user = "robot$acme+ci"
        harbor.access = .token {
            $0.path = "/service/token"
            $0.service = "harbor-registry"
            $0.fields = ["token", "access_token"]
        }
        // src/server/middleware/immutable: 412, also for the digest that the tag holds already.
        harbor.manifests.immutable = RegistryProblem(
            412,
            "PRECONDITION",
            "Failed to process request due to 'ui:1.0.0' configured as immutable."
        )
        harbor.manifests.unknown = RegistryProblem(404, "NOT_FOUND", "artifact acme/ui:latest not found")
        harbor.repositoryUnknown = RegistryProblem(404, "NOT_FOUND", "repository acme/ui not found")
        // src/server/registry/manifest.go: the protocol deletes by digest only.
        harbor.deletion.tag = .refused(RegistryProblem(400, "UNSUPPORTED", "unsupported digest 1.0.0"))
        harbor.blobs.location = .relativeWithState
        // https://github.com/oras-project/oras/pull/1924: a source that cannot be read is an error.
        harbor.blobs.mount = .strict(RegistryProblem(401, "UNAUTHORIZED", "unauthorized to access repository"))
        // Harbor's sessions come with a cookie and a CSRF token, which mean nothing to us.
        harbor.headers = ["Set-Cookie": "sid=1; Path=/; HttpOnly", "X-Harbor-Csrf-Token": "c5rf"]
    }

    /// Harbor where a policy holds vulnerable images back.
    package static let harborWithVulnerabilityPolicy = VendorProfile("Harbor with a vulnerability policy") { policy in
        policy = harbor.renamed(policy.name)
        // src/server/middleware/vulnerable: 412 with a code of its own on every pull.
        policy.manifests.blockedPull = RegistryProblem(
            412,
            "PROJECTPOLICYVIOLATION",
            "current image with 3 vulnerabilities cannot be pulled due to configured policy"
        )
    }

    /// Sonatype Nexus Repository.
    package static let nexus = VendorProfile("Nexus") { nexus in
        nexus.access = .basic
        // A null in the list of tags, and no pages in a group (https://github.com/sonatype/nexus-public/issues/117).
        nexus.tagList.ignoresN = true
        nexus.tagList.extra = .nulls
        nexus.referrers = nil
    }

    /// Sonatype Nexus behind a connector, whose pages lead astray.
    package static let nexusConnector = VendorProfile("Nexus connector") { connector in
        connector = nexus.renamed(connector.name)
        // https://github.com/sonatype/nexus-public/issues/1011
        connector.tagList = TagListRules(page: 1000, link: .misdirected(prefix: "/repository/docker-hosted"))
    }

    /// JFrog Artifactory.
    package static let artifactory = VendorProfile("Artifactory") { artifactory in
        // The challenge names /v2/token on its own host; POST is answered with 401 (containerd,
        // core/remotes/docker/authorizer.go).
        artifactory.access = .token {
            $0.path = "/v2/token"
            $0.postProblem = RegistryProblem(401, "UNAUTHORIZED", "Bad credentials", body: .statusJSON)
            $0.deleteAction = .coveredByPush
        }
        artifactory.permissionMissing = RegistryProblem(403, "DENIED", "is not permitted to deploy", body: .statusJSON)
        // A missing manifest of a repository that may not be cached is 403.
        artifactory.manifests.unknown = RegistryProblem(403, "DENIED", "Not authorized or not found")
        artifactory.tagList.extra = .digests
        // https://github.com/renovatebot/renovate/issues/3078: 406 where the tag list is asked for as a manifest.
        artifactory.tagList.wrongAccept = RegistryProblem(406, "", "Not Acceptable", body: .statusJSON)
        // "Block Pushing Existing Tags" (https://github.com/replicatedhq/kots/pull/5940); the words are unverified.
        artifactory.manifests.immutable = RegistryProblem(403, "DENIED", "the tag exists and is immutable")
        artifactory.referrers = nil
    }

    /// zot.
    package static let zot = VendorProfile("zot") { zot in
        zot.access = .basic
        // https://github.com/project-zot/zot/pull/3885: 414 beyond the limit, 400 for `tag` on the path of a tag.
        zot.manifests.maximumTags = 46
        zot.manifests.tooManyTags = RegistryProblem(414, "MANIFEST_INVALID", "too many tag query parameters (max 46)")
        // https://github.com/project-zot/zot/issues/4444: gone with its last tag.
        zot.manifests.keepsUntagged = false
        zot.tagList.page = nil
    }

    /// olareg, which implements pushing several tags at once and lists them in one header.
    package static let olareg = VendorProfile("olareg") { olareg in
        olareg.access = .open
        olareg.headers = [:]
        olareg.manifests.maximumTags = 1000
        olareg.manifests.tagHeader = .joined
    }

    /// The reference implementation in its version 3.
    package static let distribution = VendorProfile("distribution 3") { distribution in
        distribution.access = .token { $0.service = "registry.test" }
        // https://github.com/distribution/distribution/pull/3143: pages, of 1000 by default.
        distribution.tagList.page = 1000
        distribution.tagList.isNullWhenEmpty = true
        distribution.blobs.location = .absoluteWithState
        distribution.referrers = nil
        distribution.blobs.takesSinglePost = false
    }

    /// `docker-registry` 2.8.2, which a test compares with the real one.
    package static let dockerRegistry = VendorProfile("docker-registry 2.8.2") { registry in
        registry.access = .open
        registry.tagList.ignoresN = true
        registry.tagList.isNullWhenEmpty = true
        registry.deletion.tag = .refused(.digestInvalid)
        registry.blobs.location = .absoluteWithState
        registry.blobs.checksRange = false
        registry.blobs.takesSinglePost = false
        registry.referrers = nil
    }

    /// A registry that is just what the specification says, with everything that it may have.
    package static let specification = VendorProfile("distribution-spec 1.1") { specification in
        specification.access = .token { $0.service = nil }
        specification.manifests.maximumTags = 100
        specification.tagList.page = 100
        specification.manifests.immutable = RegistryProblem(409, "DENIED", "the tag is immutable")
    }

    /// Every vendor.
    package static let all: [VendorProfile] = [
        dockerHub, elasticContainerRegistry, artifactRegistry, githubContainerRegistry, azureContainerRegistry, quay,
        gitlab, ibm, aliyun, harbor, nexus, artifactory, zot, olareg, distribution, dockerRegistry, specification,
    ]
}
