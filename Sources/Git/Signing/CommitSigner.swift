import FoundationEssentials

/// The program that signs commits and tags, run as git 2.39 runs it (gpg-interface.c).
package struct CommitSigner: Sendable {
    package enum Format: String, Sendable {
        case openpgp, ssh, x509

        /// The program where the configuration names none.
        var program: String {
            switch self {
            case .openpgp: "gpg"
            case .x509: "gpgsm"
            case .ssh: "ssh-keygen"
            }
        }
    }

    package let format: Format
    let program: String
    /// `user.signingKey`, or who commits; nil where a command tells it.
    let key: String?
    /// `gpg.ssh.defaultKeyCommand`.
    let keyCommand: String?
    /// Where the program runs.
    let folder: String
    let home: String?
    let environment: [String: String?]
    let deadline: ContinuousClock.Instant?

    /// Signs the content of a commit or tag object.
    ///
    /// - Parameter content: the object without its signature.
    /// - Returns: the signature in its armour, with line feeds alone at line ends.
    /// - Throws: `SigningError` with what the program said; `ProgramError`.
    package func signature(of content: [UInt8]) async throws -> String {
        let signature =
            switch format {
            case .openpgp, .x509: try await gpgSignature(of: content)
            case .ssh: try await sshSignature(of: content)
            }
        return String(decoding: signature.filter { $0 != 0x0D }, as: UTF8.self)
    }

    private func gpgSignature(of content: [UInt8]) async throws -> [UInt8] {
        let result = try await run(program, ["--status-fd=2", "-bsau", key ?? ""], content)
        let isSigned = result.errors.split(separator: "\n").contains { $0.hasPrefix("[GNUPG:] SIG_CREATED ") }
        guard result.isSuccess, isSigned else {
            throw SigningError(.failed(program: program, words: Self.words(result.errors)))
        }
        return result.output
    }

    private func sshSignature(of content: [UInt8]) async throws -> [UInt8] {
        let key: String
        if let given = self.key { key = given } else { key = try await commandKey() }
        return try await withScratchFolder { scratch in
            let message = scratch + "/buffer"
            try Self.write(content, to: message)
            var keyFile = key
            if let literal = Self.literalKey(key) {
                keyFile = scratch + "/key"
                try Self.write(Array(literal.utf8), to: keyFile)
            } else if key.hasPrefix("~/"), let home {
                keyFile = home + key.dropFirst(1)
            }
            let result = try await run(program, ["-Y", "sign", "-n", "git", "-f", keyFile, message])
            guard result.isSuccess, let signature = FileManager.default.contents(atPath: message + ".sig") else {
                throw SigningError(.failed(program: program, words: Self.words(result.errors)))
            }
            return Array(signature)
        }
    }

    /// The first key that `gpg.ssh.defaultKeyCommand` prints.
    private func commandKey() async throws -> String {
        let words = CommandLineWords.split(keyCommand ?? "")
        guard let name = words.first else { throw SigningError(.noKey) }
        let result = try await run(name, Array(words.dropFirst()))
        let line = String(result.text.prefix { !$0.isNewline })
        guard result.isSuccess, Self.literalKey(line) != nil else {
            throw SigningError(.noKeyPrinted(command: keyCommand ?? "", words: Self.words(result.errors)))
        }
        return line
    }

    private func run(_ name: String, _ arguments: [String], _ input: [UInt8] = []) async throws -> ProgramResult {
        let program = Program(name, arguments, environment: environment, folder: folder, input: input)
        return try await program.run(deadline: deadline)
    }

    /// A key that is written out in place of a file that holds it.
    private static func literalKey(_ key: String) -> String? {
        if key.hasPrefix("key::") { return String(key.dropFirst("key::".count)) }
        return key.hasPrefix("ssh-") ? key : nil
    }

    /// What a program said, without the lines that are for programs.
    private static func words(_ text: String) -> String {
        text.split(separator: "\n").filter { !$0.hasPrefix("[GNUPG:]") }.joined(separator: "; ")
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    private func withScratchFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let name = "tagboat-signature-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let path = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try await body(path)
    }
}
