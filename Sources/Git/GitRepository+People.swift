internal import CLibgit2

extension GitRepository {
    /// A person by the name and address that the repository's mailmap (gitmailmap(5)) has for them.
    func resolved(_ identity: Identity) throws(GitError) -> Identity {
        guard let mailmap = try readMailmap() else { return identity }
        var status: Int32 = 0
        // For somebody whom the mailmap does not name, libgit2 answers with the pointers that it was given: they have to
        // live until the answer is copied.
        let answer: Identity? = unsafe identity.name.withCString { givenName in
            unsafe identity.email.withCString { givenEmail in
                var name: UnsafePointer<CChar>?
                var email: UnsafePointer<CChar>?
                status = unsafe git_mailmap_resolve(&name, &email, mailmap.handle.pointer, givenName, givenEmail)
                guard status == 0, let name = unsafe name, let email = unsafe email else { return nil }
                return unsafe Identity(name: String(cString: name), email: String(cString: email))
            }
        }
        try check("git_mailmap_resolve", status)
        return answer ?? identity
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
