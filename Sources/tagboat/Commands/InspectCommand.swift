import ArgumentParser
import OCI
import Registry
import Release

/// `tagboat inspect`: all there is to see of an image.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show an image: platforms, configuration, labels, layers, annotations and what refers to it.",
        discussion: """
            Without a tag the tag latest is meant. Signatures and the like are found by the referrers API, by the \
            tag that stands in for it, and by the tags that cosign used before.
            """
    )

    @OptionGroup var options: InspectOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let context = try CommandContext(shared, flags: [connection.configuration()])
        let platform = try parsed("--platform", options.platform, Platform.init(parsing:))
        let location = try parsed("the image", options.image, ImageLocation.init(parsing:))
        try await Stores.with(source: location, targets: [], access: .pull, context: context) { stores in
            guard let source = try await stores.readSource?() else { return }
            let inspector = ImageInspector(source.store)
            var manifest = source.manifest
            if let platform { manifest = try await inspector.manifest(for: platform, of: manifest) }
            if options.raw {
                Output.standard.write(bytes: manifest.bytes)
            } else if options.rawConfig {
                Output.standard.write(bytes: try await configuration(of: manifest, inspector))
            } else {
                try print(try await inspector.inspection(of: manifest, referrersOf: options.artifactType), context)
            }
        }
    }

    private func configuration(of manifest: StoredManifest, _ inspector: ImageInspector) async throws -> [UInt8] {
        guard let bytes = try await inspector.configurationBytes(of: manifest) else {
            throw ConfigurationError(
                "\(options.image) is an index of several images, each with a configuration of its own",
                hint: "choose one with --platform"
            )
        }
        return bytes
    }

    private func print(_ inspection: ImageInspection, _ context: CommandContext) throws {
        switch options.format {
        case .text:
            let text = InspectionText(style: context.style, isWide: options.wide)
            Output.standard.write(text.render(options.image, inspection))
        case .json:
            Output.standard.write(try JSONText.render(InspectionDocument(options.image, inspection)))
        }
    }

    private func parsed<Value>(
        _ place: String,
        _ text: String?,
        _ parse: (String) throws(ReferenceError) -> Value
    ) throws(ConfigurationError) -> Value? {
        guard let text else { return nil }
        do {
            return try parse(text)
        } catch {
            throw ConfigurationError("\(place): \(error.description)")
        }
    }
}
