import Testing

@testable import Changes

/// Which component has a path.
@Suite struct ComponentMapTests {
    struct Case: CustomTestStringConvertible {
        let path: String
        let owners: [String]

        var testDescription: String { path }
    }

    @Test(arguments: [
        Case(path: "ui/main.swift", owners: ["ui"]),
        // A name that only begins alike is another folder.
        Case(path: "ui-kit/main.swift", owners: []),
        // The longer path wins: a component inside of another one.
        Case(path: "services/api/plugins/auth/x", owners: ["auth"]),
        Case(path: "services/api/plugins/other/x", owners: ["api"]),
        // A path letter by letter before one with a wildcard.
        Case(path: "services/api/main.go", owners: ["api"]),
        Case(path: "services/billing/main.go", owners: ["services"]),
        Case(path: "services/README", owners: ["services"]),
        // Excluded by name, anywhere in the component, and by path.
        Case(path: "ui/docs/deep/guide.md", owners: []),
        Case(path: "ui/testdata/x", owners: []),
        Case(path: "ui/src/testdata/x", owners: []),
        Case(path: "ui/src/generated/x", owners: []),
        Case(path: "ui/generated/x", owners: ["ui"]),
        // A file of its own, and the folder itself, as a submodule has it.
        Case(path: "ui.toml", owners: ["ui"]),
        Case(path: "services/api", owners: ["api"]),
        // Shared with all, with some, and with none; they too go by the longest path.
        Case(path: "proto/user.proto", owners: ["ui", "api", "auth", "services"]),
        Case(path: "ui/user.proto", owners: ["ui", "api", "auth", "services"]),
        Case(path: "libs/net/x", owners: ["ui", "auth"]),
        Case(path: "services/api/CHANGELOG.md", owners: []),
        Case(path: "README.md", owners: []),
    ])
    func theLongestPathWins(_ item: Case) throws {
        let map = try ComponentMap(
            [
                component("ui", ["ui", "ui.toml"], excludes: ["*.md", "testdata", "ui/src/generated"]),
                component("api", ["./services/api/"]),
                component("auth", ["services/api/plugins/auth"]),
                component("services", ["services/*"]),
            ],
            shared: [
                SharedPaths(try PathPattern("**/*.proto"), for: .all),
                SharedPaths(try PathPattern("libs/n?t"), for: .only(["auth", "ui"])),
                SharedPaths(try PathPattern("services/api/CHANGELOG.md"), for: .none),
            ]
        )
        #expect(map.components(of: item.path).map(\.name) == item.owners)
    }

    @Test func whatIsExcludedBelongsToTheFolderAbove() throws {
        let map = try ComponentMap([
            component("all", ["app"]), component("ui", ["app/ui"], excludes: ["*.md"]),
        ])
        #expect(map.components(of: "app/ui/x.md").map(\.name) == ["all"])
        #expect(map.components(of: "app/ui/x.c").map(\.name) == ["ui"])
    }

    @Test func theSamePathCountsForBoth() throws {
        let map = try ComponentMap([component("image", ["app"]), component("chart", ["app"])])
        #expect(map.components(of: "app/x").map(\.name) == ["image", "chart"])
    }

    @Test func theRootHasTheRest() throws {
        let map = try ComponentMap(
            [component("ui", ["ui"]), component("main", [], isRoot: true)],
            shared: [SharedPaths(try PathPattern(".github"), for: .none)]
        )
        #expect(map.components(of: "README.md").map(\.name) == ["main"])
        #expect(map.components(of: "ui/x").map(\.name) == ["ui"])
        #expect(map.components(of: ".github/workflows/x").isEmpty)
    }

    @Test(arguments: [".", "", "**"])
    func aPathForEverything(_ pattern: String) throws {
        let map = try ComponentMap([component("main", [pattern]), component("ui", ["ui"])])
        #expect(map.components(of: "x").map(\.name) == ["main"])
        #expect(map.components(of: "a/b/c").map(\.name) == ["main"])
    }

    @Test(arguments: ["/ui", "../ui", "a//b", "a/./b", "a/..", "a/../b"])
    func aPathOutsideOfTheRepositoryIsRefused(_ pattern: String) {
        #expect(throws: ComponentError.self) { _ = try PathPattern(pattern) }
    }

    @Test func questionMarksStandForCharacters() throws {
        #expect(try PathPattern("caf?").fit(names("café")) != nil)
        #expect(try PathPattern("caf?").fit(names("caf")) == nil)
        #expect(try PathPattern("*a*b").fit(names("xaab")) != nil)
        #expect(try PathPattern("*a*b").fit(names("xaabc")) == nil)
        #expect(try PathPattern("a/**/b").fit(names("a/b/x")) != nil)
        #expect(
            try PathPattern("a/**/b").fit(names("a/1/2/b/x"))
                == PathPattern("a/1/2/b").fit(names("a/1/2/b")).map {
                    PathFit(depth: $0.depth, literals: 2)
                }
        )
    }

    private func names(_ path: String) -> [[UInt8]] { path.split(separator: "/").map { Array($0.utf8) } }
}

/// How components go together.
@Suite struct ComponentOrderTests {
    @Test func dependenciesComeFirst() throws {
        let map = try ComponentMap([
            component("ui", ["ui"], on: ["lib", "theme"]), component("api", ["api"], on: ["lib"]),
            component("theme", ["theme"], on: ["lib"]), component("lib", ["lib"]),
        ])
        #expect(map.order == ["lib", "theme", "ui", "api"])
    }

    @Test func aCycleIsNamed() {
        let components = [
            component("x", ["x"], on: ["a"]), component("a", ["a"], on: ["b"]), component("b", ["b"], on: ["c"]),
            component("c", ["c"], on: ["a"]),
        ]
        #expect(problem(components) == "components depend on each other in a circle: a → b → c → a")
        #expect(
            problem([component("me", ["m"], on: ["me"])]) == "components depend on each other in a circle: me → me"
        )
    }

    @Test func whatCannotBeToldApartIsRefused() {
        #expect(problem([component("a", ["a"]), component("a", ["b"])]) == "the component a stands twice")
        #expect(problem([component("a", ["a"], on: ["nobody"])]) == "a depends on nobody, which is no component")
        #expect(
            problem([component("a", ["a"], prefix: "v"), component("b", ["b"], prefix: "v")])
                == "the components a and b have the same tag prefix \"v\""
        )
        #expect(
            problem([component("a", [], isRoot: true), component("b", [], isRoot: true)])
                == "more than one component is the root: a, b"
        )
        let shared = (try? PathPattern("x")).map { SharedPaths($0, for: .only(["nobody"])) }
        #expect(
            problem([component("a", ["a"])], shared: shared.map { [$0] } ?? [])
                == "x is shared with nobody, which is no component"
        )
    }

    private func problem(_ components: [Component], shared: [SharedPaths] = []) -> String? {
        do {
            _ = try ComponentMap(components, shared: shared)
            return nil
        } catch {
            return error.description
        }
    }
}

/// A component for tests; patterns that are none make one without paths.
func component(
    _ name: String,
    _ paths: [String],
    excludes: [String] = [],
    isRoot: Bool = false,
    prefix: String? = nil,
    on dependencies: [String] = [],
    effect: Component.Effect = .patch
) -> Component {
    Component(
        name: name,
        paths: paths.compactMap { try? PathPattern($0) },
        excludes: excludes.compactMap { try? PathPattern($0) },
        isRoot: isRoot,
        tagPrefix: prefix,
        dependencies: dependencies.map { Component.Dependency($0, effect: effect) }
    )
}
