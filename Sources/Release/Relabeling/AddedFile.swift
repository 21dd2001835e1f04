import OCI
import Registry
package import Tagging

/// A file that an image gets in a layer of its own, on top of those that it has.
package struct AddedFile: Hashable, Sendable {
    /// The path from the root of the image, without a slash at the front.
    package let path: String
    package let content: [UInt8]
    /// The file's own date, and that of the step in the image's history.
    package let date: Timestamp

    /// A file to add.
    package init(path: String, content: [UInt8], date: Timestamp) {
        self.path = path
        self.content = content
        self.date = date
    }

    var layer: FileLayer { FileLayer(path: path, content: content, modified: date.secondsSinceEpoch) }

    /// The layer as a manifest lists it.
    func descriptor(in manifest: MediaType) -> Descriptor {
        let layer = layer
        return Descriptor(
            mediaType: manifest == .dockerManifest ? .dockerGzipLayer : .ociGzipLayer,
            digest: layer.digest,
            size: Int64(layer.bytes.count)
        )
    }

    static func document(_ descriptor: Descriptor) -> JSONDocument {
        var document = JSONDocument.object([])
        document["mediaType"] = .text(descriptor.mediaType.rawValue)
        document["digest"] = .text(descriptor.digest.description)
        document["size"] = .number(descriptor.size)
        return document
    }

    /// Lists the layer and the step that made it (image-spec, config.md, `rootfs` and `history`).
    func add(toConfiguration document: inout JSONDocument) throws(ManifestError) {
        guard var rootfs = document["rootfs"], case .array(let layers)? = rootfs["diff_ids"] else {
            throw .malformed("its configuration lists no layers")
        }
        rootfs["diff_ids"] = .array(layers + [.text(layer.diffID.description)])
        document["rootfs"] = rootfs
        var step = JSONDocument.object([])
        step["created"] = .text(date.rfc3339)
        step["created_by"] = .text("COPY \((path.split(separator: "/").last).map(String.init) ?? path) /\(path)")
        step["comment"] = .text("tagboat")
        if case .array(let steps)? = document["history"] {
            document["history"] = .array(steps + [step])
        } else if layers.isEmpty {
            document["history"] = .array([step])
        }
    }
}
