import FoundationEssentials
import SystemPackage
import TestSupport

/// A git checkout with an image of it, in which the built program is run and its memory is watched.
struct FaultCheckout: Sendable {
    /// What a run came to.
    struct Run: Sendable {
        let result: CommandResult
        /// The most memory that the program had at any time, in KiB.
        let peak: Int
    }

    let root: FilePath

    private var folder: FilePath { root.appending("app") }

    /// The program beside the test bundle.
    private static var program: FilePath {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? executable
        return FilePath(bundle).removingLastComponent().appending("tagboat")
    }

    private var environment: [String: String?] {
        var variables: [String: String?] = [
            "HOME": root.string, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Ada",
            "GIT_AUTHOR_EMAIL": "ada@example.com", "GIT_COMMITTER_NAME": "Ada",
            "GIT_COMMITTER_EMAIL": "ada@example.com",
        ]
        for name in [
            "XDG_RUNTIME_DIR", "DOCKER_CONFIG", "DOCKER_AUTH_CONFIG", "REGISTRY_AUTH_FILE", "CI", "GITHUB_ACTIONS",
        ] {
            variables[name] = .some(nil)
        }
        return variables
    }

    /// Makes a checkout of version 1.0.0 with an image that was built from it.
    static func with(_ body: @Sendable (FaultCheckout) async throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let checkout = FaultCheckout(root: root)
            try root.write("app/VERSION", "1.0.0\n")
            let script = "git init -q -b main && git add --all && git commit -q -m first"
            try await TestSupport.run("sh", ["-c", script], in: checkout.folder, environment: checkout.environment)
                .requireSuccess()
            let labels = try await TestSupport.run(
                program.string,
                ["labels", "--format", "json", "--quiet"],
                in: checkout.folder,
                environment: checkout.environment
            ).requireSuccess().standardOutput
            try ImageFixture.write(
                to: root.appending("build"),
                name: "app",
                labels: try JSONDecoder().decode([String: String].self, from: Data(labels.utf8))
            )
            try await body(checkout)
        }
    }

    /// Runs the program as the user of the bench.
    ///
    /// - Parameters:
    ///   - registry: the address that the password is for.
    ///   - arguments: the arguments.
    /// - Returns: the output, the exit code and the memory.
    /// - Throws: `CommandError` if it does not end within half a minute.
    func tagboat(as registry: String, _ arguments: String...) async throws -> Run {
        let name = String(UInt64.random(in: .min ... .max), radix: 36)
        let peak = root.appending("peak-\(name)")
        let login =
            #"{"auths":{"\#(registry)":{"username":"\#(FaultBench.user)","password":"\#(FaultBench.password)"}}}"#
        let authfile = try root.write("auth-\(name).json", login)
        let result = try await FaultGate.programs.run {
            try await TestSupport.run(
                "sh",
                ["-c", Self.watch, peak.string, Self.program.string] + arguments + ["--authfile", authfile.string],
                in: folder,
                environment: environment,
                timeLimit: .seconds(120)
            )
        }
        return Run(result: result, peak: Int(try peak.readText().filter { $0.isNumber }) ?? Int.max)
    }

    /// Writes the high-water mark of a program's resident memory to the file `$0` (proc(5), `VmHWM`).
    private static let watch = """
        "$@" &
        peak=0
        state=R
        while [ "$state" != Z ] && [ -r /proc/$!/status ]; do
            while read -r key value _; do
                case $key in State:) state=$value ;; VmHWM:) peak=$value ;; esac
            done < /proc/$!/status
            sleep 0.05
        done
        wait $!
        code=$?
        echo "$peak" > "$0"
        exit "$code"
        """
}
