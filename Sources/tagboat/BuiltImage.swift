import OCI
import Registry
import Release

/// An image that was built, and where it is.
struct BuiltImage {
    /// What `--from` takes.
    let location: ImageLocation
    /// The digest that the image has there.
    let digest: OCI.Digest
    let builder: Builder
    /// What the image says it is a build of.
    let version: String
    /// Whether the build took itself for a release, as far as git alone can tell.
    let isRelease: Bool
    /// Whether the work tree had uncommitted changes.
    let isDirty: Bool
    let commit: String
    /// The tags that the image has on this machine or will get, without repository.
    let tags: [String]
}

extension ImageLocation {
    /// As people write it, and as `--from` takes it.
    var text: String {
        func named(_ place: String, _ name: String?) -> String { place + (name.map { ":\($0)" } ?? "") }
        return switch self {
        case .registry(let reference): reference.description
        case .layout(let folder, let name): named("oci:\(folder)", name)
        case .ociArchive(let file, let name): named("oci-archive:\(file)", name)
        case .dockerArchive(let file, let reference): named("docker-archive:\(file)", reference?.description)
        case .daemon(let reference): "docker-daemon:\(reference)"
        }
    }
}
