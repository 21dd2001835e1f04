package import SystemPackage

/// A credential helper, a shell script that keeps what it is given in a file.
package struct CredentialProgram: Sendable {
    /// The folder to put into `PATH`.
    package let folder: FilePath
    /// The name without `docker-credential-`.
    package let name: String

    /// Writes a helper that keeps entries, and logs every action with what it was told, without secrets.
    ///
    /// - Parameters:
    ///   - name: the name without `docker-credential-`.
    ///   - folder: where it is put.
    /// - Throws: the failure to write it.
    package init(_ name: String, in folder: FilePath) async throws {
        try await self.init(
            name,
            in: folder,
            script: #"""
                here=$(dirname "$0")
                input=$(cat)
                case $1 in
                store) url=$(printf %s "$input" | sed 's/.*"ServerURL":"\([^"]*\)".*/\1/' | sed 's/\\//g') ;;
                *) url=$input ;;
                esac
                echo "$1 $url" >>"$here/log"
                file="$here/entry-$(printf %s "$url" | tr -c 'a-zA-Z0-9\n' _)"
                case $1 in
                store) printf %s "$input" >"$file" ;;
                get) [ -f "$file" ] && cat "$file" || { echo "credentials not found in native keychain"; exit 1; } ;;
                erase) rm -f "$file" ;;
                esac
                """#
        )
    }

    /// Writes a helper that does what a shell script says.
    ///
    /// - Parameters:
    ///   - name: the name without `docker-credential-`.
    ///   - folder: where it is put.
    ///   - script: the script.
    /// - Throws: the failure to write it.
    package init(_ name: String, in folder: FilePath, script: String) async throws {
        self.folder = folder
        self.name = name
        let file = folder.appending("docker-credential-" + name)
        // Another process writes it: one that was just forked could hold our descriptor, and a program that somebody
        // writes to cannot be run (ETXTBSY).
        try await run(
            "sh",
            ["-c", #"cat >"$0" && chmod 755 "$0""#, file.string],
            input: Array(("#!/bin/sh\n" + script + "\n").utf8)
        ).requireSuccess()
    }

    /// What it was asked to do, one action with its registry a line.
    package var log: [String] {
        ((try? folder.appending("log").readText()) ?? "").split(separator: "\n").map(String.init)
    }
}
