import OCI
import Registry
import Release
import Tagging

/// Finds the image whose layers a build most likely shares: the last release on its line.
struct ReleaseCache {
    let context: CommandContext
    let project: Project
    let policy: ReleasePolicy

    /// How long a build waits for the answer, which it can do without.
    private static let patience = Duration.seconds(20)

    /// Asks the first of the images' registries.
    ///
    /// - Returns: the image; nil where there is none, or nobody answers, which is said.
    /// - Throws: `TaggingError` for rules that cannot be followed.
    func lastRelease() async throws -> ImageReference? {
        let images = context.configuration.images.lazy.compactMap { image -> ImageReference? in
            if case .registry(let reference) = image { reference } else { nil }
        }
        guard let image = images.first else { return nil }
        let naming = try TagNaming(policy: policy.tags, context: try await context.ruleContext(project))
        let released: Set<OCI.Tag>
        do {
            released = try await tags(of: image)
        } catch let error as RegistryError {
            context.inform("warning: no layers of the last release: \(error.description)")
            return nil
        }
        let release = try LastRelease(before: project.version, in: released, variant: policy.variant, naming: naming)
        return release.map { ImageReference(repository: image.repository, tag: $0.tag) }
    }

    private func tags(of image: ImageReference) async throws -> Set<OCI.Tag> {
        try await Stores.with(
            source: nil,
            targets: [.registry(image)],
            access: .pull,
            context: context,
            patience: Self.patience
        ) { stores in try await stores.targets.first?.tags() ?? [] }
    }
}
