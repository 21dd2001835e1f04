/// The files that set a project up, each with what happens to it; nothing that is there is ever changed.
package struct SetupPlan: Equatable, Sendable {
    /// What happens to a file.
    package enum Verdict: Equatable, Sendable {
        case created
        /// It is there, and holds the same.
        case unchanged
        /// It is there, and holds something else.
        case left(reason: String)
    }

    /// One file.
    package struct Step: Equatable, Sendable {
        /// Below the top of the work tree.
        package let path: String
        package let text: String
        package let verdict: Verdict
        /// What else is to be done so that the file counts; nil for nothing.
        package let hint: String?
    }

    package let steps: [Step]

    /// The files to write.
    package var created: [Step] { steps.filter { $0.verdict == .created } }

    /// Plans.
    ///
    /// - Parameters:
    ///   - files: what is to be there, by path below the top of the work tree.
    ///   - pipelines: the pipelines that are to be there.
    ///   - existing: what a file holds; nil where there is none.
    package init(
        files: [(path: String, text: String)],
        pipelines: [(system: PipelineSystem, text: String)],
        existing: (String) -> [UInt8]?
    ) {
        var steps = files.map { path, text in Self.step(path, text, existing) }
        for (system, text) in pipelines { steps.append(Self.step(system, text, existing)) }
        self.steps = steps
    }

    private static func step(
        _ path: String,
        _ text: String,
        _ existing: (String) -> [UInt8]?,
        hint: String? = nil
    ) -> Step {
        guard let bytes = existing(path) else { return Step(path: path, text: text, verdict: .created, hint: hint) }
        if bytes == Array(text.utf8) { return Step(path: path, text: text, verdict: .unchanged, hint: hint) }
        return Step(path: path, text: text, verdict: .left(reason: "it is there already"), hint: nil)
    }

    /// A pipeline goes to its own place, or beside the one that the project has there; where that runs tagboat already,
    /// there is nothing to do.
    private static func step(_ system: PipelineSystem, _ text: String, _ existing: (String) -> [UInt8]?) -> Step {
        let bytes = Array(text.utf8)
        if existing(system.path) == bytes { return step(system.path, text, existing) }
        for path in system.rivals {
            guard let own = existing(path) else { continue }
            if mentionsTagboat(own) {
                return Step(
                    path: path,
                    text: text,
                    verdict: .left(reason: "it is there already, and runs tagboat"),
                    hint: nil
                )
            }
            return step(system.pathBeside, text, existing, hint: system.hint(beside: path))
        }
        return step(system.path, text, existing)
    }

    private static func mentionsTagboat(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains("tagboat")
    }
}
