extension Dockerfile {
    /// The image that a stage is based on, found by its `FROM`.
    package struct BaseImage: Equatable, Sendable {
        /// The image's reference, with the values of variables.
        package let reference: String
        /// The reference as written.
        package let source: SourceText
        /// The platform that `FROM` asks for; nil without one.
        ///
        /// A platform with variables that only the builder knows is given as written: `$BUILDPLATFORM`.
        package let platform: String?
    }

    /// The image that a stage is finally based on.
    ///
    /// A stage that builds on an earlier stage has that one's image.
    ///
    /// - Parameters:
    ///   - stage: a stage of this file.
    ///   - arguments: the build arguments that are given, as with `docker build --build-arg`; the platform
    ///     arguments, such as `TARGETARCH`, are unknown unless they are among them.
    /// - Returns: nil where the stage starts from `scratch`.
    /// - Throws: `DockerfileError` where a variable in the image's reference has no value.
    package func baseImage(
        of stage: Stage,
        arguments: [String: String] = [:]
    ) throws(DockerfileError) -> BaseImage? {
        let scope = scope(arguments, target: stage)
        do {
            return try baseImage(of: stage, in: scope)
        } catch {
            throw DockerfileError(error, path: path)
        }
    }

    private func baseImage(of stage: Stage, in scope: GlobalScope) throws(SyntaxError) -> BaseImage? {
        let reference = try baseReference(of: stage, in: scope)
        if let earlier = self.stage(named: reference, before: stage) { return try baseImage(of: earlier, in: scope) }
        guard reference != "scratch" else { return nil }
        let platform = stage.platform.map { written in (try? expand(written, in: scope)) ?? written.text }
        return BaseImage(reference: reference, source: stage.base, platform: platform)
    }

    /// The image or stage that a stage builds on, with the values of variables.
    func baseReference(of stage: Stage, in scope: GlobalScope) throws(SyntaxError) -> String {
        let reference = try expand(stage.base, in: scope)
        guard !reference.isEmpty else {
            throw SyntaxError(
                line: stage.base.line,
                problem: "the image \(stage.base.text) has no text; expected an image or a stage name"
            )
        }
        return reference
    }

    /// The stage that a `FROM` means; nil where it means an image.
    func stage(named reference: String, before stage: Stage) -> Stage? {
        // BuildKit compares with lower-case names here, and then fails to find an image called Base. A stage is the
        // only thing that such a word can mean, and the classic builder takes it for one.
        stages.prefix(stage.index).last { $0.name == reference.lowercased() }
    }

    /// The variables of a build that ends with a stage.
    func scope(_ arguments: [String: String], target: Stage?) -> GlobalScope {
        GlobalScope(declared: globalArguments, values: arguments, target: target?.name, escape: escape)
    }

    func expand(_ text: SourceText, in scope: GlobalScope) throws(SyntaxError) -> String {
        try ShellWord(parsing: text, escape: escape).expanded(in: scope)
    }
}
