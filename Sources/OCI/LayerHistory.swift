/// A layer of an image, and the step that made it.
package struct LayerHistory: Hashable, Sendable {
    package let layer: Descriptor
    /// The digest of the uncompressed archive; nil where the configuration does not tell.
    package let diffID: String?
    /// The step; nil where the history does not fit the layers.
    package let step: ImageConfiguration.HistoryEntry?

    /// Puts the layers of an image and its history side by side.
    ///
    /// Steps that made no layer are passed over. Where there are more or fewer of the other steps than layers, nothing
    /// tells which step made which layer.
    package static func layers(
        of manifest: ImageManifest,
        _ configuration: ImageConfiguration?
    ) -> [LayerHistory] {
        let steps = configuration?.history.filter { !$0.isEmptyLayer } ?? []
        let diffIDs = configuration?.diffIDs ?? []
        let fits = steps.count == manifest.layers.count
        return manifest.layers.enumerated().map { index, layer in
            LayerHistory(
                layer: layer,
                diffID: diffIDs.count == manifest.layers.count ? diffIDs[index] : nil,
                step: fits ? steps[index] : nil
            )
        }
    }
}
