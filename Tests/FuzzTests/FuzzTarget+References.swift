import OCI
import Registry
import SystemPackage

extension FuzzTarget {
    static let references: [FuzzTarget] = [reference, repository, tag, digest, platform, location]

    private static let reference = FuzzTarget(name: "reference", count: 80_000) { input in
        let text = input.reference()
        let parsed = try? ImageReference(parsing: text)
        guard (parsed != nil) == ReferenceGrammar.isReference(input.shown) else {
            return "it is \(parsed == nil ? "refused" : "accepted"), against the grammar"
        }
        guard let parsed else { return nil }
        let again = try? ImageReference(parsing: parsed.description)
        return again == parsed ? nil : "it prints as \(parsed), which is \(again.map { "\($0)" } ?? "refused")"
    }

    private static let repository = FuzzTarget(name: "repository", count: 80_000) { input in
        let text = input.kept(input.repositoryName())
        let parsed = try? RepositoryName(parsing: text)
        guard (parsed != nil) == ReferenceGrammar.isRepository(input.shown[...]) else {
            return "it is \(parsed == nil ? "refused" : "accepted"), against the grammar"
        }
        guard let parsed else { return nil }
        return (try? RepositoryName(parsing: parsed.description)) == parsed ? nil : "it prints as \(parsed)"
    }

    private static let tag = FuzzTarget(name: "tag", count: 380_000) { input in
        let text = input.kept(input.word(.tag, upTo: input.oneIn(20) ? 140 : 12))
        let parsed = try? Tag(text)
        guard (parsed != nil) == ReferenceGrammar.isTag(input.shown[...]) else { return "the grammar says otherwise" }
        return parsed.map { $0.description == text } ?? true ? nil : "it is changed"
    }

    private static let digest = FuzzTarget(name: "digest", count: 30_000) { input in
        let text = input.kept(input.digest())
        let parsed = try? Digest(parsing: text)
        guard (parsed != nil) == ReferenceGrammar.isDigest(input.shown[...]) else {
            return "the grammar says otherwise"
        }
        return parsed.map { $0.description == text } ?? true ? nil : "it is changed"
    }

    private static let platform = FuzzTarget(name: "platform", count: 210_000) { input in
        let parts = ["linux", "windows", "arm64", "amd64", "v8", "arm", "v7", input.word(.lower, upTo: 5)]
        var text = input.pick(parts)
        for _ in 0...input.below(2) { text += "/" + input.pick(parts) }
        text = input.kept(text)
        guard let parsed = try? Platform(parsing: text) else {
            let segments = text.split(separator: "/", omittingEmptySubsequences: false)
            return (2...3).contains(segments.count) && segments.allSatisfy { !$0.isEmpty } ? "it is refused" : nil
        }
        return parsed.description == text && parsed.satisfies(parsed) ? nil : "it prints as \(parsed)"
    }

    private static let location = FuzzTarget(name: "location", count: 25_000) { input in
        let path = input.pick(["", "/", "../"]) + input.word(.lower, upTo: 8)
        let name = input.pick(["", ":" + input.word(.tag, upTo: 8), ":" + input.referenceText()])
        let whole = input.pick(["oci:", "oci-archive:", "docker-archive:"]) + path + name
        let text = input.kept(
            input.pick([whole, whole, "docker-daemon:" + input.referenceText(), input.referenceText()])
        )
        guard let parsed = try? ImageLocation(parsing: text) else { return nil }
        switch parsed {
        case .registry(let reference):
            return ReferenceGrammar.isReference(input.shown) && (try? ImageReference(parsing: text)) == reference
                ? nil : "it is taken for a reference"
        case .daemon(let reference):
            return text == "docker-daemon:" + text.dropFirst(14)
                && (try? ImageReference(parsing: String(text.dropFirst(14)))) == reference
                ? nil : "it is taken for an image of an engine"
        case .layout(let path, let name), .ociArchive(let path, let name):
            let transport = text.hasPrefix("oci:") ? "oci:" : "oci-archive:"
            return names(text, transport, path, name) ? nil : "it is \(path), \(name ?? "without a name")"
        case .dockerArchive(let path, let reference):
            let rest = text.dropFirst("docker-archive:".count)
            let name = rest.firstIndex(of: ":").map { String(rest[rest.index(after: $0)...]) }
            let isReference = name.map { ReferenceGrammar.isReference(Array($0.utf8)) } ?? true
            return names(text, "docker-archive:", path, name) && isReference && (name == nil) == (reference == nil)
                ? nil : "it is \(path), \(name ?? "without a name")"
        }
    }

    private static func names(_ text: String, _ transport: String, _ path: FilePath, _ name: String?) -> Bool {
        // FilePath drops doubled and trailing slashes, and ends at a NUL.
        guard text.hasPrefix(transport), !path.isEmpty else { return false }
        let rest = text.dropFirst(transport.count)
        return FilePath(String(rest.dropLast((name?.count ?? -1) + 1))) == path && name?.isEmpty != true
    }
}

extension FuzzInput {
    /// Damages a text, or not, and keeps it for the report.
    mutating func kept(_ original: String) -> String {
        let text = isDamaged() ? damaged(original) : original
        shown = Array(text.utf8)
        return text
    }

    mutating func digest() -> String {
        let isLong = oneIn(4)
        var hex = ""
        // A few random characters, then any length: most often the right one.
        let piece = word(.hex, upTo: 16)
        let length = oneIn(8) ? below(130) : isLong ? 128 : 64
        while hex.utf8.count < length { hex += piece }
        return (oneIn(12) ? "sha1:" : isLong ? "sha512:" : "sha256:") + hex.prefix(length)
    }

    mutating func host() -> String {
        let name = pick([
            "docker.io", "index.docker.io", "localhost", "ghcr.io", "Registry", "[::1]", "[fe80::1%25eth0]",
            "127.0.0.1",
            word(.mixed, upTo: 6) + "." + word(.lower, upTo: 3), word(.lower, upTo: 5),
        ])
        return oneIn(3) ? name + ":" + pick(["5000", "443", "0", "65535", "65536", word(.digits, upTo: 6)]) : name
    }

    mutating func repositoryName() -> String {
        var text = oneIn(2) ? host() + "/" : ""
        if oneIn(40) { return text + word(.hex, upTo: 1) + String(repeating: "a", count: 63) }
        if oneIn(6) { text += "library/" }
        let count = oneIn(60) ? 60 : below(3)
        for index in 0...count {
            text += (index > 0 ? "/" : "") + word(.lower, upTo: 5)
            if oneIn(4) { text += pick([".", "_", "__", "---", "-", "___", ".."]) + word(.lower, upTo: 3) }
        }
        return text
    }

    mutating func referenceText() -> String {
        repositoryName() + (oneIn(2) ? ":" + word(.tag, upTo: 8) : "") + (oneIn(3) ? "@" + digest() : "")
    }

    mutating func reference() -> String { kept(referenceText()) }
}
