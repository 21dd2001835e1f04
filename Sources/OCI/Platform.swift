/// The platform that an image runs on (image-spec, image-index.md).
package struct Platform: Hashable, Sendable, Codable, CustomStringConvertible {
    package var architecture: String
    package var os: String
    package var variant: String?
    /// The version of the operating system; Windows images need the host's own.
    package var osVersion: String?

    enum CodingKeys: String, CodingKey {
        case architecture, os, variant
        case osVersion = "os.version"
    }

    /// A platform of its parts.
    package init(os: String, architecture: String, variant: String? = nil, osVersion: String? = nil) {
        self.architecture = architecture
        self.os = os
        self.variant = variant
        self.osVersion = osVersion
    }

    /// Parses `OS/ARCHITECTURE[/VARIANT]`.
    ///
    /// - Throws: `ReferenceError`.
    package init(parsing text: String) throws(ReferenceError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), !parts.contains("") else {
            throw ReferenceError(text, "a platform is written OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT")
        }
        self.init(os: parts[0], architecture: parts[1], variant: parts.count == 3 ? parts[2] : nil)
    }

    package var description: String {
        "\(os)/\(architecture)\(variant.map { $0.isEmpty ? "" : "/\($0)" } ?? "")"
    }

    /// Whether this is what somebody asks for, who may have left the variant open.
    package func satisfies(_ wanted: Platform) -> Bool {
        guard os == wanted.os, architecture == wanted.architecture else { return false }
        return wanted.variant == nil || impliedVariant == wanted.impliedVariant
    }

    /// Whether both are one platform, whatever each leaves open.
    func isSame(as other: Platform) -> Bool {
        os == other.os && architecture == other.architecture && osVersion == other.osVersion
            && impliedVariant ?? "" == other.impliedVariant ?? ""
    }

    /// The variant, said or not: a build for arm64 alone is one for its version 8.
    private var impliedVariant: String? {
        if let variant, !variant.isEmpty { return variant }
        return architecture == "arm64" ? "v8" : architecture == "arm" ? "v7" : nil
    }
}

extension ImageIndex {
    /// The image for a platform, by its own name of it first, then by any variant of it.
    ///
    /// - Throws: `PlatformError` where there is none, or several variants are meant.
    package func image(for wanted: Platform) throws(PlatformError) -> Descriptor {
        let candidates = images.filter { $0.platform?.satisfies(wanted) ?? false }
        let exact = candidates.filter { $0.platform?.variant ?? "" == wanted.variant ?? "" }
        // Windows lists one image for each version of the system, the newest most often first.
        if let first = exact.first { return first }
        guard let first = candidates.first else {
            throw PlatformError(wanted: wanted, isAmbiguous: false, available: images.compactMap(\.platform))
        }
        guard candidates.allSatisfy({ $0.platform?.variant == first.platform?.variant }) else {
            throw PlatformError(wanted: wanted, isAmbiguous: true, available: candidates.compactMap(\.platform))
        }
        return first
    }
}

/// Why no image could be chosen by its platform.
package struct PlatformError: Error, Hashable, Sendable {
    package let wanted: Platform
    /// Whether there are several instead of none.
    package let isAmbiguous: Bool
    /// What there is to choose from.
    package let available: [Platform]

    package init(wanted: Platform, isAmbiguous: Bool, available: [Platform]) {
        self.wanted = wanted
        self.isAmbiguous = isAmbiguous
        self.available = available
    }
}
