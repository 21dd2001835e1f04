import Dockerfile
import FoundationEssentials
import OCI
import Registry
import Release
import SystemPackage
import Tagging

/// Finds the image that a Dockerfile's final stage is built upon, and what its tag stands for.
struct BaseImageReader {
    let context: CommandContext
    /// Values of build arguments.
    let arguments: [String: String]

    /// Reads the base image; nil for a stage that starts from nothing.
    ///
    /// - Parameters:
    ///   - file: the Dockerfile.
    ///   - target: the stage to build; nil for the final one.
    ///   - resolves: whether to ask the registry for the digest.
    /// - Returns: the image.
    /// - Throws: `DockerfileError`, `ConfigurationError`, `RegistryError`.
    func baseImage(of file: FilePath, target: String?, resolves: Bool) async throws -> BaseImage? {
        guard let data = FileManager.default.contents(atPath: file.string) else {
            throw ConfigurationError("the Dockerfile \(file) cannot be read", hint: "check --dockerfile")
        }
        let dockerfile = try Dockerfile(parsing: Array(data), path: file.string)
        guard let stage = target.map(dockerfile.stage(named:)) ?? dockerfile.finalStage else {
            throw ConfigurationError(
                "\(file) has no stage \"\(target ?? "")\"",
                hint: "its stages are: \(dockerfile.stages.compactMap(\.name).joined(separator: ", "))"
            )
        }
        guard let base = try dockerfile.baseImage(of: stage, arguments: arguments) else { return nil }
        let reference: ImageReference
        do {
            reference = try ImageReference(parsing: base.reference)
        } catch {
            throw ConfigurationError(
                "\(file):\(base.source.line): \(error.description)",
                hint: "FROM needs an image, such as alpine:3.22"
            )
        }
        let named = ImageReference(repository: reference.repository, tag: reference.tag ?? .latest)
        // Whole, so that no reader has to assume a registry (annotations.md of the image-spec).
        let repository = "\(reference.repository.registry.name)/\(reference.repository.path)"
        let name = reference.tag.map { "\(repository):\($0)" }
        if let digest = reference.digest { return BaseImage(name: name ?? repository, digest: digest) }
        return BaseImage(name: name ?? repository + ":latest", digest: resolves ? try await digest(of: named) : nil)
    }

    private func digest(of reference: ImageReference) async throws -> OCI.Digest {
        let location = ImageLocation.registry(reference)
        return try await Stores.with(source: location, targets: [], access: .pull, context: context) { stores in
            guard let readSource = stores.readSource else {
                throw ConfigurationError(
                    "the base image \(reference) cannot be read",
                    hint: "leave it out with --no-resolve"
                )
            }
            return try await readSource().manifest.digest
        }
    }
}
