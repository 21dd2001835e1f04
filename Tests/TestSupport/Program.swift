import FoundationEssentials
package import SystemPackage

/// The built program, beside the test bundle.
package enum Program {
    /// The path of the program.
    package static var path: String {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? executable
        return FilePath(bundle).removingLastComponent().appending("tagboat").string
    }

    /// The top of the source.
    package static var source: FilePath {
        FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    }
}
