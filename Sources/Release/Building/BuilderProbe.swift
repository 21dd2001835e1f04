import Git

/// Looks at what there is to build with, by asking the programs themselves.
package enum BuilderProbe {
    /// How long a program may take to tell of itself.
    private static let patience = Duration.seconds(20)

    /// What is installed.
    package static func installed() async throws -> InstalledBuilders {
        // podman comes with a program called docker, which is itself.
        let isDocker = try await output(of: "docker", ["--version"])?.hasPrefix("Docker") ?? false
        var installed = InstalledBuilders()
        if isDocker {
            installed.hasDockerEngine =
                try await output(of: "docker", ["version", "--format", "{{.Server.Version}}"]) != nil
            installed.hasBuildx = try await output(of: "docker", ["buildx", "version"]) != nil
        }
        installed.hasBuildah = try await output(of: "buildah", ["--version"]) != nil
        installed.hasPodman = try await output(of: "podman", ["--version"]) != nil
        return installed
    }

    /// Whether docker's builder can only hand images to its engine (docs.docker.com, "OCI and Docker exporters"): that
    /// of the driver `docker`, unless the engine keeps images in containerd.
    package static func needsEngine() async throws -> Bool {
        guard let builder = try await output(of: "docker", ["buildx", "inspect"]) else { return false }
        let driver = builder.split(separator: "\n").first { $0.hasPrefix("Driver:") }?.dropFirst("Driver:".count)
        guard driver?.trimmed == "docker" else { return false }
        // Where the engine does not answer, the build will say so.
        let store = try await output(of: "docker", ["info", "--format", "{{.DriverStatus}}"])
        return store.map { !$0.contains("io.containerd.snapshotter") } ?? false
    }

    /// What a program says; nil where it is not there, or fails.
    private static func output(of program: String, _ arguments: [String]) async throws -> String? {
        do {
            let result = try await Program(program, arguments).run(deadline: .now + patience)
            return result.isSuccess ? result.text : nil
        } catch is ProgramError {
            return nil
        }
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return text
    }
}
