import FoundationEssentials
import SystemPackage
import TestSupport

/// A shell in a folder of its own, in which the steps of a page are run one after the other.
struct Session: Sendable {
    /// A step that did not come out as the page says.
    struct Failure: Sendable, CustomStringConvertible {
        let description: String
        /// What would make the page true; nil where that is for a person to find.
        var correction: Correction?
    }

    /// Lines of the page, counted from 1, and what was printed in their place.
    struct Correction: Sendable {
        let lines: Range<Int>
        let printed: [String]
    }

    let page: Page
    /// The page as it was written, which tells what it mentions.
    let text: String

    /// Puts what was printed into a page.
    static func corrected(_ text: String, by corrections: [Correction]) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for correction in corrections.sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound }) {
            lines.replaceSubrange(
                correction.lines.lowerBound - 1..<correction.lines.upperBound - 1,
                with: correction.printed
            )
        }
        return lines.joined(separator: "\n")
    }

    /// Runs every step.
    ///
    /// - Returns: what came out otherwise, with file and line.
    func run() async throws -> [Failure] {
        let steps = try page.steps()
        guard !steps.isEmpty else { return [] }
        return try await ExampleHosts.withRegistries(mentionedIn: text, behaviours: page.registries) { servers in
            guard !servers.isEmpty else { return try await run(steps, variables: [:]) }
            return try await withNginx(hosts: servers) { nginx in
                let routes = servers.keys.flatMap { host in
                    ["443", "5000"].map { ("\(host):\($0)", nginx.address) }
                }
                return try await withConnectProxy(routes: Dictionary(uniqueKeysWithValues: routes)) { proxy in
                    try await run(
                        steps,
                        variables: [
                            "HTTPS_PROXY": "http://\(proxy.address)",
                            "SSL_CERT_FILE": nginx.certificateAuthority.string,
                        ]
                    )
                }
            }
        }
    }

    private func run(_ steps: [Step], variables: [String: String]) async throws -> [Failure] {
        try await withTemporaryDirectory { sandbox in
            let home = try sandbox.makeDirectory("home/ada")
            let work = try sandbox.makeDirectory("home/ada/work")
            let record = try sandbox.makeDirectory("record")
            let programs = try sandbox.makeDirectory("bin")
            try FileManager.default.createSymbolicLink(
                atPath: programs.appending("tagboat").string,
                withDestinationPath: Program.path
            )
            let tests = FilePath(#filePath).removingLastComponent()
            var script = ". '\(tests)/session.sh'\n"
            for (number, step) in steps.enumerated() {
                try record.write(
                    "\(number).sh",
                    step.expectation.isSuccess ? "set -e\n\(step.commands)\nset +e\n" : step.commands
                )
                try record.write("\(number).content", step.content)
                script += "step \(number)\n"
                script += "(exit \"$status\"); . \"$RECORD/\(number).sh\" >\"$RECORD/\(number).out\" 2>&1 </dev/null\n"
                script += "status=$?; echo \"$status\" >\"$RECORD/\(number).status\"\n"
            }
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            var environment = variables
            environment["PATH"] = "\(programs):\(tests)/StandIns:\(path)"
            environment["HOME"] = home.string
            environment["RECORD"] = record.string
            environment["SANDBOX"] = sandbox.string
            environment["SOURCE"] = Program.source.string
            let result = try await TestSupport.run(
                "env",
                ["-i"] + environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    + ["bash", "--norc", "-c", script],
                in: work,
                timeLimit: .seconds(300)
            )
            return try failures(of: steps, in: record, sandbox: sandbox, rest: result.standardError)
        }
    }

    private func failures(of steps: [Step], in record: FilePath, sandbox: FilePath, rest: String) throws -> [Failure] {
        var failures: [Failure] = []
        for (number, step) in steps.enumerated() {
            let place = "\(page.path):\(step.line)"
            guard let text = try? record.appending("\(number).status").readText(),
                let status = Int(text.filter { $0 != "\n" })
            else {
                failures.append(Failure(description: "\(place): not reached\n\(rest)"))
                break
            }
            let output = try record.appending("\(number).out").readText().replacing(sandbox.string, with: "")
            var printed = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            while printed.last == "" { printed.removeLast() }
            switch step.expectation {
            case .success:
                guard status != 0 else { continue }
                failures.append(
                    Failure(description: "\(place): exit code \(status) from\n\(step.commands)\n\(output)")
                )
            case .output(let shown, let mayFail):
                if !Elision.matches(shown, printed) {
                    let difference = Elision.difference(shown, printed)
                    let first = step.line + step.commands.split(separator: "\n", omittingEmptySubsequences: false).count
                    failures.append(
                        Failure(
                            description:
                                "\(place): $ \(step.commands)\nprints (+), the page says (-):\n\(difference)",
                            correction: Correction(lines: first..<first + shown.count, printed: printed)
                        )
                    )
                } else if status != 0, !mayFail {
                    failures.append(
                        Failure(
                            description:
                                "\(place): $ \(step.commands)\nends with exit code \(status); the page does not say so"
                        )
                    )
                }
            }
        }
        return failures
    }
}

extension Step.Expectation {
    var isSuccess: Bool {
        if case .success = self { return true }
        return false
    }
}
