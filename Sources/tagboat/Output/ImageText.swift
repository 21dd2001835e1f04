import OCI
import Registry
import Release

/// One image as people read it: how it is run, its labels, its layers.
struct ImageText {
    let style: Style
    let isWide: Bool

    func body(_ image: ImageInspection.Image) -> [String] {
        var lines: [String] = []
        let facts = facts(image)
        if !facts.isEmpty { lines += [""] + facts }
        lines += section("labels", PairText.lines(image.configuration?.labels ?? [:], indent: "  ", style: style))
        lines += section("annotations", PairText.lines(image.manifest.annotations ?? [:], indent: "  ", style: style))
        lines += section(layerTitle(image), layers(image))
        return lines
    }

    // MARK: Configuration

    private func facts(_ image: ImageInspection.Image) -> [String] {
        guard let configuration = image.configuration else {
            let config = image.manifest.config
            return fact("config", "\(config.digest.abbreviated)  \(ByteCount.text(config.size))")
                + fact("config type", config.mediaType.rawValue)
        }
        let run = configuration.execution
        return fact("created", configuration.created)
            + fact("author", configuration.author)
            + fact("system", configuration.osVersion)
            + fact("entrypoint", command(run.entrypoint))
            + fact("command", command(run.command))
            + fact("user", run.user)
            + fact("folder", run.workingDirectory)
            + list("environment", run.environment)
            + list("ports", run.ports, separator: ", ")
            + list("volumes", run.volumes, separator: ", ")
            + fact("stop signal", run.stopSignal)
            + fact("health", command(run.healthCheck))
            + fact("shell", command(run.shell))
            + list("on build", run.onBuild)
    }

    private static let keyWidth = 13

    private func fact(_ key: String, _ value: String?) -> [String] {
        guard let value, !value.isEmpty else { return [] }
        return [style.faint(key.padded(to: Self.keyWidth)) + PrintableText.escaped(value)]
    }

    /// Values below each other, or in lines of several.
    private func list(_ key: String, _ values: [String], separator: String? = nil) -> [String] {
        guard !values.isEmpty else { return [] }
        let escaped = values.map(PrintableText.escaped)
        let width = WrappedText.width - Self.keyWidth
        let lines = separator.map { WrappedText.lines(escaped, separator: $0, width: width) } ?? escaped
        return lines.enumerated().map { index, line in
            style.faint((index == 0 ? key : "").padded(to: Self.keyWidth)) + line
        }
    }

    /// A command as a shell would take it.
    private func command(_ words: [String]) -> String? {
        words.isEmpty ? nil : words.map { ShellWord.quote(PrintableText.escaped($0)) }.joined(separator: " ")
    }

    // MARK: Layers

    private func layerTitle(_ image: ImageInspection.Image) -> String {
        let count = image.manifest.layers.count
        return "\(count) layer\(count == 1 ? "" : "s"), \(ByteCount.text(image.size)) with the configuration"
    }

    private func layers(_ image: ImageInspection.Image) -> [String] {
        let sizes = image.layers.map { ByteCount.text($0.layer.size) }
        let width = sizes.map(\.count).max() ?? 0
        return zip(image.layers, sizes).map { layer, size in
            let start = "  \(layer.layer.digest.abbreviated)  \(size.paddedLeft(to: width))"
            let step = step(layer)
            guard !step.isEmpty else { return start }
            let room = isWide ? Int.max : WrappedText.width - start.count - 2
            return start + "  " + WrappedText.cut(step, to: room)
        }
    }

    /// The command that made a layer; of an artifact's part its name or its type.
    private func step(_ layer: LayerHistory) -> String {
        if let command = layer.step?.createdBy, !command.isEmpty { return plain(PrintableText.line(command)) }
        let title = layer.layer.annotations?["org.opencontainers.image.title"]
        return PrintableText.line(title ?? layer.step?.comment ?? layer.layer.mediaType.rawValue)
    }

    /// The command without what builders put around it.
    private func plain(_ command: String) -> String {
        var command = command[...]
        for shell in ["/bin/sh -c #(nop) ", "/bin/sh -c "] where command.hasPrefix(shell) {
            command = command.dropFirst(shell.count)
        }
        if command.hasSuffix(" # buildkit") { command = command.dropLast(" # buildkit".count) }
        return String(command.drop { $0 == " " })
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", style.strong(title)] + lines
    }
}
