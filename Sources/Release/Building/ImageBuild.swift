import Git
import OCI
import Registry
import SystemPackage
import Tagging

/// One build: a builder's command lines run one after the other, and the image taken out of what they leave.
package struct ImageBuild: Sendable {
    private let builder: Builder
    private let request: BuildRequest
    private let file: AddedFile?

    /// A build that has not begun.
    ///
    /// - Parameters:
    ///   - builder: what builds.
    ///   - request: what it is told.
    ///   - file: a file to add to what it built.
    package init(_ builder: Builder, _ request: BuildRequest, adding file: AddedFile? = nil) {
        self.builder = builder
        self.request = request
        self.file = file
    }

    /// Runs the command lines; what they say goes to standard error as it comes.
    ///
    /// - Parameter announce: told of each command before it starts.
    /// - Throws: `BuilderFailure` for the first that fails, `BuildRefusal`, `ProgramError`.
    package func run(announce: (BuilderCommand) -> Void) async throws {
        for command in try builder.commands(for: request) {
            let program = Program(
                command.program,
                command.arguments,
                environment: command.environment.mapValues { $0 }
            )
            if command.isOptional {
                _ = try await program.run(.kept())
                continue
            }
            announce(command)
            let result = try await program.run(.standardError)
            guard result.isSuccess else { throw BuilderFailure(command, result.ending) }
        }
    }

    /// The image in the folder of the result, with what the builder could not write itself.
    ///
    /// - Returns: the image, in a layout in that folder.
    /// - Throws: `BuilderFailure` where a platform is missing; `RegistryError`, `ManifestError`, `IndexProblem`.
    package func image() async throws -> SourceImage {
        guard case .files(let folder, _) = request.result else {
            throw BuildRefusal("the image is in the engine", hint: "read it from there")
        }
        let layout = OCILayout(FilePath(folder).appending(Builder.layoutFolder))
        var manifest: StoredManifest
        switch builder.form(for: request) {
        case .layout:
            manifest = try layout.manifest(named: nil)
        case .dockerArchive:
            let archive = ArchiveStore(FilePath(folder).appending(Builder.archiveFile), form: .docker(nil))
            manifest = try await archive.manifest(named: nil)
            try await ImageCopy(from: archive, to: layout) { _ in }.copyContent(below: manifest)
            try await layout.put(manifest, as: nil)
        }
        try await check(manifest, in: layout)
        if builder.ordersPlatformsByChance { manifest = try await ordered(manifest, in: layout) }
        manifest = try await edited(manifest, in: layout)
        return SourceImage(store: layout, manifest: manifest)
    }

    private func check(_ manifest: StoredManifest, in layout: OCILayout) async throws {
        let platforms: [Platform]
        switch try manifest.decoded() {
        case .index(let index):
            platforms = index.images.compactMap(\.platform)
        case .image(let image):
            platforms = [try ImageConfiguration(parsing: try await layout.smallBlob(image.config)).platform]
                .compactMap(\.self)
        }
        if let missing = request.platforms.first(where: { wanted in !platforms.contains { $0.satisfies(wanted) } }) {
            throw BuilderFailure(builder, lacks: missing)
        }
    }

    /// The same index in an order that does not depend on which platform was ready first.
    private func ordered(_ manifest: StoredManifest, in layout: OCILayout) async throws -> StoredManifest {
        guard case .index(let index) = try manifest.decoded() else { return manifest }
        let entries = try IndexAssembly.Entry.entries(of: manifest, origin: layout.name)
        let bytes = try IndexAssembly(entries).bytes(annotations: index.annotations ?? [:])
        let ordered = StoredManifest(bytes: bytes, mediaType: .ociIndex, digest: Digest(of: bytes))
        try await layout.put(ordered, as: nil)
        return ordered
    }

    private func edited(_ manifest: StoredManifest, in layout: OCILayout) async throws -> StoredManifest {
        var current = manifest
        var annotations: [String: String?] = [:]
        let level: Annotation.Level = manifest.mediaType.isIndex ? .index : .manifest
        for annotation in request.annotations where annotation.level == level && !builder.writes(annotation) {
            annotations.updateValue(annotation.value, forKey: annotation.key)
        }
        // Annotations of an index are not for the manifests below it.
        let edit = ImageEdit(annotations: level == .manifest ? annotations : [:], file: file)
        if edit != ImageEdit() {
            let relabeling = Relabeling(in: layout)
            let draft = try await relabeling.draft(edit, of: manifest)
            try await relabeling.store(draft)
            current = draft.root
        }
        guard level == .index, !annotations.isEmpty else { return current }
        let bytes = try ImageEdit(annotations: annotations).applied(toManifest: current.bytes, replacing: [:])
        let root = StoredManifest(bytes: bytes, mediaType: current.mediaType, digest: Digest(of: bytes))
        try await layout.put(root, as: nil)
        return root
    }
}
