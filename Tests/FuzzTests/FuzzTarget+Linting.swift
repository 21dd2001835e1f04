import Dockerfile
import Linting
import OCI
import TestSupport

extension FuzzTarget {
    /// What is found stands in the file; an update changes digests and nothing else, once.
    static let linting = FuzzTarget(name: "linting", count: 2_000) { input in
        _ = input.kept(input.dockerfileOfImages())
        let known = FuzzInput.tags
        guard let dockerfile = try? Dockerfile(parsing: input.shown, path: "Dockerfile") else { return nil }
        let policy = LintPolicy(
            allowed: [ImagePattern("a*:1*")].compactMap { $0 },
            requiredLabels: ["a"],
            arguments: input.oneIn(3) ? ["A": "x"] : [:]
        )
        let file = LintedFile(dockerfile, policy: policy)
        for finding in file.findings(tags: known) {
            guard finding.range.lowerBound >= 0, finding.range.upperBound <= dockerfile.bytes.count,
                (finding.start.line, finding.start.column) <= (finding.end.line, finding.end.column)
            else { return "\(finding.rule) does not stand in the file" }
        }
        // Each change reads the file anew.
        guard dockerfile.instructions.count < 200 else { return nil }
        let pins = input.oneIn(2)
        let updated = file.updated(tags: known, pins: pins)
        let after = updated.file.dockerfile.bytes
        guard FuzzInput.withoutDigests(after) == FuzzInput.withoutDigests(dockerfile.bytes) else {
            return "the update changed more than digests: \(String(decoding: after, as: UTF8.self).debugDescription)"
        }
        guard pins || after.count == dockerfile.bytes.count else { return "the update added something" }
        guard (after == dockerfile.bytes) == updated.updates.isEmpty else { return "the update says something else" }
        guard updated.file.updated(tags: known, pins: pins).updates.isEmpty else {
            return "a second update changes more"
        }
        guard let again = try? Dockerfile(parsing: after, path: "Dockerfile"),
            again.stages.count == dockerfile.stages.count
        else { return "the updated file cannot be read" }
        return nil
    }
}

extension FuzzInput {
    /// What registries say: `a:1` and `b:2` hold something, `c:3` is gone.
    fileprivate static let tags: [ImageReference: TagAnswer] = {
        var tags: [ImageReference: TagAnswer] = [:]
        let held = Digest(algorithm: .sha256, hash: Array(repeating: 0xBB, count: 32))
        for (name, answer) in [
            ("a:1", TagAnswer.holds(held, members: [])), ("b:2", .holds(held, members: [])), ("c:3", .missing),
        ] {
            if let image = try? ImageReference(parsing: name) { tags[image] = answer }
        }
        return tags
    }()

    /// A file whose every line may name an image, most of them with digests.
    fileprivate mutating func dockerfileOfImages() -> String {
        let digest = "sha256:" + String(repeating: "0a", count: 32)
        var lines: [String] = []
        if oneIn(3) {
            lines.append(pick(["# syntax=a:1@\(digest)", "# escape=`", "#!/x\n# syntax=b:2", "\u{FEFF}# x"]))
        }
        for _ in 0..<below(3) {
            lines.append(
                "ARG "
                    + pick([
                        "A=a:1@\(digest)", "A='b:2'", "B=\"\(digest)\"", "C=1", "D=a:$C", "A",
                        "A=a:1 B=\(digest) C='1'",
                    ])
            )
        }
        for index in 0...below(4) {
            let image = pick([
                "a:1@\(digest)", "b:2@\(digest)", "a:1", "\"b:2\"", "c:3@\(digest)", "$A", "${A:-a:1@\(digest)}",
                "a:1@$B",
                "a:$C@\(digest)", "a:${C}", "s0", "scratch", "a", "a@\(digest)", "\\\n  a:1@\(digest)",
                "a:1@sha256:\\\n0a",
            ])
            lines.append(
                "FROM \(oneIn(4) ? "--platform=$BUILDPLATFORM " : "")\(image)\(oneIn(2) ? " AS s\(index)" : "")"
            )
            lines.append(
                pick([
                    "COPY --from=\(image) / /", "RUN --mount=type=bind,from=\(image),target=/x ls", "LABEL a=1 b='2'",
                    "# tagboat: ignore=tag-moved -- x", "# tagboat: ignore-file=tag-without-digest -- \(digest)",
                    "RUN <<E\nFROM a:1@\(digest)\nE", "ONBUILD COPY --from=a:1 / /", "ARG A", "ENV D=\(digest)",
                ])
            )
        }
        return lines.joined(separator: pick(["\n", "\r\n", "\n\n"])) + pick(["", "\n"])
    }

    /// The bytes with `@sha256:…` and `sha256:…` taken out.
    fileprivate static func withoutDigests(_ bytes: [UInt8]) -> [UInt8] {
        let name = Array("sha256:".utf8)
        var rest: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let end = index + name.count
            if bytes[index] == name[0], end + 64 <= bytes.count, bytes[index..<end].elementsEqual(name),
                bytes[end..<(end + 64)].allSatisfy(ReferenceGrammar.isHex)
            {
                if rest.last == UInt8(ascii: "@") { rest.removeLast() }
                index = end + 64
            } else {
                rest.append(bytes[index])
                index += 1
            }
        }
        return rest
    }
}
