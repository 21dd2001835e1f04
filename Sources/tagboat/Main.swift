import ArgumentParser

@main
enum Main {
    static func main() async {
        await CommandLineRun.run(Array(CommandLine.arguments.dropFirst()))
    }
}
