import Dockerfile
import Linting
import Testing

/// Files of many projects' shapes: their stages, the images that they name, and what the rules say.
@Suite struct ShapeTests {
    @Test(arguments: Shape.all)
    func isReadAndJudged(shape: Shape) throws {
        let dockerfile = try Dockerfile(parsing: Array(shape.text.utf8), path: "Dockerfile")
        #expect(dockerfile.stages.map { $0.name ?? "" } == shape.stages)
        let file = LintedFile(dockerfile, policy: LintPolicy())
        let known = Dictionary(
            file.references.map { ($0.place, "\($0.reference)") },
            uniquingKeysWith: { first, _ in first }
        )
        let images = dockerfile.imageUses().map { use in
            let place = dockerfile.place(of: use.source.range.lowerBound)
            return "\(place.line) \(known[place] ?? "?")"
        }
        #expect(images == shape.images)
        #expect(file.findings().map { "\($0.start.line) \($0.rule.rawValue)" } == shape.findings)
    }

    @Test func thereAreMany() { #expect(Shape.all.count >= 30) }

    /// With every image allowed and every rule off nothing is said of any of them.
    @Test(arguments: Shape.all)
    func nothingIsSaidWithoutRules(shape: Shape) throws {
        let dockerfile = try Dockerfile(parsing: Array(shape.text.utf8), path: "Dockerfile")
        let off = Dictionary(uniqueKeysWithValues: LintRule.allCases.map { ($0, Severity.off) })
        let policy = LintPolicy(severities: off, requiredLabels: ["x"])
        #expect(LintedFile(dockerfile, policy: policy).findings().isEmpty)
    }
}
