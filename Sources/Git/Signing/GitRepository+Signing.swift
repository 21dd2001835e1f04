internal import CLibgit2

/// What is signed; each has a key of its own in git's configuration.
package enum SignedObject: Sendable {
    case commit
    case tag

    var key: String {
        switch self {
        case .commit: "commit.gpgSign"
        case .tag: "tag.gpgSign"
        }
    }
}

extension GitRepository {
    /// What signs a commit or tag by git's configuration; nil where nothing does.
    ///
    /// - Parameters:
    ///   - object: what is to be signed.
    ///   - choice: whether to sign, over `commit.gpgSign` and `tag.gpgSign`; nil for what these say.
    ///   - committer: who commits, after whom gpg chooses a key where none is configured.
    ///   - environment: the environment of the process.
    ///   - deadline: when a program that does not answer is stopped; nil for never.
    /// - Returns: the signer.
    /// - Throws: `GitError`, `SigningError`.
    package func signer(
        for object: SignedObject,
        choice: Bool? = nil,
        committer: Signature,
        environment: [String: String],
        deadline: ContinuousClock.Instant? = nil
    ) throws -> CommitSigner? {
        let settings = try unsafe GitSettings.read(of: handle.pointer, environment: environment)
        guard try choice ?? settings.boolean(object.key) ?? false else { return nil }
        let name = try settings.text("gpg.format") ?? "openpgp"
        guard let format = CommitSigner.Format(rawValue: name) else {
            throw GitError(.invalidSetting(key: "gpg.format", value: name))
        }
        var program = try settings.text("gpg.\(name).program")
        if program == nil, format == .openpgp { program = try settings.text("gpg.program") }
        var key = try settings.text("user.signingKey")
        var keyCommand: String?
        switch format {
        case .openpgp, .x509:
            let identity = committer.identity
            key = key ?? "\(identity.name) <\(identity.email)>"
        case .ssh:
            keyCommand = key == nil ? try settings.text("gpg.ssh.defaultKeyCommand") : nil
            guard key != nil || keyCommand != nil else { throw SigningError(.noKey) }
        }
        return CommitSigner(
            format: format,
            program: program ?? format.program,
            key: key,
            keyCommand: keyCommand,
            folder: programFolder,
            home: environment["HOME"],
            environment: environment.mapValues { $0 },
            deadline: deadline
        )
    }

    /// Who commits by git's configuration in a role, `author` or `committer`: `author.name` over `user.name`.
    ///
    /// - Parameters:
    ///   - role: the role.
    ///   - environment: the environment of the process.
    /// - Returns: name and address, each nil where nothing says it.
    /// - Throws: `GitError`.
    package func configuredIdentity(
        as role: String,
        environment: [String: String]
    ) throws(GitError) -> (name: String?, email: String?) {
        let settings = try unsafe GitSettings.read(of: handle.pointer, environment: environment)
        func value(_ key: String) throws(GitError) -> String? {
            if let own = try settings.text("\(role).\(key)") { return own }
            return try settings.text("user.\(key)")
        }
        return (try value("name"), try value("email"))
    }

    /// The hook of git's that a name stands for, by `core.hooksPath`; nil where there is none that can be run.
    ///
    /// - Parameters:
    ///   - name: such as `commit-msg`.
    ///   - environment: the environment of the process.
    /// - Returns: the hook's path.
    /// - Throws: `GitError`.
    package func hook(named name: String, environment: [String: String]) throws(GitError) -> String? {
        let settings = try unsafe GitSettings.read(of: handle.pointer, environment: environment)
        let common = unsafe String(cString: git_repository_commondir(handle.pointer))
        var folder = try settings.text("core.hooksPath") ?? (common + "hooks")
        if folder.hasPrefix("~/"), let home = environment["HOME"] { folder = home + folder.dropFirst(1) }
        if !folder.hasPrefix("/"), let top = workingDirectory { folder = top + "/" + folder }
        let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
        return ProgramFile.isExecutable(path) ? path : nil
    }

    /// Where programs run: at the top of the work tree, or in a bare repository.
    package var programFolder: String { workingDirectory ?? administrativePath("") }

    /// A file of this work tree's own in the git folder, such as `COMMIT_EDITMSG`.
    package func administrativePath(_ name: String) -> String {
        unsafe String(cString: git_repository_path(handle.pointer)) + name
    }
}
