import OCI
import Release
import Tagging
import Testing
import Versioning

/// Every builder's command lines to the letter, option by option.
@Suite struct CommandLineTests {
    /// What is asked for, and the command lines that each builder gets for it; nil where it refuses.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let request: @Sendable (inout BuildRequest) throws -> Void
        let lines: [Builder: [String]]

        var testDescription: String { name }
    }

    private static func request(_ change: (inout BuildRequest) throws -> Void) rethrows -> BuildRequest {
        var request = BuildRequest(result: .files(folder: "/work", name: "localhost/tagboat-build:0a1b"))
        try change(&request)
        return request
    }

    private static func label(_ key: String, _ value: String) throws -> LabelSet.Label {
        let context = RuleContext(
            build: BuildContext(system: "none"),
            date: Timestamp(secondsSinceEpoch: 0),
            commitDate: Timestamp(secondsSinceEpoch: 0)
        )
        let subject = LabelSet.Subject(
            version: try VersionSample.version("1.0.0"),
            tag: try OCI.Tag("1.0.0"),
            commit: CommitFacts(hash: "", shortHash: "", date: Timestamp(secondsSinceEpoch: 0))
        )
        let labels = try LabelSet(subject, custom: [key: value], context: context).labels
        return try #require(labels.first { $0.key == key })
    }

    private static let layout = "oci:/work/layout:image"
    private static let handOver = "localhost/tagboat-build:0a1b"
    private static let save = [
        "docker save --output /work/image.tar \(handOver)", "docker rmi --no-prune \(handOver) || true",
    ]

    /// What podman and buildah do behind the build of an image for one platform.
    private static func single(_ program: String, _ build: String) -> [String] {
        ["\(program) build \(build)", "\(program) push \(handOver) \(layout)", "\(program) rmi \(handOver) || true"]
    }

    /// All builders' lines where they differ only in what stands around the options.
    private static func lines(classic: String?, buildx: String, bake: String, containers: String) -> [Builder: [String]]
    {
        let output = "type=oci,dest=/work/layout,tar=false"
        var lines: [Builder: [String]] = [
            .buildx: ["docker buildx build \(buildx)--output \(output) ."],
            .bake: ["docker buildx bake \(bake)--set default.output=\(output) --allow fs.write=/work default"],
            .podman: single("podman", "--tag \(handOver) \(containers)."),
            .buildah: single("buildah", "--tag \(handOver) \(containers)."),
        ]
        if let classic { lines[.classic] = ["DOCKER_BUILDKIT=0 docker build --tag \(handOver) \(classic)."] + save }
        return lines
    }

    static let cases: [Case] = [
        Case(
            name: "nothing",
            request: { _ in },
            lines: lines(classic: "", buildx: "", bake: "", containers: "")
        ),
        Case(
            name: "labels, in their order, with spaces and signs",
            request: { request in
                request.labels = [try label("a", "b c"), try label("org.example.x", "d=e,f")]
            },
            lines: lines(
                classic: "--label 'a=b c' --label org.example.x=d=e,f ",
                buildx: "--label 'a=b c' --label org.example.x=d=e,f ",
                bake: "--set 'default.labels.a=b c' --set default.labels.org.example.x=d=e,f ",
                containers: "--label 'a=b c' --label org.example.x=d=e,f "
            )
        ),
        Case(
            name: "annotations of the manifest",
            request: { request in
                request.annotations = [Annotation(level: .manifest, label: try label("a", "b"))]
            },
            lines: lines(
                // tagboat adds them to what docker saved.
                classic: "",
                buildx: "--annotation manifest:a=b ",
                bake: "--set default.annotations=manifest:a=b ",
                containers: "--annotation a=b "
            )
        ),
        Case(
            name: "annotations of an index, and of a descriptor",
            request: { request in
                request.annotations = [
                    Annotation(level: .index, label: try label("a", "b")),
                    Annotation(level: .manifestDescriptor, label: try label("a", "c")),
                ]
            },
            lines: lines(
                classic: nil,
                buildx: "--annotation index:a=b --annotation manifest-descriptor:a=c ",
                bake: "--set default.annotations=index:a=b --set default.annotations=manifest-descriptor:a=c ",
                containers: ""
            ).filter { [.buildx, .bake].contains($0.key) }
        ),
        Case(
            name: "build arguments, one by the environment's value",
            request: { request in
                request.arguments = [BuildArgument("VERSION", "1.2.3"), BuildArgument("TOKEN", nil)]
            },
            lines: lines(
                classic: "--build-arg VERSION=1.2.3 --build-arg TOKEN ",
                buildx: "--build-arg VERSION=1.2.3 --build-arg TOKEN ",
                bake: "--set default.args.VERSION=1.2.3 --set default.args.TOKEN ",
                containers: "--build-arg VERSION=1.2.3 --build-arg TOKEN "
            )
        ),
        Case(
            name: "the moment",
            request: { $0.timestamp = 1_783_244_400 },
            lines: [
                .classic: [
                    "DOCKER_BUILDKIT=0 docker build --tag \(handOver) --build-arg SOURCE_DATE_EPOCH=1783244400 ."
                ] + save,
                .buildx: [
                    "docker buildx build --build-arg SOURCE_DATE_EPOCH=1783244400 "
                        + "--output type=oci,dest=/work/layout,tar=false,rewrite-timestamp=true ."
                ],
                .bake: [
                    "docker buildx bake --set default.args.SOURCE_DATE_EPOCH=1783244400 "
                        + "--set default.output=type=oci,dest=/work/layout,tar=false,rewrite-timestamp=true "
                        + "--allow fs.write=/work default"
                ],
                .podman: single(
                    "podman",
                    "--tag \(handOver) --build-arg SOURCE_DATE_EPOCH=1783244400 --timestamp 1783244400 ."
                ),
                .buildah: single(
                    "buildah",
                    "--tag \(handOver) --build-arg SOURCE_DATE_EPOCH=1783244400 --timestamp 1783244400 ."
                ),
            ]
        ),
        Case(
            name: "layers of a release, and of elsewhere",
            request: { request in
                request.cacheSources = [
                    .release(try ImageReference(parsing: "ghcr.io/acme/ui:2.1.106")), .written("ghcr.io/acme/cache"),
                    .written("ghcr.io/acme/ui"),
                ]
            },
            lines: [
                .classic: [
                    "docker pull ghcr.io/acme/ui:2.1.106 || true", "docker pull ghcr.io/acme/cache || true",
                    "docker pull ghcr.io/acme/ui || true",
                    "DOCKER_BUILDKIT=0 docker build --tag \(handOver) --cache-from ghcr.io/acme/ui:2.1.106 "
                        + "--cache-from ghcr.io/acme/cache --cache-from ghcr.io/acme/ui .",
                ] + save,
                .buildx: [
                    "docker buildx build --cache-from type=registry,ref=ghcr.io/acme/ui:2.1.106 "
                        + "--cache-from ghcr.io/acme/cache --cache-from ghcr.io/acme/ui "
                        + "--output type=oci,dest=/work/layout,tar=false ."
                ],
                .bake: [
                    "docker buildx bake --set default.cache-from=type=registry,ref=ghcr.io/acme/ui:2.1.106 "
                        + "--set default.cache-from=ghcr.io/acme/cache --set default.cache-from=ghcr.io/acme/ui "
                        + "--set default.output=type=oci,dest=/work/layout,tar=false --allow fs.write=/work default"
                ],
                // Repositories without a tag, each once.
                .podman: single(
                    "podman",
                    "--tag \(handOver) --layers --cache-from ghcr.io/acme/ui --cache-from ghcr.io/acme/cache ."
                ),
                .buildah: single(
                    "buildah",
                    "--tag \(handOver) --layers --cache-from ghcr.io/acme/ui --cache-from ghcr.io/acme/cache ."
                ),
            ]
        ),
        Case(
            name: "tags",
            request: { $0.tags = ["ghcr.io/acme/ui:2.1.106", "ghcr.io/acme/ui:2.1"] },
            lines: [
                .classic: [
                    "DOCKER_BUILDKIT=0 docker build --tag ghcr.io/acme/ui:2.1.106 --tag ghcr.io/acme/ui:2.1 "
                        + "--tag \(handOver) ."
                ] + save,
                .buildx: [
                    "docker buildx build --tag ghcr.io/acme/ui:2.1.106 --tag ghcr.io/acme/ui:2.1 "
                        + "--output type=oci,dest=/work/layout,tar=false ."
                ],
                .bake: [
                    "docker buildx bake --set default.tags=ghcr.io/acme/ui:2.1.106 "
                        + "--set default.tags=ghcr.io/acme/ui:2.1 "
                        + "--set default.output=type=oci,dest=/work/layout,tar=false --allow fs.write=/work default"
                ],
                .podman: single(
                    "podman",
                    "--tag ghcr.io/acme/ui:2.1.106 --tag ghcr.io/acme/ui:2.1 --tag \(handOver) ."
                ),
                .buildah: single(
                    "buildah",
                    "--tag ghcr.io/acme/ui:2.1.106 --tag ghcr.io/acme/ui:2.1 --tag \(handOver) ."
                ),
            ]
        ),
        Case(
            name: "Dockerfile, stage, context, and what goes to the builder as it is",
            request: { request in
                request.context = "app"
                request.file = "docker/Dockerfile"
                request.target = "runtime"
                request.extra = ["--no-cache", "--isolation", "chroot"]
            },
            lines: [
                .classic: [
                    "DOCKER_BUILDKIT=0 docker build --file docker/Dockerfile --target runtime --tag \(handOver) "
                        + "--no-cache --isolation chroot app"
                ] + save,
                .buildx: [
                    "docker buildx build --file docker/Dockerfile --target runtime "
                        + "--output type=oci,dest=/work/layout,tar=false --no-cache --isolation chroot app"
                ],
                .bake: [
                    "docker buildx bake --set default.context=app --set default.dockerfile=docker/Dockerfile "
                        + "--set default.target=runtime --set default.output=type=oci,dest=/work/layout,tar=false "
                        + "--allow fs.write=/work --no-cache --isolation chroot default"
                ],
                .podman: single(
                    "podman",
                    "--file docker/Dockerfile --target runtime --tag \(handOver) --no-cache --isolation chroot app"
                ),
                .buildah: single(
                    "buildah",
                    "--file docker/Dockerfile --target runtime --tag \(handOver) --no-cache --isolation chroot app"
                ),
            ]
        ),
        Case(
            name: "secrets by reference, and ssh",
            request: { request in
                request.secrets = [
                    try SecretReference(parsing: "id=npm,env=NPM_TOKEN"),
                    try SecretReference(parsing: "src=/run/key,id=key"),
                ]
                request.sshAgents = ["default"]
            },
            lines: lines(
                classic: nil,
                buildx: "--secret id=npm,env=NPM_TOKEN --secret id=key,src=/run/key --ssh default ",
                bake: "--set default.secrets=id=npm,env=NPM_TOKEN --set default.secrets=id=key,src=/run/key "
                    + "--set default.ssh=default ",
                containers: "--secret id=npm,env=NPM_TOKEN --secret id=key,src=/run/key --ssh default "
            )
        ),
        Case(
            name: "one platform",
            request: { $0.platforms = [try Platform(parsing: "linux/arm/v7")] },
            lines: [
                .classic: ["DOCKER_BUILDKIT=0 docker build --platform linux/arm/v7 --tag \(handOver) ."] + save,
                .buildx: [
                    "docker buildx build --platform linux/arm/v7 --output type=oci,dest=/work/layout,tar=false ."
                ],
                .bake: [
                    "docker buildx bake --set default.platform=linux/arm/v7 "
                        + "--set default.output=type=oci,dest=/work/layout,tar=false --allow fs.write=/work default"
                ],
                .podman: single("podman", "--platform linux/arm/v7 --tag \(handOver) ."),
                .buildah: single("buildah", "--platform linux/arm/v7 --tag \(handOver) ."),
            ]
        ),
        Case(
            name: "several platforms",
            request: { request in
                request.platforms = [try Platform(parsing: "linux/amd64"), try Platform(parsing: "linux/arm64")]
                request.tags = ["acme/ui:1"]
                request.cacheSources = [.written("ghcr.io/acme/cache")]
                request.annotations = [
                    Annotation(level: .manifest, label: try label("a", "b")),
                    Annotation(level: .index, label: try label("a", "b")),
                ]
            },
            lines: [
                .buildx: [
                    "docker buildx build --platform linux/amd64,linux/arm64 --tag acme/ui:1 "
                        + "--annotation manifest:a=b --annotation index:a=b --cache-from ghcr.io/acme/cache "
                        + "--output type=oci,dest=/work/layout,tar=false ."
                ],
                .bake: [
                    "docker buildx bake --set default.platform=linux/amd64 --set default.platform=linux/arm64 "
                        + "--set default.tags=acme/ui:1 --set default.annotations=manifest:a=b "
                        + "--set default.annotations=index:a=b --set default.cache-from=ghcr.io/acme/cache "
                        + "--set default.output=type=oci,dest=/work/layout,tar=false --allow fs.write=/work default"
                ],
                .podman: list("podman"),
                .buildah: list("buildah"),
            ]
        ),
        Case(
            name: "into the engine",
            request: { request in
                request.tags = ["acme/ui:1"]
                request.result = .engine
            },
            lines: [
                .classic: ["DOCKER_BUILDKIT=0 docker build --tag acme/ui:1 ."],
                .buildx: ["docker buildx build --tag acme/ui:1 --load ."],
                .bake: ["docker buildx bake --set default.tags=acme/ui:1 --load default"],
            ]
        ),
        Case(
            name: "out of an engine that docker's builder cannot do without",
            request: { request in
                request.tags = ["acme/ui:1"]
                request.needsEngine = true
            },
            lines: [
                .classic: ["DOCKER_BUILDKIT=0 docker build --tag acme/ui:1 --tag \(handOver) ."] + save,
                .buildx: ["docker buildx build --tag acme/ui:1 --tag \(handOver) --load ."] + save,
                .bake: [
                    "docker buildx bake --set default.tags=acme/ui:1 --set default.tags=\(handOver) --load default"
                ] + save,
                .podman: single("podman", "--tag acme/ui:1 --tag \(handOver) ."),
                .buildah: single("buildah", "--tag acme/ui:1 --tag \(handOver) ."),
            ]
        ),
        Case(
            name: "a target and files of bake, a folder that holds signs of CSV",
            request: { request in
                request.bake = BuildRequest.Bake(target: "ui", files: ["docker-bake.hcl", "ci.hcl"])
                request.labels = [try label("a", "b")]
                request.result = .files(folder: "/a,\"b", name: handOver)
            },
            lines: [
                .bake: [
                    "docker buildx bake --file docker-bake.hcl --file ci.hcl --set ui.labels.a=b "
                        + "--set 'ui.output=type=oci,\"dest=/a,\"\"b/layout\",tar=false' "
                        + "--allow 'fs.write=/a,\"b' ui"
                ],
                .buildx: [
                    "docker buildx build --label a=b --output 'type=oci,\"dest=/a,\"\"b/layout\",tar=false' ."
                ],
                .classic: [
                    "DOCKER_BUILDKIT=0 docker build --tag \(handOver) --label a=b .",
                    "docker save --output '/a,\"b/image.tar' \(handOver)", save[1],
                ],
                .podman: [
                    "podman build --tag \(handOver) --label a=b .",
                    "podman push \(handOver) 'oci:/a,\"b/layout:image'", "podman rmi \(handOver) || true",
                ],
                .buildah: [
                    "buildah build --tag \(handOver) --label a=b .",
                    "buildah push \(handOver) 'oci:/a,\"b/layout:image'", "buildah rmi \(handOver) || true",
                ],
            ]
        ),
    ]

    /// What podman and buildah do for several platforms.
    private static func list(_ program: String) -> [String] {
        [
            "\(program) manifest rm \(handOver) || true",
            "\(program) build --platform linux/amd64,linux/arm64 --manifest \(handOver) --annotation a=b --layers=false .",
            "\(program) manifest push --all \(handOver) \(layout)",
            "\(program) manifest rm \(handOver) || true",
        ]
    }

    @Test(arguments: cases, Builder.allCases)
    func isToTheLetter(_ example: Case, _ builder: Builder) throws {
        let request = try Self.request(example.request)
        guard let expected = example.lines[builder] else {
            #expect(throws: BuildRefusal.self) { try builder.commands(for: request) }
            return
        }
        #expect(try builder.commands(for: request).map(Self.line) == expected)
    }

    /// A command line as a shell takes it.
    private static func line(_ command: BuilderCommand) -> String {
        let assignments = command.assignments.map { "\($0.name)=\($0.value)" }
        let words = ([command.program] + command.arguments).map { word in
            word.contains { " \"'{".contains($0) } ? "'\(word)'" : word
        }
        return (assignments + words).joined(separator: " ") + (command.isOptional ? " || true" : "")
    }

    @Test func refusalsSayWhatToDo() throws {
        let secret = try Self.request { $0.secrets = [try SecretReference(parsing: "id=a,env=B")] }
        let refusal = try #require(throws: BuildRefusal.self) { try Builder.classic.commands(for: secret) }
        #expect(refusal.description == "docker without BuildKit knows no secrets")
        let engine = Self.request { $0.result = .engine }
        let storage = try #require(throws: BuildRefusal.self) { try Builder.buildah.commands(for: engine) }
        #expect(storage.description == "buildah builds into its own storage, not into an engine's")
        let dotted = Self.request { $0.bake.target = "a.b" }
        #expect(throws: BuildRefusal.self) { try Builder.bake.commands(for: dotted) }
    }
}

/// Versions for requests.
private enum VersionSample {
    static func version(_ text: String) throws -> Version { try VersionScheme.semantic.version(text) }
}
