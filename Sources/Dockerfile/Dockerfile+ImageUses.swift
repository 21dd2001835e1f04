extension Dockerfile {
    /// A place where the file names an image, rather than one of its stages.
    package struct ImageUse: Sendable {
        /// What the image is for.
        package enum Role: Hashable, Sendable {
            /// What a stage starts from; the stage's place among the stages.
            case base(stage: Int)
            /// What files are taken from: `COPY --from=` and `RUN --mount=…,from=`.
            case source
            /// What builds the file: `# syntax=`.
            case frontend
        }

        package let role: Role
        /// The image as written.
        package let source: SourceText
        /// The image with the values of variables, or why nobody can tell.
        package let reference: Result<String, DockerfileError>
    }

    /// The images that the file names, in its order.
    ///
    /// - Parameters:
    ///   - arguments: the build arguments that are given, as with `docker build --build-arg`.
    ///   - target: the stage that the build ends with; nil for the final one.
    /// - Returns: each place, also where the variables in it have no value.
    package func imageUses(arguments: [String: String] = [:], target: Stage? = nil) -> [ImageUse] {
        let scope = scope(arguments, target: target ?? finalStage)
        var uses: [ImageUse] = []
        if let frontend { uses.append(ImageUse(role: .frontend, source: frontend, reference: .success(frontend.text))) }
        var bases = stages[...]
        for instruction in instructions {
            if instruction.keyword == "FROM" {
                if let use = bases.popFirst().flatMap({ baseUse(of: $0, in: scope) }) { uses.append(use) }
            } else {
                uses += instruction.sources.compactMap { sourceUse($0, in: instruction) }
            }
        }
        return uses
    }

    /// A stage and the stages that it builds on, the nearest first.
    ///
    /// Where the variables of a `FROM` have no value the row ends.
    ///
    /// - Parameters:
    ///   - stage: a stage of this file.
    ///   - arguments: the build arguments that are given.
    /// - Returns: the stages; at least the one.
    package func lineage(of stage: Stage, arguments: [String: String] = [:]) -> [Stage] {
        let scope = scope(arguments, target: stage)
        var lineage = [stage]
        while let last = lineage.last, let reference = try? baseReference(of: last, in: scope),
            let earlier = self.stage(named: reference, before: last)
        {
            lineage.append(earlier)
        }
        return lineage
    }

    private func baseUse(of stage: Stage, in scope: GlobalScope) -> ImageUse? {
        do {
            let reference = try baseReference(of: stage, in: scope)
            guard self.stage(named: reference, before: stage) == nil, reference != "scratch" else { return nil }
            return ImageUse(role: .base(stage: stage.index), source: stage.base, reference: .success(reference))
        } catch {
            let failure = DockerfileError(error, path: path)
            return ImageUse(role: .base(stage: stage.index), source: stage.base, reference: .failure(failure))
        }
    }

    private func sourceUse(_ source: SourceText, in instruction: Instruction) -> ImageUse? {
        let text = source.text
        guard text != "scratch", stage(providing: source, for: instruction) == nil else { return nil }
        // A bare word behind ONBUILD names a stage of the file that is built later.
        if instruction.isTrigger, !text.contains(where: { ":/@".contains($0) }) { return nil }
        var problem: String?
        if text.firstIndex(of: "$").map({ text.index(after: $0) < text.endIndex }) ?? false {
            problem = "\(text) has a variable, which only FROM may have; expected an image, or a stage FROM \(text)"
        } else if instruction.keyword == "COPY", Int(text) != nil {
            problem = "there is no stage \(text); the file has \(stages.count), counted from 0"
        }
        let failure = problem.map { DockerfileError(SyntaxError(line: source.line, problem: $0), path: path) }
        return ImageUse(role: .source, source: source, reference: failure.map { .failure($0) } ?? .success(text))
    }
}
