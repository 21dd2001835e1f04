package import Versioning

/// A part of a monorepo that is released by itself: its paths, its git tags, and what it is built from.
package struct Component: Hashable, Sendable {
    package let name: String
    /// What belongs to it.
    package let paths: [PathPattern]
    /// What of that does not; a single name, such as `*.md`, goes for any folder.
    package let excludes: [PathPattern]
    /// Whether it also has what belongs to no other component.
    package let isRoot: Bool
    /// What stands before the version in the name of its git tags.
    package let tagPrefix: String
    /// The components that it is built from.
    package let dependencies: [Dependency]

    /// A component that another one is built from.
    package struct Dependency: Hashable, Sendable {
        package let name: String
        package let effect: Effect

        package init(_ name: String, effect: Effect = .patch) {
            self.name = name
            self.effect = effect
        }
    }

    /// What a release of the dependency does to who depends on it.
    package enum Effect: String, CaseIterable, Sendable {
        /// A patch release.
        case patch
        /// A release of the same level.
        case same
        /// None; it is only released before.
        case none

        /// The level that it asks for.
        package func level(for level: BumpLevel) -> BumpLevel? {
            switch self {
            case .patch: .patch
            case .same: level
            case .none: nil
            }
        }
    }

    package init(
        name: String,
        paths: [PathPattern],
        excludes: [PathPattern] = [],
        isRoot: Bool = false,
        tagPrefix: String? = nil,
        dependencies: [Dependency] = []
    ) {
        self.name = name
        self.paths = paths
        self.excludes = excludes
        self.isRoot = isRoot
        self.tagPrefix = tagPrefix ?? Self.tagPrefix(of: name)
        self.dependencies = dependencies
    }

    /// The prefix of git tags where none is configured: `ui/v`.
    ///
    /// A slash is in no version and no component's name, so that no tag can be read in two ways; `git tag --list
    /// 'ui/*'` and a refspec `refs/tags/ui/*` name the component's tags alone; and it is what Go's modules want.
    package static func tagPrefix(of name: String) -> String { name + "/v" }
}

/// Paths that belong to several components, or to none.
package struct SharedPaths: Hashable, Sendable {
    /// Which components a change there counts for.
    package enum Audience: Hashable, Sendable {
        case all
        case none
        case only([String])
    }

    package let pattern: PathPattern
    package let audience: Audience

    package init(_ pattern: PathPattern, for audience: Audience) {
        self.pattern = pattern
        self.audience = audience
    }
}

/// Why components do not go together.
package struct ComponentError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
    package let hint: String

    package init(_ description: String, hint: String) {
        self.description = description
        self.hint = hint
    }
}
