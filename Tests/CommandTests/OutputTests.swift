import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// What the commands print that read a checkout: formats, streams and exit codes.
@Suite struct OutputTests {
    @Test func version() async throws {
        try await Checkout.with { checkout in
            let hash = try await checkout.git("rev-parse", "HEAD")
            let tree = try await checkout.git("rev-parse", "HEAD^{tree}")
            let text = try await checkout.tagboat("version")
            #expect(
                text.standardOutput == """
                    version       2.1.106
                    commit        \(hash)
                    short         \(hash.prefix(7))
                    tree          \(tree)
                    branch        main
                    dirty         no
                    date          2026-07-01T09:30:00Z
                    last release  none
                    describe      0.0.0-dev.1+g\(hash.prefix(7))

                    """
            )
            #expect(text.standardError.isEmpty)
            try await checkout.git("tag", "--annotate", "v2.1.105", "--message", "x", at: 1)
            try await checkout.git("checkout", "--quiet", "--detach")
            _ = try checkout.folder.write("VERSION", "2.1.106\n# changed\n")
            let shell = try await checkout.tagboat("version", "--format", "env", "--short-hash-length", "10")
            #expect(
                shell.standardOutput == """
                    TAGBOAT_VERSION=2.1.106
                    TAGBOAT_COMMIT=\(hash)
                    TAGBOAT_COMMIT_SHORT=\(hash.prefix(10))
                    TAGBOAT_BRANCH=''
                    TAGBOAT_DIRTY=true
                    TAGBOAT_COMMIT_DATE=2026-07-01T09:30:00Z
                    TAGBOAT_LAST_RELEASE=2.1.105
                    TAGBOAT_TREE=\(tree)
                    TAGBOAT_DESCRIBE=2.1.105+dirty

                    """
            )
            let json = try await checkout.tagboat("version", "--format", "json").standardOutput
            let value = try JSONDecoder().decode(VersionDocument.self, from: Data(json.utf8))
            let expected = VersionDocument(
                schema: "tagboat.version/1",
                commit: hash,
                branch: nil,
                detached: true,
                dirty: true,
                lastRelease: "2.1.105"
            )
            #expect(value == expected)
        }
    }

    private struct VersionDocument: Decodable, Equatable {
        let schema: String
        let commit: String
        let branch: String?
        let detached: Bool
        let dirty: Bool
        let lastRelease: String?
    }

    @Test func tags() async throws {
        try await Checkout.with { checkout in
            let short = try await checkout.git("rev-parse", "HEAD").prefix(7)
            let text = try await checkout.tagboat("tags")
            #expect(text.standardOutput == "2.1.106\n2.1\n2\nlatest\n\(short)\n20260701\n")
            let epoch = try await checkout.tagboat("tags", environment: ["SOURCE_DATE_EPOCH": "0"])
            #expect(epoch.standardOutput.hasSuffix("\n19700101\n"))
            let some = try await checkout.tagboat("tags", "--tags", "version,latest", "--version", "v3.0.0+b.1")
            #expect(some.standardOutput == "3.0.0_b.1\nlatest\n")
            let json = try await checkout.tagboat("tags", "--format", "json")
            #expect(json.standardOutput.contains("\"class\" : \"moving\""))
        }
    }

    @Test func aCommitAfterTheTaggedReleaseIsASnapshot() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.106")
            let tagged = try await checkout.tagboat("tags")
            #expect(tagged.standardOutput.hasPrefix("2.1.106\n"))
            let hash = try await checkout.commit("next", at: 2)
            let result = try await checkout.tagboat("tags")
            #expect(result.standardOutput == "2.1.107-dev.1.g\(hash.prefix(7))\n\(hash.prefix(7))\n20260702\n")
            #expect(result.standardError.contains("is a snapshot\n"))
            let quiet = try await checkout.tagboat("tags", "--quiet")
            #expect(quiet.standardError.isEmpty && quiet.standardOutput == result.standardOutput)
            let demanded = try await checkout.tagboat("tags", "--release")
            #expect(demanded.standardOutput.hasPrefix("2.1.106\n2.1\n"))
        }
    }

    @Test func aShallowCloneSaysWhatItCannotTell() async throws {
        try await Checkout.with { checkout in
            try await checkout.git("tag", "v2.1.105")
            try await checkout.commit("next", at: 2)
            try await checkout.git("clone", "--quiet", "--depth", "1", "file://\(checkout.folder)", "../shallow")
            let version = try await checkout.tagboat("version", "-C", "../shallow")
            #expect(version.exitCode == 0)
            #expect(version.standardOutput.contains("last release  unknown (shallow clone)\n"))
            #expect(version.standardError.contains("git fetch --unshallow --tags"))
            let tags = try await checkout.tagboat("tags", "-C", "../shallow")
            #expect(tags.standardOutput.hasPrefix("2.1.106\n"))
            #expect(tags.standardError.hasPrefix("warning: this shallow clone has no git tag of 2.1.106"))
            #expect(try await checkout.tagboat("tags", "-C", "../shallow", "--release").standardError.isEmpty)
            // The distance to the last release is not guessed.
            let snapshot = try await checkout.tagboat("tags", "-C", "../shallow", "--snapshot")
            #expect(snapshot.exitCode == 3 && snapshot.standardOutput.isEmpty)
        }
    }

    @Test func labels() async throws {
        try await Checkout.with { checkout in
            let hash = try await checkout.git("rev-parse", "HEAD")
            try await checkout.git("remote", "add", "origin", "https://ada:secret@github.com/acme/ui.git")
            _ = try checkout.folder.write(
                "tagboat.yaml",
                "images: [ghcr.io/acme/gallery-ui]\nlabels: { com.acme.motto: \"it's \\\"so\\\" $HOME `x`\" }\n"
            )
            let text = try await checkout.tagboat("labels")
            #expect(
                text.standardOutput == """
                    com.acme.motto=it's "so" $HOME `x`
                    git-commit=\(hash)
                    org.opencontainers.image.created=2026-07-01T09:30:00Z
                    org.opencontainers.image.ref.name=2.1.106
                    org.opencontainers.image.revision=\(hash)
                    org.opencontainers.image.source=https://github.com/acme/ui
                    org.opencontainers.image.title=gallery-ui
                    org.opencontainers.image.url=https://github.com/acme/ui
                    org.opencontainers.image.version=2.1.106

                    """
            )
            // A shell gets back what went in.
            for (format, expected) in [("docker", "com.acme.motto=it's \"so\" $HOME `x`"), ("env", "")] {
                let output = try await checkout.tagboat("labels", "--format", format).standardOutput
                let script =
                    format == "docker"
                    ? "eval set -- \"$(cat)\"; printf %s \"$2\"" : "eval \"$(cat)\"; printf %s \"$COM_ACME_MOTTO\""
                let shell = try await run(
                    "sh",
                    ["-c", script],
                    input: Array(output.replacing("\n", with: format == "docker" ? " " : "\n").utf8)
                )
                #expect(shell.standardOutput == (expected.isEmpty ? "it's \"so\" $HOME `x`" : expected))
            }
            let file = checkout.folder.appending("labels.json")
            let written = try await checkout.tagboat("labels", "--format", "json", "--output", "labels.json")
            #expect(written.standardOutput.isEmpty && written.exitCode == 0)
            let decoded = try JSONDecoder().decode([String: String].self, from: Data(try file.readBytes()))
            #expect(decoded.count == 9)
            // A pipe is written to and not replaced, as is a device.
            try await run("mkfifo", [checkout.root.appending("pipe").string]).requireSuccess()
            let piped = try await run(
                "sh",
                ["-c", "cat ../pipe & '\(Program.path)' labels --format json --output ../pipe && wait"],
                in: checkout.folder
            )
            #expect(piped.standardOutput.hasPrefix("{\n"))
            let kind = try await run("stat", ["-c", "%F", "../pipe"], in: checkout.folder)
            #expect(kind.standardOutput == "fifo\n")
            #expect(try await checkout.tagboat("labels", "--output", ".").exitCode == 5)
            let failed = try await checkout.tagboat("labels", "--output", "none/labels.json")
            #expect(failed.exitCode == 5)
            #expect(failed.standardError.hasPrefix("error: none/labels.json cannot be written: "))
        }
    }

    @Test func colourIsForTerminalsOnly() async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            let arguments = ["plan", "--from", "oci:../build:app", "--image", "oci:../target"]
            #expect(try await checkout.tagboat(arguments).standardOutput.contains("\u{1B}") == false)
            #expect(
                try await checkout.tagboat(arguments + ["--color", "always"]).standardOutput.contains("\u{1B}[32m")
            )
            // script(1) gives the program a terminal.
            let command = "'\(Program.path)' \(arguments.joined(separator: " "))"
            for (environment, isColored) in [(["NO_COLOR": nil], true), (["NO_COLOR": "1"], false)]
                as [([String: String?], Bool)]
            {
                let result = try await run(
                    "script",
                    ["-qec", command, "/dev/null"],
                    in: checkout.folder,
                    environment: environment.merging(["TERM": "xterm"]) { $1 }
                )
                #expect(result.standardOutput.contains("\u{1B}[32m") == isColored, "\(result)")
            }
        }
    }

    @Test func aReaderThatGoesAwayEndsItQuietly() async throws {
        try await Checkout.with { checkout in
            let result = try await run(
                "sh",
                ["-c", "'\(Program.path)' tags | true; '\(Program.path)' tags > /dev/full"],
                in: checkout.folder
            )
            #expect(result.exitCode == 5)
            #expect(
                result.standardError
                    == "error: the output cannot be written: No space left on device\nhint: check where it goes\n"
            )
        }
    }

    /// docs/commands.md is what --help prints.
    @Test func theCommandReferenceIsUpToDate() async throws {
        let script = Program.source.appending("scripts/write-command-reference.sh").string
        let printed = try await run(script, [Program.path]).requireSuccess().standardOutput
        let written = try Program.source.appending("docs/commands.md").readText()
        #expect(printed == written, "run `make docs`")
    }

    @Test func tellsItsOwnVersion() async throws {
        let version = try Program.source.appending("VERSION").readText()
        #expect(try await run(Program.path, ["--version"]).standardOutput == version)
        let bare = try await run(Program.path, [])
        #expect(bare.exitCode == 0 && bare.standardOutput.contains("SUBCOMMANDS"))
    }
}
