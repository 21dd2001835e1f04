import OCI
import Registry
import Release

/// An image as people read it: what it is, then each of its platforms, then what refers to it.
struct InspectionText {
    let style: Style
    /// Whether long commands are printed whole.
    let isWide: Bool

    func render(_ reference: String, _ inspection: ImageInspection) -> String {
        var lines = heading(reference, inspection)
        switch inspection.manifest {
        case .image:
            for image in inspection.images { lines += ImageText(style: style, isWide: isWide).body(image) }
        case .index(let index):
            lines += platforms(inspection, index)
            lines += section("annotations", pairs(index.annotations ?? [:]))
            for image in inspection.images {
                lines += ["", style.strong(PlatformText.name(image.platform)), image.stored.digest.description]
                lines += ImageText(style: style, isWide: isWide).body(image)
            }
        }
        lines += referrers(inspection)
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Heading

    private func heading(_ reference: String, _ inspection: ImageInspection) -> [String] {
        let stored = inspection.stored
        var lines = [style.strong(PrintableText.escaped(reference)), stored.digest.description]
        lines.append("\(kind(inspection)), \(ByteCount.text(Int64(stored.bytes.count))) of manifest")
        lines.append(style.faint(PrintableText.escaped(stored.mediaType.rawValue)))
        if let subject = inspection.manifest.subject { lines.append("refers to \(subject.digest)") }
        return lines
    }

    private func kind(_ inspection: ImageInspection) -> String {
        switch inspection.manifest {
        case .index(let index):
            let count = index.images.count
            let type = index.artifactType.map { ", artifact of type \(PrintableText.escaped($0))" } ?? ""
            return "index of \(count) image\(count == 1 ? "" : "s")\(type)"
        case .image(let image):
            if let type = image.typeOfArtifact { return "artifact of type \(PrintableText.escaped(type))" }
            return "image for \(PlatformText.name(inspection.images.first?.platform))"
        }
    }

    // MARK: Index

    private func platforms(_ inspection: ImageInspection, _ index: ImageIndex) -> [String] {
        var table = Table(indent: "  ")
        let sizes = inspection.images.map { ($0.stored.digest, $0) }
        for descriptor in index.images {
            let image = sizes.first { $0.0 == descriptor.digest }?.1
            let gap = inspection.gaps.first { $0.descriptor == descriptor }
            table.add([
                Table.Cell(text: PlatformText.name(descriptor.platform ?? image?.platform)),
                Table.Cell(text: descriptor.digest.abbreviated, paint: style.faint),
                Table.Cell(text: image.map { ByteCount.text($0.size).paddedLeft(to: 9) } ?? "        -"),
                Table.Cell(text: gap.map { PrintableText.escaped($0.problem) } ?? "", paint: style.notable),
            ])
        }
        var attestations = Table(indent: "  ")
        for attestation in index.attestations {
            let subject = attestation.annotations?["vnd.docker.reference.digest"]
            let platform = index.images.first { $0.digest.description == subject }?.platform
            attestations.add([
                Table.Cell(text: platform.map { "of \(PlatformText.name($0))" } ?? "attestation"),
                Table.Cell(text: attestation.digest.abbreviated, paint: style.faint),
                Table.Cell(text: ByteCount.text(attestation.size).paddedLeft(to: 9)),
            ])
        }
        return section("platforms", table.lines) + section("attestations", attestations.lines)
    }

    // MARK: Referrers

    private func referrers(_ inspection: ImageInspection) -> [String] {
        var lines: [String] = []
        for referrer in inspection.referrers {
            let descriptor = referrer.descriptor
            let type = descriptor.artifactType ?? descriptor.mediaType.rawValue
            lines.append("  " + (referrer.tag.map(tagged) ?? PrintableText.escaped(type)))
            lines.append("    \(descriptor.digest.abbreviated)  \(ByteCount.text(descriptor.size))")
            lines += pairs(descriptor.annotations ?? [:]).map { "  " + $0 }
        }
        if let problem = inspection.referrersProblem {
            lines.append("  " + style.notable("not all could be read: \(PrintableText.escaped(problem))"))
        }
        return section("referrers", lines)
    }

    private func tagged(_ kind: ReferrerTag.Kind) -> String {
        switch kind {
        case .signature: "signature, by cosign's tag \(kind.rawValue)"
        case .attestation: "attestation, by cosign's tag \(kind.rawValue)"
        case .sbom: "bill of materials, by cosign's tag \(kind.rawValue)"
        case .referrers: "referrers"
        }
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", style.strong(title)] + lines
    }

    private func pairs(_ values: [String: String]) -> [String] { PairText.lines(values, indent: "  ", style: style) }
}

/// Keys with their values, one below the other.
enum PairText {
    /// Renders labels or annotations in the order of their keys; the values stand in a column where they fit.
    static func lines(_ values: [String: String], indent: String, style: Style) -> [String] {
        let keys = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var table = Table(indent: indent)
        for key in keys {
            let name = PrintableText.escaped(key)
            let value = PrintableText.escaped(values[key] ?? "")
            table.add([Table.Cell(text: name, paint: style.faint), Table.Cell(text: value)])
        }
        return table.lines
    }
}
