import OCI
import TestSupport
import Testing

@testable import Registry

/// The registry in memory against the reference implementation: the same requests must bring the same answers.
@Suite(.dockerRegistry(.open)) struct VendorHonestyTests {
    @Test func theFakeAnswersAsTheRealOneDoes() async throws {
        let real = try await Conversation.hold(with: DockerRegistry.required().url)
        let fake = try await withVendorRegistry(.dockerRegistry) { registry in
            try await Conversation.hold(with: "http://\(registry.address)")
        }
        #expect(real.count == fake.count)
        for (real, fake) in zip(real, fake) { #expect(real == fake) }
    }
}

/// A row of requests, and what is remarkable about the answers.
private struct Conversation {
    private let base: String
    private var minutes: [String] = []

    private let config = Array("{}".utf8)
    private let layer = [UInt8](repeating: 0x61, count: 3000)

    private init(with registry: String) {
        base = registry
    }

    /// Sends all requests, and gives the minutes.
    static func hold(with registry: String) async throws -> [String] {
        var conversation = Conversation(with: registry)
        try await conversation.ask()
        return conversation.minutes
    }

    private mutating func ask() async throws {
        try await ask("GET", "/v2/")
        try await ask("GET", "/v2/acme/none/tags/list")
        try await ask("GET", "/v2/acme/none/manifests/latest", Self.accepting)
        try await ask("HEAD", "/v2/acme/none/manifests/latest", Self.accepting)
        try await askAboutBlobs()
        try await askAboutChunks()
        try await askAboutMounts()
        try await askAboutManifests()
        try await askAboutTags()
        try await askAboutDeletion()
    }

    private mutating func askAboutBlobs() async throws {
        try await ask("HEAD", "/v2/acme/ui/blobs/\(digest(config))")
        try await ask("GET", "/v2/acme/ui/blobs/\(digest(config))")
        var place = try await ask("POST", "/v2/acme/ui/blobs/uploads/", body: [])
        let stream = ["Content-Type": "application/octet-stream"]
        try await ask("PUT", place, "digest=\(digest(config))", stream, body: config)
        place = try await ask("POST", "/v2/acme/ui/blobs/uploads/", body: [])
        try await ask("PUT", place, "digest=\(digest(config))", body: layer)
        try await ask("PUT", place, "digest=md5:00", body: layer)
        try await ask("PUT", place, body: layer)
        try await ask("GET", "/v2/acme/ui/blobs/\(digest(config))")
        try await ask("HEAD", "/v2/acme/ui/blobs/\(digest(config))")
    }

    private mutating func askAboutChunks() async throws {
        let stream = ["Content-Type": "application/octet-stream"]
        let first = try await ask("POST", "/v2/acme/ui/blobs/uploads/", body: [])
        try await ask("GET", first)
        let second = try await ask("PATCH", first, stream.with("Content-Range", "0-999"), body: Array(layer[..<1000]))
        try await ask("GET", second)
        let range = stream.with("Content-Range", "1000-1999")
        let third = try await ask("PATCH", second, range, body: Array(layer[1000..<2000]))
        try await ask("GET", third)
        try await ask("PUT", third, "digest=\(digest(layer))", stream, body: Array(layer[2000...]))
        try await ask("GET", "/v2/acme/ui/blobs/\(digest(layer))", ["Range": "bytes=10-19"])
        try await ask("GET", "/v2/acme/ui/blobs/\(digest(layer))", ["Range": "bytes=2990-"])
        // Not beyond its end: docker-registry then promises a body that it does not send.
        // Given up.
        let other = try await ask("POST", "/v2/acme/ui/blobs/uploads/", body: [])
        try await ask("DELETE", other)
        try await ask("GET", other)
    }

    private mutating func askAboutMounts() async throws {
        try await ask("POST", "/v2/acme/other/blobs/uploads/?mount=\(digest(layer))&from=acme/ui", body: [])
        try await ask("HEAD", "/v2/acme/other/blobs/\(digest(layer))")
        try await ask("POST", "/v2/acme/other/blobs/uploads/?mount=\(digest([1]))&from=acme/ui", body: [])
        try await ask("POST", "/v2/acme/other/blobs/uploads/?mount=\(digest(layer))&from=acme/none", body: [])
        try await ask("POST", "/v2/acme/other/blobs/uploads/?mount=\(digest(config))", body: [])
        try await ask("POST", "/v2/acme/other/blobs/uploads/?digest=\(digest(config))", body: config)
    }

    private mutating func askAboutManifests() async throws {
        let good = manifest(config, layer)
        let type = ["Content-Type": "application/vnd.oci.image.manifest.v1+json"]
        let indexType = ["Content-Type": "application/vnd.oci.image.index.v1+json"]
        try await ask("PUT", "/v2/acme/ui/manifests/missing-layer", type, body: manifest(config, [9]))
        try await ask("PUT", "/v2/acme/ui/manifests/no-json", type, body: [0x7b])
        try await ask("PUT", "/v2/acme/ui/manifests/other-type", indexType, body: good)
        try await ask("PUT", "/v2/acme/ui/manifests/\(digest(config))", type, body: good)
        try await ask("PUT", "/v2/acme/ui/manifests/1.0.0", type, body: good)
        try await ask("PUT", "/v2/acme/ui/manifests/\(digest(good))", type, body: good)
        try await ask("PUT", "/v2/acme/ui/manifests/\(digest(good))?tag=a&tag=b", type, body: good)
        for reference in ["1.0.0", digest(good)] {
            try await ask("GET", "/v2/acme/ui/manifests/\(reference)", Self.accepting)
            try await ask("HEAD", "/v2/acme/ui/manifests/\(reference)", Self.accepting)
        }
        try await ask("GET", "/v2/acme/ui/manifests/none", Self.accepting)
        try await ask("GET", "/v2/acme/ui/manifests/\(digest([1]))", Self.accepting)
        let foreign = ["Accept": "application/vnd.docker.distribution.manifest.v2+json"]
        try await ask("GET", "/v2/acme/ui/manifests/1.0.0", foreign)
        let good2 = index([good])
        try await ask("PUT", "/v2/acme/ui/manifests/index", indexType, body: index([[7]]))
        try await ask("PUT", "/v2/acme/ui/manifests/index", indexType, body: good2)
        try await ask("GET", "/v2/acme/ui/manifests/index", Self.accepting)
    }

    private mutating func askAboutTags() async throws {
        try await ask("GET", "/v2/acme/ui/tags/list")
        try await ask("GET", "/v2/acme/ui/tags/list?n=1")
        try await ask("GET", "/v2/acme/ui/tags/list", ["Accept": "application/vnd.oci.image.manifest.v1+json"])
        try await ask("GET", "/v2/acme/ui/referrers/\(digest(config))")
        try await ask("GET", "/v2/acme/ui/nothing")
    }

    private mutating func askAboutDeletion() async throws {
        let good = manifest(config, layer)
        try await ask("DELETE", "/v2/acme/ui/manifests/1.0.0")
        try await ask("DELETE", "/v2/acme/ui/manifests/\(digest(index([good])))")
        try await ask("DELETE", "/v2/acme/ui/manifests/\(digest(good))")
        try await ask("DELETE", "/v2/acme/ui/manifests/\(digest(good))")
        try await ask("GET", "/v2/acme/ui/manifests/1.0.0", Self.accepting)
        try await ask("GET", "/v2/acme/ui/tags/list")
        try await ask("DELETE", "/v2/acme/ui/blobs/\(digest(config))")
        try await ask("HEAD", "/v2/acme/ui/blobs/\(digest(config))")
        try await ask("DELETE", "/v2/acme/ui/blobs/\(digest(config))")
    }

    // MARK: One request

    private static let accepting = ["Accept": MediaType.manifests.map(\.rawValue).joined(separator: ", ")]

    /// Asks, notes what was answered, and gives the `Location`.
    @discardableResult
    private mutating func ask(
        _ method: String,
        _ target: String,
        _ query: String = "",
        _ headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws -> String {
        var url = target.hasPrefix("http") ? target : base + target
        if !query.isEmpty { url += (url.contains("?") ? "&" : "?") + query }
        let answer = try await CurlAnswer(method, url, headers: headers, body: body)
        var line = "\(minutes.count) \(method) \(general(target)) \(query) -> \(answer.status) \(answer.codes)"
        let names = [
            "Content-Type", "Docker-Content-Digest", "OCI-Tag", "OCI-Subject", "Range", "Link", "Content-Range",
        ]
        for name in names {
            if let value = answer.headers[name] { line += " \(name)=\(value)" }
        }
        if let location = answer.headers["Location"] { line += " Location=\(general(location))" }
        if answer.status < 300, method == "GET", answer.text.utf8.count < 2000 { line += " \(answer.text.trimmed)" }
        minutes.append(line)
        return answer.headers["Location"] ?? target
    }

    @discardableResult
    private mutating func ask(
        _ method: String,
        _ target: String,
        _ headers: [String: String],
        body: [UInt8]? = nil
    ) async throws -> String {
        try await ask(method, target, "", headers, body: body)
    }

    /// An address without what is another one each time.
    private func general(_ address: String) -> String {
        var text = address.replacing(base, with: "BASE")
        if let range = text.firstRange(of: "/blobs/uploads/") {
            let isNew = range.upperBound == text.endIndex || text[range.upperBound] == "?"
            if !isNew { text = text[..<range.upperBound] + "ID" + (text.contains("_state=") ? "?STATE" : "") }
        }
        return text
    }

    private func digest(_ bytes: [UInt8]) -> String { OCI.Digest(of: bytes).description }

    private func descriptor(_ bytes: [UInt8], _ type: String) -> String {
        #"{"mediaType":"\#(type)","digest":"\#(digest(bytes))","size":\#(bytes.count)}"#
    }

    private func manifest(_ config: [UInt8], _ layer: [UInt8]) -> [UInt8] {
        let parts = [
            #""schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json""#,
            #""config":\#(descriptor(config, "application/vnd.oci.image.config.v1+json"))"#,
            #""layers":[\#(descriptor(layer, "application/vnd.oci.image.layer.v1.tar"))]"#,
        ]
        return Array("{\(parts.joined(separator: ","))}".utf8)
    }

    private func index(_ manifests: [[UInt8]]) -> [UInt8] {
        let entries = manifests.map { manifest in
            descriptor(manifest, "application/vnd.oci.image.manifest.v1+json").dropLast()
                + #","platform":{"os":"linux","architecture":"amd64"}}"#
        }
        let type = "application/vnd.oci.image.index.v1+json"
        return Array(
            #"{"schemaVersion":2,"mediaType":"\#(type)","manifests":[\#(entries.joined(separator: ","))]}"#.utf8
        )
    }
}

extension [String: String] {
    fileprivate func with(_ name: String, _ value: String) -> [String: String] {
        merging([name: value]) { $1 }
    }
}

extension String {
    fileprivate var trimmed: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
