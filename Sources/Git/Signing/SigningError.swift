/// Why something could not be signed.
package struct SigningError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Kind: Equatable, Sendable {
        case noKey
        case noKeyPrinted(command: String, words: String)
        case failed(program: String, words: String)
    }

    package let kind: Kind

    init(_ kind: Kind) { self.kind = kind }

    package var description: String {
        switch kind {
        case .noKey: "git's configuration names no SSH key to sign with"
        case .noKeyPrinted(let command, let words):
            "gpg.ssh.defaultKeyCommand, `\(command)`, printed no key" + (words.isEmpty ? "" : ": \(words)")
        case .failed(let program, let words):
            "\(program) did not sign" + (words.isEmpty ? "" : ": \(words)")
        }
    }

    package var hint: String {
        switch kind {
        case .noKey: "set it with `git config user.signingKey KEY`, or go on without with --no-sign"
        case .noKeyPrinted: "run it to see what it prints: the first line must be a public key"
        case .failed: "see that `git commit --gpg-sign` works here, or go on without with --no-sign"
        }
    }
}
