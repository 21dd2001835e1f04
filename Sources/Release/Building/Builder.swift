package import Tagging

/// A program that builds images from Dockerfiles.
package enum Builder: String, CaseIterable, Sendable {
    /// docker without BuildKit.
    case classic = "docker-classic"
    case buildx
    case bake
    case podman
    case buildah

    /// The name for people.
    package var name: String {
        switch self {
        case .classic: "docker build"
        case .buildx: "docker buildx build"
        case .bake: "docker buildx bake"
        case .podman: "podman build"
        case .buildah: "buildah build"
        }
    }

    /// What a builder leaves in the folder of the result.
    package enum Form: Hashable, Sendable {
        /// An image layout in the folder `layout`.
        case layout
        /// What `docker save` writes, in the file `image.tar`.
        case dockerArchive
    }

    /// What this one leaves.
    package func form(for request: BuildRequest) -> Form {
        switch self {
        case .classic: .dockerArchive
        case .buildx, .bake: request.needsEngine ? .dockerArchive : .layout
        case .podman, .buildah: .layout
        }
    }

    /// Whether it builds into docker's engine where it is asked to.
    package var hasEngine: Bool { [.classic, .buildx, .bake].contains(self) }

    /// Which annotations the builder writes itself; tagboat adds the rest to what was built.
    package func writes(_ annotation: Annotation) -> Bool {
        switch self {
        case .buildx, .bake: true
        case .podman, .buildah: annotation.level == .manifest
        case .classic: false
        }
    }

    /// Whether an image for several platforms comes in the order in which its parts happened to be ready.
    package var ordersPlatformsByChance: Bool { self == .podman || self == .buildah }

    /// The command lines, in their order.
    ///
    /// - Throws: `BuildRefusal` for what the builder cannot do.
    package func commands(for request: BuildRequest) throws(BuildRefusal) -> [BuilderCommand] {
        switch self {
        case .classic: try ClassicBuild(request: request).commands()
        case .buildx: try BuildxBuild(request: request).commands()
        case .bake: try BakeBuild(request: request).commands()
        case .podman: try ContainersBuild(program: "podman", request: request).commands()
        case .buildah: try ContainersBuild(program: "buildah", request: request).commands()
        }
    }

    /// Where the layout lies in the folder of the result.
    package static let layoutFolder = "layout"
    /// What the image in the layout is called, by builders that name it.
    package static let layoutName = "image"
    /// The archive in the folder of the result.
    package static let archiveFile = "image.tar"
}
