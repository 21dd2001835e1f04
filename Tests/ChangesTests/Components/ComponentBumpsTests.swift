import Testing
import Versioning

@testable import Changes

/// Dependents are released with what they depend on.
@Suite struct ComponentBumpsTests {
    private func bumps(
        _ components: [Component],
        _ levels: [String: BumpLevel]
    ) throws -> [String] {
        ComponentBumps(try ComponentMap(components), levels: levels).bumps.map { bump in
            "\(bump.component.name) \(bump.level.rawValue)" + (bump.reason.map { ": \($0)" } ?? "")
        }
    }

    @Test func whatIsUntouchedStays() throws {
        let bumps = try bumps([component("ui", ["ui"]), component("api", ["api"])], ["api": .minor])
        #expect(bumps == ["api minor"])
    }

    @Test func aDependentIsPatched() throws {
        let bumps = try bumps(
            [component("ui", ["ui"], on: ["lib"]), component("lib", ["lib"])],
            ["lib": .major]
        )
        #expect(bumps == ["lib major", "ui patch: patch, because lib is released"])
    }

    @Test func andSoOnToWhatDependsOnThat() throws {
        let bumps = try bumps(
            [
                component("app", ["app"], on: ["ui"], effect: .same),
                component("ui", ["ui"], on: ["lib"], effect: .same), component("lib", ["lib"]),
            ],
            ["lib": .minor]
        )
        #expect(
            bumps == [
                "lib minor", "ui minor: minor, because lib is released", "app minor: minor, because ui is released",
            ]
        )
    }

    @Test func aDependencyMayHaveNoEffect() throws {
        let components = [component("ui", ["ui"], on: ["lib"], effect: .none), component("lib", ["lib"])]
        #expect(try bumps(components, ["lib": .minor]) == ["lib minor"])
        // It is still released first.
        #expect(try bumps(components, ["lib": .minor, "ui": .patch]) == ["lib minor", "ui patch"])
    }

    @Test func theHigherLevelWins() throws {
        let components = [component("ui", ["ui"], on: ["lib"], effect: .same), component("lib", ["lib"])]
        #expect(
            try bumps(components, ["lib": .major, "ui": .patch])
                == ["lib major", "ui major: major, because lib is released"]
        )
        #expect(try bumps(components, ["lib": .patch, "ui": .minor]) == ["lib patch", "ui minor"])
    }

    @Test func severalCausesAreNamedInOrder() throws {
        let bumps = try bumps(
            [component("ui", ["ui"], on: ["b", "a"]), component("a", ["a"]), component("b", ["b"])],
            ["a": .patch, "b": .patch]
        )
        #expect(bumps.last == "ui patch: patch, because b, a are released")
    }
}
