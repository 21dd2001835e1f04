/// The registries that run as a service. What is marked as unverified is known by hearsay alone.
extension VendorProfile {
    /// Docker Hub.
    package static let dockerHub = VendorProfile("Docker Hub") { hub in
        // https://docs.docker.com/docker-hub/usage/pulls/: the limits stand in the headers of manifest answers, and a
        // client that asks too often gets 429 on any request.
        hub.headers = [
            "Docker-Distribution-Api-Version": "registry/2.0", "RateLimit-Limit": "100;w=21600",
            "RateLimit-Remaining": "76;w=21600", "Docker-RateLimit-Source": "192.0.2.1",
        ]
        // The challenge of registry-1.docker.io names auth.docker.io.
        hub.access = .token {
            $0.place = .anotherHost
            $0.service = "registry.docker.io"
            $0.fields = ["token", "access_token"]
        }
        // https://github.com/docker/hub-feedback/issues/2360: DELETE is answered with 405.
        hub.deletion.tag = .refused(.unsupported)
        hub.deletion.manifest = .refused(.unsupported)
        hub.deletion.blob = .unsupported
        // https://github.com/docker/hub-feedback/issues/2466: 403, also for the digest that the tag holds already; the
        // words are those of https://github.com/kimai/kimai/issues/5791.
        hub.manifests.immutable = RegistryProblem(
            403,
            "DENIED",
            "requested access to the resource is denied - This tag is already assigned to an image in this repository "
                + "and cannot be updated due to immutability settings. To push this image, use a different tag."
        )
        hub.tagList.page = 1000
        hub.tagList.defaultPage = 100
        hub.blobs.redirectsToStorage = true
        hub.blobs.location = .absoluteWithState
    }

    /// Amazon Elastic Container Registry.
    package static let elasticContainerRegistry = VendorProfile("Amazon ECR") { ecr in
        // https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html: the user is AWS, and the password,
        // which is good for 12 hours, goes as Basic to the registry itself.
        ecr.user = "AWS"
        ecr.access = .basic
        ecr.permissionMissing = RegistryProblem(403, "DENIED", "is not authorized to perform: ecr:PutImage")
        // Same guide, "Creating a private repository": nothing is created by a push.
        ecr.createsRepositories = false
        ecr.repositoryUnknown = RegistryProblem(404, "NAME_UNKNOWN", "The repository with name 'x' does not exist")
        // https://github.com/google/go-containerregistry/issues/681
        ecr.tagList.page = 1000
        ecr.tagList.defaultPage = 100
        ecr.tagList.excess = RegistryProblem(405, "UNSUPPORTED", "Invalid parameter at 'maxResults' failed to satisfy")
        ecr.tagList.link = .absolute
        // https://github.com/ChangemakerStudios/Docker.Registry.DotNet/issues/34: the header is on HEAD alone.
        ecr.manifests.digestHeader = .notOnGet
        // https://github.com/moby/buildkit/issues/3776 and https://github.com/aws/aws-sdk/issues/750: a repeated push of
        // the same image fails as well.
        ecr.manifests.immutable = RegistryProblem(
            400,
            "TAG_INVALID",
            "The image tag already exists in the repository and cannot be overwritten because the tag is immutable."
        )
        // https://github.com/aws/containers-roadmap/issues/2831: 201 for a chunk, and all but the first are lost.
        ecr.blobs.chunkStatus = 201
        ecr.blobs.losesLaterChunks = true
        ecr.blobs.location = .absolute
        // Mounting is off unless the account turns it on (user guide, "Blob mounting").
        ecr.blobs.mount = .ignored
        ecr.blobs.redirectsToStorage = true
        // Images are deleted by BatchDeleteImage; that DELETE answers 405 is unverified.
        ecr.deletion.tag = .refused(.unsupported)
        ecr.deletion.manifest = .refused(.unsupported)
        ecr.deletion.blob = .unsupported
    }

    /// Google Artifact Registry, and the Container Registry before it.
    package static let artifactRegistry = VendorProfile("Google Artifact Registry") { google in
        // https://cloud.google.com/artifact-registry/docs/docker/authentication: or `_json_key` with a key's JSON.
        google.user = "oauth2accesstoken"
        // The challenge names /v2/token on its own host (https://github.com/oras-project/oras/issues/532); POST is not
        // offered (containerd, core/remotes/docker/authorizer.go).
        google.access = .token {
            $0.path = "/v2/token"
            $0.postProblem = RegistryProblem(404, "", "404 page not found", body: .text)
            $0.deleteAction = .coveredByPush
        }
        google.permissionMissing = RegistryProblem(403, "DENIED", "Permission uploadArtifacts denied on resource")
        // Everything on one page with a map of manifests (go-containerregistry, pkg/v1/google/list.go).
        google.tagList.ignoresN = true
        google.tagList.extra = .manifestMap
        // A manifest goes only after its tags (go-containerregistry, cmd/crane/doc/recipes.md, "gcrane gc").
        google.deletion.manifest = .needsNoTags(
            RegistryProblem(400, "GOOGLE_MANIFEST_DANGLING_TAG", "Manifest is still referenced by tag")
        )
        // https://cloud.google.com/artifact-registry/docs/repositories/create-repos#tag-immutability; the code and that
        // the same digest is accepted are unverified.
        google.manifests.immutable = RegistryProblem(400, "MANIFEST_INVALID", "the repository has immutable tags")
        google.manifests.immutableRefusesSameDigest = false
        google.blobs.location = .absolute
    }

