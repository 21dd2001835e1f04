import OCI
import Registry
import Release

extension InspectionDocument {
    /// One image, with its configuration where it has one.
    struct Image: Encodable {
        let digest: String
        let mediaType: String
        let platform: OrNull<String>
        /// Of configuration and layers as they are stored.
        let size: Int64
        let created: OrNull<String>
        let author: OrNull<String>
        let osVersion: OrNull<String>
        let config: Content
        let run: Run
        let labels: [String: String]
        let annotations: [String: String]
        let layers: [Layer]
        let history: [Step]
    }

    /// A blob.
    struct Content: Encodable {
        let digest: String
        let mediaType: String
        let size: Int64
    }

    /// How the image is run.
    struct Run: Encodable {
        let entrypoint: [String]
        let command: [String]
        let environment: [String]
        let user: OrNull<String>
        let workingDirectory: OrNull<String>
        let ports: [String]
        let volumes: [String]
        let stopSignal: OrNull<String>
        let healthCheck: [String]
        let shell: [String]
        let onBuild: [String]
    }

    struct Layer: Encodable {
        let digest: String
        let mediaType: String
        let size: Int64
        let diffID: OrNull<String>
        let createdBy: OrNull<String>
        let annotations: [String: String]
    }

    struct Step: Encodable {
        let created: OrNull<String>
        let createdBy: OrNull<String>
        let author: OrNull<String>
        let comment: OrNull<String>
        let isEmptyLayer: Bool
    }
}

extension InspectionDocument.Image {
    init(_ image: ImageInspection.Image) {
        let configuration = image.configuration
        digest = image.stored.digest.description
        mediaType = image.stored.mediaType.rawValue
        platform = OrNull(image.platform?.description)
        size = image.size
        created = OrNull(configuration?.created)
        author = OrNull(configuration?.author)
        osVersion = OrNull(image.platform?.osVersion ?? configuration?.osVersion)
        config = InspectionDocument.Content(
            digest: image.manifest.config.digest.description,
            mediaType: image.manifest.config.mediaType.rawValue,
            size: image.manifest.config.size
        )
        run = InspectionDocument.Run(configuration?.execution)
        labels = configuration?.labels ?? [:]
        annotations = image.manifest.annotations ?? [:]
        layers = image.layers.map { layer in
            InspectionDocument.Layer(
                digest: layer.layer.digest.description,
                mediaType: layer.layer.mediaType.rawValue,
                size: layer.layer.size,
                diffID: OrNull(layer.diffID),
                createdBy: OrNull(layer.step?.createdBy),
                annotations: layer.layer.annotations ?? [:]
            )
        }
        history = (configuration?.history ?? []).map { step in
            InspectionDocument.Step(
                created: OrNull(step.created),
                createdBy: OrNull(step.createdBy),
                author: OrNull(step.author),
                comment: OrNull(step.comment),
                isEmptyLayer: step.isEmptyLayer
            )
        }
    }
}

extension InspectionDocument.Run {
    fileprivate init(_ run: ImageConfiguration.Execution?) {
        entrypoint = run?.entrypoint ?? []
        command = run?.command ?? []
        environment = run?.environment ?? []
        user = OrNull(run?.user)
        workingDirectory = OrNull(run?.workingDirectory)
        ports = run?.ports ?? []
        volumes = run?.volumes ?? []
        stopSignal = OrNull(run?.stopSignal)
        healthCheck = run?.healthCheck ?? []
        shell = run?.shell ?? []
        onBuild = run?.onBuild ?? []
    }
}
