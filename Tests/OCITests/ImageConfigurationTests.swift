import Testing

@testable import OCI

@Suite struct ImageConfigurationTests {
    private func parse(_ json: String) throws -> ImageConfiguration {
        try ImageConfiguration(parsing: Array(json.utf8))
    }

    @Test func readsEverything() throws {
        let configuration = try parse(
            #"""
            {"created":"2026-07-10T00:00:00Z","author":"Ada","architecture":"arm","variant":"v7","os":"linux",
            "os.version":"1.2","config":{"Labels":{"a":"b"},"User":"1000","Env":["A=1"],"Entrypoint":["/app"],
            "Cmd":["serve"],"WorkingDir":"/srv","ExposedPorts":{"80/tcp":{},"443/tcp":{}},"Volumes":{"/b":{},"/a":{}},
            "StopSignal":"SIGQUIT","Shell":["sh"],"Healthcheck":{"Test":["CMD","true"],"Interval":30},"OnBuild":["RUN x"]},
            "rootfs":{"type":"layers","diff_ids":["sha256:1"]},
            "history":[{"created":"2026-07-10T00:00:00Z","created_by":"COPY","comment":"c"},{"empty_layer":true}]}
            """#
        )
        let run = configuration.execution
        #expect(configuration.author == "Ada")
        #expect(configuration.platform == Platform(os: "linux", architecture: "arm", variant: "v7", osVersion: "1.2"))
        #expect(run.user == "1000" && run.environment == ["A=1"] && run.entrypoint == ["/app"])
        #expect(run.command == ["serve"] && run.workingDirectory == "/srv" && run.stopSignal == "SIGQUIT")
        #expect(run.ports == ["443/tcp", "80/tcp"] && run.volumes == ["/a", "/b"])
        #expect(run.shell == ["sh"] && run.healthCheck == ["CMD", "true"] && run.onBuild == ["RUN x"])
        #expect(configuration.diffIDs == ["sha256:1"])
        #expect(configuration.history.map(\.createdBy) == ["COPY", nil])
        #expect(configuration.history.map(\.isEmptyLayer) == [false, true])
    }

    /// What builders leave out, write as null or get wrong must not make an image unusable.
    @Test(arguments: [
        "{}", #"{"config":null,"history":null,"rootfs":null,"author":null}"#,
        #"{"config":{"Env":null,"Cmd":null,"Volumes":null,"ExposedPorts":null,"Healthcheck":null,"User":""}}"#,
        #"{"config":{"Env":7,"ExposedPorts":[],"Volumes":"/a","User":[]},"history":{},"rootfs":[],"author":1}"#,
    ])
    func readsWhatIsMissing(json: String) throws {
        let configuration = try parse(json)
        #expect(configuration.execution == ImageConfiguration.Execution())
        #expect(configuration.history.isEmpty && configuration.diffIDs.isEmpty && configuration.platform == nil)
    }

    @Test func aCommandMayBeOneText() throws {
        #expect(try parse(#"{"config":{"Cmd":"serve --now"}}"#).execution.command == ["serve --now"])
    }

    // MARK: Layers and history

    private func layers(_ count: Int, history: String) throws -> [LayerHistory] {
        let digest = try Digest(parsing: "sha256:" + String(repeating: "ab", count: 32))
        let blob = Descriptor(mediaType: MediaType(rawValue: "x"), digest: digest, size: 1)
        let manifest = ImageManifest(
            config: blob,
            layers: Array(repeating: blob, count: count),
            annotations: nil,
            artifactType: nil,
            subject: nil
        )
        return LayerHistory.layers(of: manifest, try parse(#"{"history":[\#(history)]}"#))
    }

    @Test func stepsWithoutALayerArePassedOver() throws {
        let history =
            #"{"created_by":"ADD"},{"created_by":"ENV","empty_layer":true},{"created_by":"RUN"},{"empty_layer":true}"#
        #expect(try layers(2, history: history).map { $0.step?.createdBy } == ["ADD", "RUN"])
    }

    @Test(arguments: [#"{"created_by":"ADD"}"#, "", #"{"created_by":"A"},{"created_by":"B"},{"created_by":"C"}"#])
    func aHistoryThatDoesNotFitIsLeftOut(history: String) throws {
        #expect(try layers(2, history: history).map { $0.step?.createdBy } == [nil, nil])
    }
}

@Suite struct PlatformTests {
    @Test(arguments: [
        ("linux/arm64", "linux/arm64", true), ("linux/arm64/v8", "linux/arm64", true),
        ("linux/arm64", "linux/arm64/v8", true), ("linux/arm", "linux/arm/v7", true),
        ("linux/arm/v6", "linux/arm/v7", false), ("linux/arm/v6", "linux/arm", true),
        ("linux/amd64", "linux/arm64", false), ("windows/amd64", "linux/amd64", false),
        ("linux/amd64/v3", "linux/amd64/v2", false),
    ])
    func platformsSatisfy(own: String, wanted: String, fits: Bool) throws {
        #expect(try Platform(parsing: own).satisfies(Platform(parsing: wanted)) == fits)
    }

    @Test(arguments: ["", "linux", "linux/", "/amd64", "linux/arm/v7/x"])
    func notEveryTextIsAPlatform(text: String) {
        #expect(throws: ReferenceError.self) { try Platform(parsing: text) }
    }

    private func index(_ platforms: [String]) throws -> ImageIndex {
        let descriptors = try platforms.enumerated().map { number, platform in
            Descriptor(
                mediaType: .ociManifest,
                digest: try Digest(parsing: "sha256:" + String(repeating: "0\(number)", count: 32)),
                size: 1,
                platform: try Platform(parsing: platform)
            )
        }
        return ImageIndex(manifests: descriptors, annotations: nil, artifactType: nil, subject: nil)
    }

    @Test func choosesAnImage() throws {
        let index = try index(["linux/arm/v6", "linux/arm/v7", "linux/arm64", "unknown/unknown", "linux/amd64"])
        #expect(index.images.count == 4 && index.attestations.count == 1)
        for name in ["linux/arm/v7", "linux/arm64", "linux/amd64"] {
            #expect(try index.image(for: Platform(parsing: name)).platform?.description == name)
        }
        #expect(try index.image(for: Platform(parsing: "linux/arm64/v8")).platform?.architecture == "arm64")
        let ambiguous = #expect(throws: PlatformError.self) { try index.image(for: Platform(parsing: "linux/arm")) }
        #expect(ambiguous?.isAmbiguous == true && ambiguous?.available.count == 2)
        let missing = #expect(throws: PlatformError.self) { try index.image(for: Platform(parsing: "linux/s390x")) }
        #expect(missing?.isAmbiguous == false && missing?.available.count == 4)
    }
}

@Suite struct ReferrerTagTests {
    private static let hex = String(repeating: "ab", count: 32)

    @Test(arguments: ReferrerTag.Kind.allCases)
    func thereAndBack(kind: ReferrerTag.Kind) throws {
        let digest = try Digest(parsing: "sha256:\(Self.hex)")
        let tag = digest.referrerTag(kind)
        #expect(tag.name == "sha256-\(Self.hex)\(kind.rawValue)")
        #expect(ReferrerTag(tag)?.subject == digest && ReferrerTag(tag)?.kind == kind)
    }

    @Test func longHashesAreCut() throws {
        let digest = try Digest(parsing: "sha512:" + String(repeating: "ab", count: 64))
        #expect(digest.referrerTag().name == "sha512-\(Self.hex)")
    }

    @Test(arguments: ["latest", "sha256-abc", "sha256-\(hex).zip", "sha1-\(hex)", "sha256-\(hex)-sig"])
    func otherTagsAreNone(name: String) throws {
        #expect(ReferrerTag(try OCI.Tag(name)) == nil)
    }
}
