import Testing

/// A Dockerfile of a shape that is common in public projects.
struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The image that the final stage is based on; nil for scratch.
    let base: String?
    let platform: String?
    /// The names of its stages, empty without one.
    let stages: [String]
    /// The image of the stage called `build`, where there is one that is not based on scratch.
    let buildBase: String?
    let text: String

    init(
        _ name: String,
        base: String?,
        platform: String? = nil,
        stages: [String] = [""],
        buildBase: String? = nil,
        _ text: String
    ) {
        testDescription = name
        self.base = base
        self.platform = platform
        self.stages = stages
        self.buildBase = buildBase
        self.text = text
    }

    static let all = compiled + interpreted + unusual
}
