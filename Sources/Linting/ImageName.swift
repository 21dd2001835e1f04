package import OCI

/// Images as people write them.
package enum ImageName {
    /// The reference without what everybody assumes: `alpine:3.22`, `acme/ui:1`.
    package static func short(_ reference: ImageReference) -> String {
        let text = "\(reference)"
        return text.hasPrefix("docker.io/") ? String(text.dropFirst("docker.io/".count)) : text
    }
}