    /// GitHub Container Registry.
    package static let githubContainerRegistry = VendorProfile("GHCR") { ghcr in
        // `docker login ghcr.io` with a wrong token ends in "denied: denied"; the challenge of /v2/ names a placeholder.
        ghcr.access = .token {
            $0.service = "ghcr.io"
            $0.greetingScope = "repository:user/image:pull"
            $0.wrongPassword = RegistryProblem(403, "DENIED", "denied")
            $0.lifetime = nil
            $0.deleteAction = .coveredByPush
        }
        ghcr.permissionMissing = RegistryProblem(403, "DENIED", "permission_denied: write_package")
        ghcr.tagList.page = 100
        ghcr.tagList.order = .oldestFirst
        // https://github.com/podman-container-tools/skopeo/issues/1880
        ghcr.deletion.tag = .refused(.unsupported)
        ghcr.deletion.manifest = .refused(.unsupported)
        ghcr.deletion.blob = .unsupported
        ghcr.referrers = nil
        ghcr.blobs.redirectsToStorage = true
    }

    /// Azure Container Registry.
    package static let azureContainerRegistry = VendorProfile("Azure ACR") { azure in
        // https://learn.microsoft.com/azure/container-registry/container-registry-authentication: the user that stands
        // for a refresh token; https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md for the rest.
        azure.user = "00000000-0000-0000-0000-000000000000"
        azure.access = .token {
            $0.path = "/oauth2/token"
            $0.fields = ["access_token"]
            $0.lifetime = nil
            $0.postProblem = nil
        }
        // https://github.com/Azure/acr/issues/749: 1000 whatever is asked for beyond; 100 without being asked.
        azure.tagList.page = 1000
        azure.tagList.defaultPage = 100
        // https://github.com/Azure/azure-sdk-for-net/issues/22827: 405 with a code of its own, for pushes and deletes.
        azure.manifests.immutable = RegistryProblem(
            405,
            "REGISTRY_DISALLOWED_OPERATION",
            "The operation is disallowed on this registry, repository or image."
        )
        azure.blobs.redirectsToStorage = true
        azure.blobs.location = .relativeWithState
    }

    /// Red Hat Quay, and quay.io.
    package static let quay = VendorProfile("Quay") { quay in
        quay.user = "acme+robot"
        quay.greeting = "true"
        // endpoints/v2/v2auth.py: a scope with any action but pull, push or * is refused as a whole; asking for push
        // creates the repository; nobody gets a token for nothing. The route has GET only.
        quay.access = .token {
            $0.path = "/v2/auth"
            $0.service = "quay.io"
            $0.lifetime = nil
            $0.deleteAction = .rejected(
                RegistryProblem(400, "INVALID_REQUEST", "Unable to decode repository and actions")
            )
            $0.pushScopeCreatesRepository = true
            $0.servesAnybody = false
        }
        // endpoints/v2/__init__.py: a missing permission is 401 with a challenge. At the time of node-docker-registry-client
        // issue 12, pages had 50 tags and an encrypted cursor; a client must follow it as it is.
        quay.tagList.page = 50
        quay.tagList.link = .opaque
        // https://github.com/quay/quay/pull/899: 400 where `from` is missing, up to 3.6.
        quay.blobs.mount = .needsSource(RegistryProblem(400, "INVALID_REQUEST", "Invalid request"))
        // https://issues.redhat.com/browse/PROJQUAY-10859 has the message; code and status 409 are unverified.
        quay.manifests.immutable = RegistryProblem(409, "TAG_IMMUTABLE", "tag is immutable and cannot be overwritten")
        quay.blobs.redirectsToStorage = true
    }

    /// GitLab's container registry.
    package static let gitlab = VendorProfile("GitLab") { gitlab in
        gitlab.user = "gitlab-ci-token"
        // The challenge names /jwt/auth on the host of GitLab itself; a wrong password is told in its own words.
        gitlab.access = .token {
            $0.place = .anotherHost
            $0.path = "/jwt/auth"
            $0.service = "container_registry"
            $0.challengeScope = .empty
            $0.wrongPassword = RegistryProblem(401, "UNAUTHORIZED", "HTTP Basic: Access denied.")
            $0.postProblem = RegistryProblem(404, "", "404 page not found", body: .text)
        }
        // https://gitlab.com/gitlab-org/container-registry, docs/spec/docker/v2/api.md: tags are deleted one by one.
        gitlab.tagList.page = 1000
        gitlab.tagList.defaultPage = 100
        gitlab.blobs.location = .absoluteWithState
        gitlab.referrers = nil
    }

    /// IBM Cloud Container Registry.
    package static let ibm = VendorProfile("IBM ICR") { ibm in
        // https://cloud.ibm.com/docs/Registry?topic=Registry-registry_access
        ibm.user = "iamapikey"
        // https://github.com/google/go-containerregistry/issues/2184: only a token with `delete` deletes.
        ibm.access = .token { $0.path = "/oauth/token" }
        ibm.permissionMissing = RegistryProblem(403, "DENIED", "You are not authorized to access the resource.")
    }

    /// Alibaba Cloud Container Registry.
    package static let aliyun = VendorProfile("Alibaba ACR") { aliyun in
        // The challenge names dockerauth.REGION.aliyuncs.com and a service with colons.
        aliyun.access = .token {
            $0.place = .anotherHost
            $0.path = "/auth"
            $0.service = "registry.aliyuncs.com:cn-hangzhou:26842"
            $0.fields = ["access_token", "token"]
        }
        aliyun.referrers = nil
    }
}

extension VendorProfile.Access {
    /// Access by tokens, with what differs from the usual.
    static func token(_ change: (inout VendorProfile.TokenRules) -> Void) -> VendorProfile.Access {
        var rules = VendorProfile.TokenRules()
        change(&rules)
        return .token(rules)
    }
}
