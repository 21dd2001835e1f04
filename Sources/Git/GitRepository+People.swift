internal import CLibgit2

extension GitRepository {
    /// A person by the name and address that the repository's mailmap (gitmailmap(5)) has for them.
    func resolved(_ identity: Identity) throws(GitError) -> Identity {
        guard let mailmap = try readMailmap() else { return identity }
        var name: UnsafePointer<CChar>?
        var email: UnsafePointer<CChar>?
        let status = unsafe git_mailmap_resolve(&name, &email, mailmap.handle.pointer, identity.name, identity.email)
        try check("git_mailmap_resolve", status)
        guard let name = unsafe name, let email = unsafe email else { return identity }
        return unsafe Identity(name: String(cString: name), email: String(cString: email))
    }

    private func readMailmap() throws(GitError) -> Mailmap? {
        if let mailmap { return mailmap }
        let repository = unsafe handle.pointer
        let handle = try unsafe Handle("git_mailmap_from_repository", freedBy: { unsafe git_mailmap_free($0) }) {
            unsafe git_mailmap_from_repository(&$0, repository)
        }
        let read = Mailmap(handle: handle)
        mailmap = read
        return read
    }
}

/// The repository's mailmap; its own class, so that an actor's property can be filled when it is first asked for.
final class Mailmap {
    let handle: Handle

    init(handle: consuming Handle) {
        self.handle = handle
    }
}
