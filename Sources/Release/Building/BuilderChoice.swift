/// Which builder somebody wants.
package enum BuilderChoice: String, CaseIterable, Sendable {
    case auto
    /// docker's buildx where it is installed, else docker as it was before.
    case docker
    case dockerClassic = "docker-classic"
    case buildx
    case bake
    case podman
    case buildah
}

/// What is installed.
package struct InstalledBuilders: Hashable, Sendable {
    /// Whether there is a docker engine that answers.
    package var hasDockerEngine: Bool
    package var hasBuildx: Bool
    package var hasPodman: Bool
    package var hasBuildah: Bool

    package init(
        hasDockerEngine: Bool = false,
        hasBuildx: Bool = false,
        hasPodman: Bool = false,
        hasBuildah: Bool = false
    ) {
        self.hasDockerEngine = hasDockerEngine
        self.hasBuildx = hasBuildx
        self.hasPodman = hasPodman
        self.hasBuildah = hasBuildah
    }
}

extension BuilderChoice {
    /// The builder.
    ///
    /// What is named is taken, installed or not: running it tells. Without a choice it is docker where an engine
    /// answers, since that is what people have docker for, else what needs no engine.
    ///
    /// - Parameters:
    ///   - installed: what is there.
    ///   - needsBake: whether a target of bake is named.
    /// - Returns: the builder.
    /// - Throws: `BuildRefusal` where nothing is there.
    package func builder(
        among installed: InstalledBuilders,
        needsBake: Bool = false
    ) throws(BuildRefusal) -> Builder {
        switch self {
        case .dockerClassic: return .classic
        case .buildx: return .buildx
        case .bake: return .bake
        case .podman: return .podman
        case .buildah: return .buildah
        case .docker: return needsBake ? .bake : installed.hasBuildx ? .buildx : .classic
        case .auto: break
        }
        if needsBake { return .bake }
        if installed.hasDockerEngine { return installed.hasBuildx ? .buildx : .classic }
        if installed.hasBuildah { return .buildah }
        if installed.hasPodman { return .podman }
        throw BuildRefusal(
            "there is nothing to build with: no docker engine answers, and neither podman nor buildah is installed",
            hint: "install buildah or podman, start docker, or release an image that is built already with --from"
        )
    }

    /// Whether it takes a look at what is installed.
    package var isOpen: Bool { self == .auto || self == .docker }
}
