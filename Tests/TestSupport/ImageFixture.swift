package import SystemPackage

/// Tiny but real images for tests, written into OCI image layouts; equal parameters give equal bytes.
package enum ImageFixture {
    /// What has been written.
    package struct Written: Sendable, Hashable {
        /// The digest of the manifest, or of the index, as in `sha256:…`.
        package let manifestDigest: String
        /// The manifest, or the index, to the byte.
        package let manifestBytes: [UInt8]
        /// Its media type.
        package let mediaType: String
        /// The digest of the configuration; empty for an index.
        package let configDigest: String
        /// The digests of the layers; empty for an index.
        package let layerDigests: [String]
        /// The images of an index, in its order; empty for an image.
        package let images: [Written]
    }

    /// The content of the default layer: one small file.
    package static let defaultLayer = TarArchive.bytes(files: [(path: "hello.txt", contents: "hello\n")])

    /// Writes an image for linux/amd64.
    ///
    /// - Parameters:
    ///   - layout: the layout's folder, which is created if need be; its other entries stay.
    ///   - name: the name in `index.json`, in the place of an entry of the same name; nil lists it without one.
    ///   - labels: the labels of the configuration.
    ///   - layers: the layers, as uncompressed tar archives.
    ///   - created: the time of creation, as in `2026-01-31T12:00:00Z`.
    ///   - annotations: the annotations of the manifest.
    ///   - architecture: the processor's architecture.
    /// - Returns: the digests and the manifest.
    /// - Throws: the file system's failure.
    @discardableResult
    package static func write(
        to layout: FilePath,
        name: String?,
        labels: [String: String] = [:],
        layers: [[UInt8]] = [defaultLayer],
        created: String? = nil,
        annotations: [String: String] = [:],
        architecture: String = "amd64"
    ) throws -> Written {
        let layout = try ImageLayout(layout)
        let image = try write(
            to: layout,
            labels: labels,
            layers: layers,
            created: created,
            annotations: annotations,
            architecture: architecture
        )
        try layout.list(image.descriptor, as: name)
        return image.written
    }

    /// Writes an index with two images, linux/amd64 and linux/arm64, which differ in their configurations only.
    ///
    /// - Parameters:
    ///   - layout: the layout's folder, which is created if need be; its other entries stay.
    ///   - name: the name in `index.json`, in the place of an entry of the same name; nil lists it without one.
    ///   - labels: the labels of both configurations.
    ///   - layers: the layers of both images, as uncompressed tar archives.
    ///   - created: the time of creation, as in `2026-01-31T12:00:00Z`.
    ///   - annotations: the annotations of the index.
    /// - Returns: the index with its two images.
    /// - Throws: the file system's failure.
    @discardableResult
    package static func writeIndex(
        to layout: FilePath,
        name: String?,
        labels: [String: String] = [:],
        layers: [[UInt8]] = [defaultLayer],
        created: String? = nil,
        annotations: [String: String] = [:]
    ) throws -> Written {
        let layout = try ImageLayout(layout)
        var index = FixtureIndex(annotations: annotations.isEmpty ? nil : annotations)
        var images: [Written] = []
        for architecture in ["amd64", "arm64"] {
            var image = try write(
                to: layout,
                labels: labels,
                layers: layers,
                created: created,
                annotations: [:],
                architecture: architecture
            )
            image.descriptor.platform = FixturePlatform(architecture)
            index.manifests.append(image.descriptor)
            images.append(image.written)
        }
        let (descriptor, bytes) = try layout.add(index, mediaType: FixtureIndex.mediaType)
        try layout.list(descriptor, as: name)
        return Written(
            manifestDigest: descriptor.digest,
            manifestBytes: bytes,
            mediaType: descriptor.mediaType,
            configDigest: "",
            layerDigests: [],
            images: images
        )
    }

    /// Writes the blobs of an image, without an entry in `index.json`.
    private static func write(
        to layout: ImageLayout,
        labels: [String: String],
        layers: [[UInt8]],
        created: String?,
        annotations: [String: String],
        architecture: String
    ) throws -> (descriptor: FixtureDescriptor, written: Written) {
        let layers = try layers.map { try layout.add($0, mediaType: "application/vnd.oci.image.layer.v1.tar") }
        let configuration = FixtureConfiguration(
            created: created,
            architecture: architecture,
            os: "linux",
            config: .init(labels: labels.isEmpty ? nil : labels),
            rootfs: .init(diffIDs: layers.map(\.digest)),
            history: layers.map { _ in .init(created: created, createdBy: "COPY . /") }
        )
        let config = try layout.add(configuration, mediaType: "application/vnd.oci.image.config.v1+json").descriptor
        let manifest = FixtureManifest(
            config: config,
            layers: layers,
            annotations: annotations.isEmpty ? nil : annotations
        )
        let (descriptor, bytes) = try layout.add(manifest, mediaType: FixtureManifest.mediaType)
        let written = Written(
            manifestDigest: descriptor.digest,
            manifestBytes: bytes,
            mediaType: descriptor.mediaType,
            configDigest: config.digest,
            layerDigests: layers.map(\.digest),
            images: []
        )
        return (descriptor, written)
    }
}
