import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// `tagboat list`: what it prints, and what it asks a registry for.
@Suite(.dockerRegistry(.open)) struct ListCommandTests {
    /// Images of a project's life in the layout that `checkout.build` names.
    private func fill(_ checkout: Checkout) throws {
        func image(_ names: [String], _ day: String, _ label: String) throws {
            for name in names {
                try ImageFixture.write(
                    to: checkout.build,
                    name: name,
                    labels: ["n": label],
                    created: "2026-0\(day)T09:30:00Z"
                )
            }
        }
        try image(["2.1.106"], "5-01", "a")
        try image(["2.1.107", "2.1"], "5-09", "b")
        try image(["2.2.11", "2.2", "2"], "6-01", "c")
        for name in ["3.0.42", "3.0", "3", "latest", "stable", "0a1b2c3"] {
            try ImageFixture.writeIndex(to: checkout.build, name: name, created: "2026-07-01T09:30:00Z")
        }
        try image(["main", "edge"], "7-03", "d")
    }

    /// Copies every image of the layout to the registry.
    private func push(_ checkout: Checkout, to repository: String) async throws -> String {
        let registry = try DockerRegistry.required()
        for name in try await checkout.tagboat("list", "oci:../build", "--format", "names").standardOutput.names {
            try await registry.skopeo().copy(
                "oci:\(checkout.build):\(name)",
                to: registry.image("\(repository):\(name)")
            )
        }
        return "\(registry.address)/\(repository)"
    }

    @Test func text() async throws {
        try await Checkout.with { checkout in
            try fill(checkout)
            let result = try await checkout.tagboat("list", "oci:../build")
            #expect(result.exitCode == 0 && result.standardError.isEmpty)
            let hashes = result.standardOutput.lines.filter { $0.contains("MB") || $0.contains("kB") }
                .compactMap { $0.split(separator: " ").last.map(String.init) }
            #expect(Set(hashes).count == 5)
            #expect(
                result.standardOutput.replacing(/[0-9a-f]{12}\n/, with: "DIGEST\n") == """
                    oci:../build: 5 images, 14 tags

                    tags                     created             size  for           digest
                    3.0.42, 3.0, 3, latest,  2026-07-01 09:30  4.6 kB  amd64, arm64  DIGEST
                      0a1b2c3, stable
                    2.2.11, 2.2, 2           2026-06-01 09:30  2.3 kB  amd64         DIGEST
                    2.1.107, 2.1             2026-05-09 09:30  2.3 kB  amd64         DIGEST
                    2.1.106                  2026-05-01 09:30  2.3 kB  amd64         DIGEST
                    edge, main               2026-07-03 09:30  2.3 kB  amd64         DIGEST

                    """
            )
            #expect(result.standardOutput.lines.allSatisfy { $0.count <= 80 })
            let aged = try await checkout.tagboat(
                ["list", "oci:../build", "--age", "--limit", "2", "--sort", "created"],
                environment: ["SOURCE_DATE_EPOCH": "1783845000"]
            )
            #expect(aged.standardOutput.hasPrefix("oci:../build: 2 images, the first of 5, 8 tags\n"))
            #expect(aged.standardOutput.contains("2026-07-03  1 week  2.3 kB"))
            #expect(aged.standardOutput.lines.allSatisfy { $0.count <= 80 })
        }
    }

    @Test func conditions() async throws {
        try await Checkout.with { checkout in
            try fill(checkout)
            func names(_ arguments: String...) async throws -> [String] {
                try await checkout.tagboat(["list", "oci:../build", "--format", "names"] + arguments)
                    .requireSuccess().standardOutput.names
            }
            #expect(try await names("--filter", "version>=2.1.107") == ["3.0.42", "2.2.11", "2.1.107"])
            #expect(try await names("--filter", "version=2.1", "--reverse") == ["2.1.106", "2.1.107"])
            #expect(
                try await names("--filter", "moving", "--sort", "name") == ["2", "2.1", "2.2", "3", "3.0", "latest"]
            )
            #expect(
                try await names("--filter", "platform=linux/arm64", "--filter", "tag~^3") == ["3.0.42", "3.0", "3"]
            )
            #expect(try await names("--filter", "created<2026-05-09") == ["2.1.106"])
            #expect(try await names("--filter", "tag=*e", "--limit", "2") == ["edge", "stable"])
            let wrong = try await checkout.tagboat("list", "oci:../build", "--filter", "version>>2")
            #expect(wrong.exitCode == 2 && wrong.standardOutput.isEmpty)
            #expect(
                wrong.standardError == """
                    error: the filter "version>>2" cannot be used: ">2" is not a version or the first numbers of one
                    hint: write it as version>=2.1 or version=2.1.106

                    """
            )
            #expect(try await checkout.tagboat("list", "oci:../build", "--limit", "0").exitCode == 2)
            #expect(try await checkout.tagboat("list", "oci:../build:main").exitCode == 2)
            #expect(try await checkout.tagboat("list").exitCode == 2)
            let none = try await checkout.tagboat("list", "oci:../none")
            #expect(none.exitCode == 0 && none.standardError == "oci:../none has no tags\n")
        }
    }

    /// Each digest is read once, however many tags hold it.
    @Test func aRegistryIsAskedForEachDigestOnce() async throws {
        let registry = try DockerRegistry.required()
        try await Checkout.with { checkout in
            try fill(checkout)
            let image = try await push(checkout, to: "list/once")
            let before = try await registry.requests().count
            let listed = try await checkout.tagboat("list", image).requireSuccess()
            let local = try await checkout.tagboat("list", "oci:../build").requireSuccess()
            #expect(listed.standardOutput.replacing(image, with: "oci:../build") == local.standardOutput)
            let requests = try await registry.requests().dropFirst(before)
            func count(_ method: String, _ part: String) -> Int {
                requests.count { $0.method == method && $0.target.contains(part) }
            }
            #expect(count("HEAD", "/manifests/") == 14)
            // Five digests, and the two images of the index; the fixture's amd64 image is none of the five.
            #expect(count("GET", "/manifests/") == 7)
            #expect(count("GET", "/blobs/") == 5)
            let start = try await registry.requests().count
            try await checkout.tagboat("list", image, "--format", "names").requireSuccess()
            let names = try await registry.requests().dropFirst(start).map(\.target)
            #expect(names.filter { $0 != "/v2/" } == ["/v2/list/once/tags/list?n=1000"])
        }
    }

    /// A signature, a chart, a manifest of an old kind and a tag that vanishes keep nobody from seeing the rest.
    @Test func whatIsNoImageIsListedAsWhatItIs() async throws {
        let digest = "sha256:" + String(repeating: "ab", count: 32)
        let old = "sha256:" + String(repeating: "cd", count: 32)
        let chart = """
            {"schemaVersion":2,"config":{"mediaType":"application/vnd.cncf.helm.config.v1+json",\
            "digest":"\(digest)","size":2},"layers":[]}
            """
        try await withTemporaryDirectory { folder in
            let layout = folder.appending("l")
            try ImageFixture.write(to: layout, name: "x")
            let hash = try await run("sha256sum", [folder.write("c", chart).string]).standardOutput.prefix(64)
            try await withTestServer { request in
                let item = request.path.split(separator: "/").last.map(String.init) ?? ""
                switch item {
                case "list":
                    return TestResponse(200, json: #"{"tags":["chart","gone","old","sha256-\#(hash).sig"]}"#)
                case "old", old:
                    return TestResponse(
                        200,
                        headers: [
                            "Content-Type": "application/vnd.docker.distribution.manifest.v1+prettyjws",
                            "Docker-Content-Digest": old,
                        ],
                        body: Array("{}".utf8)
                    )
                case "chart", "sha256-\(hash).sig", "sha256:\(hash)":
                    return TestResponse(
                        200,
                        headers: [
                            "Content-Type": "application/vnd.oci.image.manifest.v1+json",
                            "Docker-Content-Digest": "sha256:\(hash)",
                        ],
                        body: Array(chart.utf8)
                    )
                default: return TestResponse(request.path == "/v2/" ? 200 : 404, json: "{}")
                }
            } _: { server in
                try await Checkout.with { checkout in
                    let result = try await checkout.tagboat("list", "\(server.address)/a/b", "--format", "csv")
                    #expect(result.exitCode == 0)
                    let lines = result.standardOutput.lines
                    #expect(lines[0] == "tag,version,class,digest,type,created,size,platforms,problem")
                    #expect(lines.contains("chart,,,sha256:\(hash),application/vnd.cncf.helm.config.v1+json,,2,,"))
                    #expect(lines.contains("gone,,,,,,,,gone was gone when it was read"))
                    #expect(lines.contains { $0.hasPrefix("old,,,\(old),,,,,") })
                    let json = try await checkout.tagboat("list", "\(server.address)/a/b", "--format", "json")
                    #expect(json.standardOutput.contains("\"refersTo\" : \"sha256:\(hash)\""))
                    #expect(
                        json.standardOutput.contains("\"artifactType\" : \"application/vnd.cncf.helm.config.v1+json\"")
                    )
                    #expect(json.standardOutput.contains("\"ageSeconds\" : null"))
                }
            }
        }
    }

    /// A repository of 100,000 tags: page by page, and no more pages than are asked for.
    @Test func manyTags() async throws {
        try await withTestServer { request in
            if request.path == "/v2/" { return TestResponse(200, json: "{}") }
            let page = request.queryValues("page").first.flatMap(Int.init) ?? 0
            let headers: TestHeaders = page < 99 ? ["Link": "<?page=\(page + 1)>; rel=\"next\""] : [:]
            let tags = (0..<1000).map { "\"\(page).\($0 / 10).\($0 % 10)\"" }.joined(separator: ",")
            return TestResponse(200, headers: headers, json: "{\"tags\":[\(tags)]}")
        } _: { server in
            try await Checkout.with { checkout in
                let image = "\(server.address)/a/b"
                let all = try await checkout.tagboat("list", image, "--format", "names").requireSuccess()
                #expect(all.standardOutput.names.count == 100_000)
                #expect(all.standardOutput.hasPrefix("0.0.0\n0.0.1\n") && all.standardOutput.hasSuffix("99.99.9\n"))
                server.forgetRequests()
                let few = try await checkout.tagboat("list", image, "--format", "names", "--limit", "1500")
                #expect(few.standardOutput.names.count == 1500)
                #expect(server.requests.count { $0.path.hasSuffix("/tags/list") } == 2)
                server.forgetRequests()
                let newest = try await checkout.tagboat(
                    "list",
                    image,
                    "--format",
                    "names",
                    "--filter",
                    "version>=99.99",
                    "--limit",
                    "3"
                )
                #expect(newest.standardOutput.names == ["99.99.9", "99.99.8", "99.99.7"])
            }
        }
    }
}

extension String {
    /// The lines without the empty one at the end.
    fileprivate var names: [String] { split(separator: "\n").map(String.init) }
}
