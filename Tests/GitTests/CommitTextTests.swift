import SystemPackage
import TestSupport
import Testing

@testable import Git

/// Messages and names as they were meant: their encodings, and the mailmap.
@Suite struct CommitTextTests {
    struct Case: CustomTestStringConvertible {
        let encoding: String?
        /// The message and the author's name, as octal escapes of printf.
        let bytes: String
        let text: String

        var testDescription: String { encoding ?? "none" }
    }

    @Test(arguments: [
        Case(encoding: nil, bytes: #"caf\303\251"#, text: "café"),
        Case(encoding: "ISO-8859-1", bytes: #"caf\351"#, text: "café"),
        Case(encoding: "latin1", bytes: #"\374ber"#, text: "über"),
        Case(encoding: "ISO-8859-15", bytes: #"5 \244 \351"#, text: "5 € é"),
        Case(encoding: "windows-1252", bytes: #"5 \200 \223\351\224"#, text: "5 € “é”"),
        // Nothing is known of it: what is no UTF-8 is replaced.
        Case(encoding: nil, bytes: #"caf\351"#, text: "caf\u{FFFD}"),
        Case(encoding: "KOI8-R", bytes: #"caf\351"#, text: "caf\u{FFFD}"),
    ])
    func isDecodedByTheHeader(_ item: Case) async throws {
        try await Sandbox.with { sandbox in
            let tree = try await sandbox.git("write-tree")
            let header = item.encoding.map { "encoding \($0)\\n" } ?? ""
            let person = "\(item.bytes) <a@example.com> 1783675800 +0000"
            let body = "tree \(tree)\\nauthor \(person)\\ncommitter \(person)\\n\(header)\\n\(item.bytes)\\n"
            try await sandbox.shell("git update-ref HEAD $(printf '\(body)' | git hash-object -t commit -w --stdin)")
            let commit = try await sandbox.open().commit(sandbox.id("HEAD"))
            #expect(commit.message == item.text + "\n")
            #expect(commit.author.identity.name == item.text)
        }
    }

    @Test func theMailmapNamesPeople() async throws {
        try await Sandbox.with { sandbox in
            try await sandbox.write(".mailmap", "Ada Lovelace <ada@lovelace.example> <ada@example.com>\n")
            let id = try await sandbox.commitAll("first")
            let expected = try await sandbox.git("log", "-1", "--format=%aN <%aE>")
            for folder in [sandbox.folder.string, "bare"] {
                if folder == "bare" { try await sandbox.git("clone", "-q", "--bare", "app", "bare", in: sandbox.root) }
                let author = try await sandbox.open(sandbox.root.appending(folder == "bare" ? "bare" : "app"))
                    .commit(id).author.identity
                #expect("\(author.name) <\(author.email)>" == expected)
            }
            #expect(expected == "Ada Lovelace <ada@lovelace.example>")
        }
    }

    // Swift keeps short texts elsewhere than long ones, and libgit2 hands back what it was given.
    @Test func namesOfEveryLengthAreRead() async throws {
        try await Sandbox.with { sandbox in
            let tree = try await sandbox.git("write-tree")
            let lengths = 1...80
            let ids = try await sandbox.shell(
                """
                name=; for n in $(seq \(lengths.upperBound)); do name=${name}n
                person="$name <$name@example.com> 1783675800 +0000"
                printf 'tree \(tree)\nauthor %s\ncommitter %s\n\ntext\n' "$person" "$person" |
                git hash-object -t commit -w --stdin; done
                """
            ).split(separator: "\n")
            try #require(ids.count == lengths.count)
            let repository = try sandbox.open()
            for (length, hex) in zip(lengths, ids) {
                let name = String(repeating: "n", count: length)
                let commit = try await repository.commit(#require(CommitID(hex: String(hex))))
                #expect(commit.author.identity == Identity(name: name, email: "\(name)@example.com"))
                #expect(commit.committer.identity == commit.author.identity)
            }
        }
    }
}

/// `safe.directory` by git's rules (git-config(1)).
@Suite struct SafeDirectoriesTests {
    struct Case: CustomTestStringConvertible {
        let values: [String]
        let isTrusted: Bool

        var testDescription: String { values.joined(separator: " ") }
    }

    @Test(arguments: [
        Case(values: [], isTrusted: false),
        Case(values: ["*"], isTrusted: true),
        Case(values: ["/builds/acme/app"], isTrusted: true),
        Case(values: ["/builds/acme/app/"], isTrusted: true),
        Case(values: ["/builds/acme"], isTrusted: false),
        Case(values: ["/builds/*"], isTrusted: true),
        Case(values: ["/other/*", "/builds/acme/application"], isTrusted: false),
        // An empty value takes back what stands before it.
        Case(values: ["*", ""], isTrusted: false),
        Case(values: ["*", "", "/builds/acme/app"], isTrusted: true),
        Case(values: ["~/acme/app"], isTrusted: true),
    ])
    func theListIsReadInOrder(_ item: Case) {
        #expect(
            SafeDirectories.isTrusted("/builds/acme/app", by: item.values, home: "/builds") == item.isTrusted
        )
    }

    @Test func variablesCount() {
        let environment = GitEnvironment([
            "GIT_CONFIG_COUNT": "3", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "/a",
            "GIT_CONFIG_KEY_1": "user.name", "GIT_CONFIG_VALUE_1": "Ada", "GIT_CONFIG_KEY_2": "Safe.Directory",
            "GIT_CONFIG_VALUE_2": "/b",
        ])
        #expect(environment.values(of: "safe.directory") == ["/a", "/b"])
        #expect(GitEnvironment(["GIT_CONFIG_COUNT": "-1"]).values(of: "safe.directory").isEmpty)
    }
}
