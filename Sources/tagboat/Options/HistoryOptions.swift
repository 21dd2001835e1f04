import ArgumentParser

/// The option that lets a shallow clone be completed.
struct HistoryOptions: ParsableArguments {
    @Flag(help: "Fetch what a shallow clone lacks first, with your own git.") var fetch = false

    func add(to flags: inout FlagConfiguration) {
        if fetch { flags.set("git.fetch", "true", flag: "--fetch") }
    }
}
