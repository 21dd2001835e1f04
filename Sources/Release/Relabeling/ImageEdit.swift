import OCI
import Registry

/// A change of an image's labels and annotations, and a file that is added to it.
package struct ImageEdit: Hashable, Sendable {
    /// What labels become; nil takes one away.
    package var labels: [String: String?]
    /// What annotations of manifest and index become; nil takes one away.
    package var annotations: [String: String?]
    /// A file to add in a layer of its own.
    package var file: AddedFile?

    package init(labels: [String: String?] = [:], annotations: [String: String?] = [:], file: AddedFile? = nil) {
        self.labels = labels
        self.annotations = annotations
        self.file = file
    }

    /// The configuration with its labels changed; everything else stays as it is written.
    ///
    /// - Throws: `ManifestError` where it is no configuration of an image.
    func applied(toConfiguration bytes: [UInt8]) throws(ManifestError) -> [UInt8] {
        guard var document = JSONDocument(parsing: bytes), !document.members.isEmpty else {
            throw .malformed("its configuration is not a JSON object")
        }
        // Absent and null mean the same here.
        var execution = document["config"].flatMap { $0.members.isEmpty ? nil : $0 } ?? .object([])
        let old = execution["Labels"] ?? .object([])
        let new = Self.changed(old, by: labels)
        guard new != old || file != nil else { return bytes }
        if new != old {
            execution["Labels"] = new
            document["config"] = execution
        }
        if let file { try file.add(toConfiguration: &document) }
        return document.compact
    }

    /// A manifest or an index with its annotations changed and what it names replaced.
    ///
    /// - Parameters:
    ///   - bytes: the manifest.
    ///   - replacements: the descriptors that changed, by their old digests.
    ///   - layer: a layer to add to those of an image.
    /// - Returns: the new bytes; the same ones where nothing changes.
    /// - Throws: `ManifestError` where it is no manifest.
    func applied(
        toManifest bytes: [UInt8],
        replacing replacements: [Digest: Descriptor],
        adding layer: Descriptor? = nil
    ) throws(ManifestError) -> [UInt8] {
        guard var document = JSONDocument(parsing: bytes), !document.members.isEmpty else {
            throw .malformed("it is not a JSON object")
        }
        let before = document
        if let config = document["config"] { document["config"] = Self.replaced(config, by: replacements) }
        if case .array(let children)? = document["manifests"] {
            document["manifests"] = .array(children.map { Self.replaced($0, by: replacements) })
        }
        if let layer {
            guard case .array(let layers)? = document["layers"] else { throw .malformed("it has no list of layers") }
            document["layers"] = .array(layers + [AddedFile.document(layer)])
        }
        let old = document["annotations"] ?? .object([])
        let new = Self.changed(old, by: annotations)
        if new != old { document["annotations"] = new.members.isEmpty ? nil : new }
        return document == before ? bytes : document.compact
    }

    /// An object of texts with some of them changed; new ones go to the end, in order.
    private static func changed(_ object: JSONDocument, by changes: [String: String?]) -> JSONDocument {
        var object: JSONDocument = object.members.isEmpty ? .object([]) : object
        for (key, value) in changes.sorted(by: { $0.key < $1.key }) {
            object[key] = value.map { JSONDocument.text($0) }
        }
        return object
    }

    private static func replaced(_ descriptor: JSONDocument, by replacements: [Digest: Descriptor]) -> JSONDocument {
        var descriptor = descriptor
        if let text = descriptor["digest"]?.text, let digest = try? Digest(parsing: text),
            let new = replacements[digest]
        {
            descriptor["digest"] = .text(new.digest.description)
            descriptor["size"] = .number(new.size)
        }
        // An attestation names the image that it speaks of.
        let key = "vnd.docker.reference.digest"
        if var annotations = descriptor["annotations"], let text = annotations[key]?.text,
            let digest = try? Digest(parsing: text), let new = replacements[digest]
        {
            annotations[key] = .text(new.digest.description)
            descriptor["annotations"] = annotations
        }
        return descriptor
    }
}
