package import Dockerfile
package import OCI

/// A Dockerfile with the images that it names, ready for the rules.
package struct LintedFile: Sendable {
    package let dockerfile: Dockerfile
    let policy: LintPolicy
    /// The stage that the build ends with.
    let target: Dockerfile.Stage?
    let uses: [Dockerfile.ImageUse]
    let images: [NamedImage]
    let comments: [IgnoreComment]

    /// Reads the images off a file.
    package init(_ dockerfile: Dockerfile, policy: LintPolicy) {
        self.dockerfile = dockerfile
        self.policy = policy
        target = policy.target.flatMap(dockerfile.stage(named:)) ?? dockerfile.finalStage
        uses = dockerfile.imageUses(arguments: policy.arguments, target: target)
        comments = dockerfile.comments.compactMap { IgnoreComment($0, in: dockerfile) }
        let lineage = target.map { dockerfile.lineage(of: $0, arguments: policy.arguments) } ?? []
        let bases = Set(lineage.map(\.index))
        images = uses.compactMap { use in
            guard case .success(let text) = use.reference, let reference = try? ImageReference(parsing: text) else {
                return nil
            }
            var isFinalBase = false
            if case .base(let stage) = use.role { isFinalBase = bases.contains(stage) }
            return NamedImage(use: use, reference: reference, isFinalBase: isFinalBase)
        }
    }

    /// The images that the file names, each with the tag and digest that stand there.
    package var references: [(place: SourcePlace, role: Dockerfile.ImageUse.Role, reference: ImageReference)] {
        images.map { (dockerfile.place(of: $0.use.source.range.lowerBound), $0.use.role, $0.reference) }
    }

    /// What the rules need to know from registries: tags, with the digests that they are pinned to.
    ///
    /// - Parameter pins: whether digests are wanted for images that have none.
    /// - Returns: the tags.
    package func questions(pins: Bool) -> [ImageReference: Set<Digest>] {
        var questions: [ImageReference: Set<Digest>] = [:]
        for image in images {
            guard let tagged = image.tagged else { continue }
            if let digest = image.reference.digest {
                if policy.severity(of: .tagMoved) != .off || policy.severity(of: .tagMissing) != .off {
                    questions[tagged, default: []].insert(digest)
                }
            } else if pins, isWanted(image.pinningRule, at: image.use.source) {
                questions[tagged, default: []].formUnion([])
            }
        }
        return questions
    }

    /// Whether a rule is in force, and no comment lets its findings at a place pass.
    func isWanted(_ rule: LintRule, at text: SourceText) -> Bool {
        policy.severity(of: rule) != .off && ignore(of: rule, atLine: text.line) == nil
    }

    /// The comment that lets findings of a rule in a line pass; nil where there is none.
    func ignore(of rule: LintRule, atLine line: Int) -> Int? {
        comments.firstIndex { $0.lets(rule, passInLine: line) }
    }
}
