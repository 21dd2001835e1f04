import TestSupport
import Testing

/// What tags of one image cost: the image is read once, however many tags hold it.
@Suite(.dockerRegistry(.open)) struct SharedImageTests {
    @Test func anImageBehindManyTagsIsReadOnce() async throws {
        let registry = try DockerRegistry.required()
        try await Checkout.with { checkout in
            let image = "\(registry.address)/shared/app"
            let sites = (1...12).map { "  - type=raw,value=site-\($0)" }.joined(separator: "\n")
            _ = try checkout.folder.write("tagboat.yaml", "tags:\n  - branch\n\(sites)\n")
            let first = try await checkout.release("2.1.106", to: image, at: 1).requireSuccess()
            #expect(first.standardOutput.contains("13 created"), "\(first)")
            let held = try await registry.skopeo().digest(of: registry.image("shared/app:main"))

            let before = try await registry.requests().count
            let second = try await checkout.release("2.1.107", to: image, at: 2).requireSuccess()
            #expect(second.standardOutput.contains("13 moved"), "\(second)")
            let reads = try await registry.requests().dropFirst(before)
                .filter { $0.method == "GET" && $0.target.hasSuffix("/manifests/\(held)") }
            #expect(reads.count == 1)
        }
    }
}
