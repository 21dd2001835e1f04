package import OCI
import Registry

/// All there is to see of an image: its manifest, the images in it, and what refers to it.
package struct ImageInspection: Sendable {
    /// One image: the manifest itself, or one below an index.
    package struct Image: Sendable {
        /// The platform, by the index or else by the configuration; nil where neither tells.
        package let platform: Platform?
        package let stored: StoredManifest
        package let manifest: ImageManifest
        /// The configuration; nil for what is no image to run.
        package let configuration: ImageConfiguration?

        package var layers: [LayerHistory] { LayerHistory.layers(of: manifest, configuration) }

        /// The size of configuration and layers as they are stored.
        package var size: Int64 {
            manifest.layers.reduce(manifest.config.size) { $0.addingReportingOverflow($1.size).partialValue }
        }
    }

    /// Something in the index that could not be read.
    package struct Gap: Sendable {
        package let descriptor: Descriptor
        package let problem: String
    }

    /// Something that refers to the image.
    package struct Referrer: Sendable {
        package let descriptor: Descriptor
        /// The tag that ties it to the image by cosign's old convention; nil for a referrer by its own subject.
        package let tag: ReferrerTag.Kind?
    }

    package let stored: StoredManifest
    package let manifest: Manifest
    /// The images, in the order of the index.
    package let images: [Image]
    package let gaps: [Gap]
    package let referrers: [Referrer]
    /// Why not all referrers could be read; nil where they could.
    package let referrersProblem: String?

    /// What the manifest is.
    package var kind: String {
        switch manifest {
        case .image(let image): image.typeOfArtifact == nil ? "image" : "artifact"
        case .index: "index"
        }
    }

    /// What it is, where it is no image to run.
    package var artifactType: String? {
        switch manifest {
        case .image(let image): image.typeOfArtifact
        case .index(let index): index.artifactType
        }
    }
}
