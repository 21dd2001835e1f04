import FoundationEssentials
import OCI

@testable import Registry

extension FuzzTarget {
    static let documents: [FuzzTarget] = [manifest, configuration, layoutIndex]

    private static let manifest = FuzzTarget(name: "manifest", count: 6_000) { input in
        let isIndex = input.oneIn(2)
        let type = isIndex ? MediaType.ociIndex : .ociManifest
        let layers = (0..<input.below(4)).map { _ in input.descriptor() }
        let list = "[" + layers.joined(separator: ",") + "]"
        var whole = "{\"schemaVersion\":2,\"mediaType\":\"\(type)\","
        whole += isIndex ? "\"manifests\":\(list)" : "\"config\":\(input.descriptor()),\"layers\":\(list)"
        if input.oneIn(3) { whole += ",\"annotations\":{\"a\":\"b\"}" }
        if input.oneIn(4) { whole += ",\"subject\":\(input.descriptor())" }
        whole += "}"
        let text = input.kept(whole)
        let digest = Digest(algorithm: .sha256, hash: [UInt8](repeating: 1, count: 32))
        let stored = StoredManifest(bytes: input.shown, mediaType: type, digest: digest)
        let manifest: Manifest
        do throws(ManifestError) {
            manifest = try stored.decoded()
        } catch {
            if text == whole { return "it is refused: \(error)" }
            return FuzzInput.isOneLine(error.description) && error.description.utf8.count < 2000
                ? nil : "the error is \(error.description.debugDescription)"
        }
        let descriptors = manifest.blobs + manifest.children + (manifest.subject.map { [$0] } ?? [])
        guard descriptors.allSatisfy({ $0.size >= 0 }) else { return "a size is negative" }
        var sum: Int64 = 0
        for descriptor in descriptors {
            let (next, hasOverflowed) = sum.addingReportingOverflow(descriptor.size)
            if hasOverflowed { return "the sizes together are no number" }
            sum = next
        }
        if text == whole, descriptors.count != layers.count + (isIndex ? 0 : 1) + (manifest.subject == nil ? 0 : 1) {
            return "there are \(descriptors.count) descriptors"
        }
        return nil
    }

    private static let configuration = FuzzTarget(name: "configuration", count: 5_000) { input in
        let label = input.word(.text, upTo: 8)
        let whole = """
            {"created":"2026-01-02T03:04:05Z","architecture":"arm64","os":"linux","variant":"v8","config":{"Labels":\
            {"a":\(FuzzInput.quoted(label))},"Env":["A=b"],"Cmd":["x"],"ExposedPorts":{"80/tcp":{}}},"rootfs":{"type":"layers",\
            "diff_ids":["sha256:00"]},"history":[{"created_by":"x","empty_layer":true}]}
            """
        let text = input.kept(whole)
        do throws(ManifestError) {
            let configuration = try ImageConfiguration(parsing: input.shown)
            if text == whole, configuration.labels != ["a": label] || configuration.platform?.variant != "v8" {
                return "it is read wrong"
            }
            return configuration.platform.map { !$0.os.isEmpty && !$0.architecture.isEmpty } ?? true
                ? nil : "half a platform"
        } catch {
            if text == whole { return "it is refused: \(error)" }
            return FuzzInput.isOneLine(error.description) && error.description.utf8.count < 2000
                ? nil : "the error is \(error.description.debugDescription)"
        }
    }

    private static let layoutIndex = FuzzTarget(name: "layout-index", count: 2_500) { input in
        let entries = (0..<input.below(3)).map { _ in input.descriptor() }.joined(separator: ",")
        var whole = "{\"schemaVersion\":2,\"manifests\":[\(entries)],\"unknown\":\(input.jsonValue(level: 2))}"
        if input.oneIn(200) {
            let depth = 400 + input.below(300)
            whole.removeLast()
            whole += ",\"deep\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        _ = input.kept(whole)
        do throws(RegistryError) {
            let index = try LayoutIndex(parsing: Data(input.shown), place: "oci:x")
            guard let written = try? index.encoded() else { return "it cannot be written" }
            let again = try LayoutIndex(parsing: Data(written), place: "oci:x")
            guard again.entries.map(\.descriptor) == index.entries.map(\.descriptor) else { return "entries are lost" }
            return (try? again.encoded()) == written ? nil : "it does not survive printing"
        } catch {
            return FuzzInput.isOneLine(error.description) && error.description.utf8.count < 2000
                ? nil : "the error is \(error.description.debugDescription)"
        }
    }
}

extension FuzzInput {
    mutating func descriptor() -> String {
        var hex = word(.hex, upTo: 8)
        while hex.utf8.count < 64 { hex += hex }
        let size = oneIn(20) ? pick(["0", "2147483648", "1099511627776"]) : "\(below(100_000))"
        var text = "{\"mediaType\":\"\(pick([MediaType.ociLayer, .ociConfiguration, .ociManifest]))\","
        text += "\"digest\":\"sha256:\(hex.prefix(64))\",\"size\":\(size)"
        if oneIn(3) { text += ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}" }
        if oneIn(3) { text += ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"\(word(.lower, upTo: 3))\"}" }
        return text + "}"
    }
}
