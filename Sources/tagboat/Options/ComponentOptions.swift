import ArgumentParser

/// The option that says which component of a monorepo is meant.
struct ComponentOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The component of a monorepo (default: the one of the current folder).", valueName: "name")
    )
    var component: String?

    func add(to flags: inout FlagConfiguration) {
        flags.set("component", component, flag: "--component")
    }
}
