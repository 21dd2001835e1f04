/// A tag that ties a manifest to the image that it refers to, in registries without the referrers API.
package struct ReferrerTag: Hashable, Sendable {
    /// What the tag holds.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// An index of all referrers (distribution-spec, "Referrers Tag Schema").
        case referrers = ""
        /// A signature, by cosign's own convention.
        case signature = ".sig"
        /// An attestation, by cosign's own convention.
        case attestation = ".att"
        /// A bill of materials, by cosign's own convention.
        case sbom = ".sbom"
    }

    /// The image that is referred to.
    package let subject: Digest
    package let kind: Kind

    /// Reads a tag such as `sha256-….sig`; nil for every other one.
    package init?(_ tag: Tag) {
        let (algorithm, rest) = tag.name.split(atFirst: "-")
        guard let rest else { return nil }
        let (hex, ending) = rest.split(atFirst: ".")
        guard let kind = Kind(rawValue: ending.map { ".\($0)" } ?? ""),
            let subject = try? Digest(parsing: "\(algorithm):\(hex)")
        else { return nil }
        self.subject = subject
        self.kind = kind
    }
}

extension Digest {
    /// The tag that stands for what refers to this digest.
    ///
    /// Algorithm and hash are cut to 32 and 64 characters (distribution-spec, "Referrers Tag Schema").
    package func referrerTag(_ kind: ReferrerTag.Kind = .referrers) -> Tag {
        Tag(unchecked: "\(algorithm.rawValue.prefix(32))-\(hex.prefix(64))\(kind.rawValue)")
    }
}
