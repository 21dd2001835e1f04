import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// What needs no git data never starts libgit2, which reads all certificate authorities of the machine when it starts.
@Suite struct StartUpTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let startsLibgit2: Bool

        var testDescription: String { arguments.joined(separator: " ") }

        static let all =
            [
                "--help", "--version", "help push", "version --help", "config show", "config check", "config schema",
                "template list", "bump patch -C ../plain", "list oci:../build", "inspect oci:../build:app",
                "copy oci:../build:app oci:../other:app", "label oci:../build:app a=b --dry-run",
                "delete oci:../build:app --dry-run", "verify --evidence registry --image oci:../build",
                "logout registry.example.com", "doctor --help",
            ].map { Case(arguments: $0.split(separator: " ").map(String.init), startsLibgit2: false) }
            // What shows that a start is noticed.
            + ["version", "tags", "labels", "bump patch"].map { text in
                Case(arguments: text.split(separator: " ").map(String.init), startsLibgit2: true)
            }
    }

    /// Stands in for the function that starts the library, writes that it was called, and calls it.
    private static let witness = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <fcntl.h>
        #include <stdlib.h>
        #include <unistd.h>
        int git_libgit2_init(void) {
            int file = open(getenv("LIBGIT2_STARTS"), O_WRONLY | O_CREAT | O_APPEND, 0600);
            if (write(file, "started\\n", 8) != 8) abort();
            close(file);
            return ((int (*)(void))dlsym(RTLD_NEXT, "git_libgit2_init"))();
        }
        """

    @Test(arguments: Case.all)
    func libgit2(_ test: Case) async throws {
        try await Checkout.with { checkout in
            try await checkout.makeImage()
            _ = try checkout.root.write("plain/VERSION", "1.0.0\n")
            let source = try checkout.root.write("witness.c", Self.witness)
            let library = checkout.root.appending("witness.so")
            try await run("clang", ["-shared", "-fPIC", "-o", library.string, source.string]).requireSuccess()
            let starts = checkout.root.appending("starts")
            let result = try await checkout.tagboat(
                test.arguments,
                environment: ["LD_PRELOAD": library.string, "LIBGIT2_STARTS": starts.string]
            )
            #expect(result.exitCode == 0, "\(result.standardError)")
            #expect(FileManager.default.fileExists(atPath: starts.string) == test.startsLibgit2)
        }
    }
}
