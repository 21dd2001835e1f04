internal import CLibgit2

extension GitRepository {
    /// Who commits by git's configuration; nil where it does not say.
    package func configuredIdentity() throws(GitError) -> Identity? {
        guard let name = try configuredValue("user.name"), let email = try configuredValue("user.email") else {
            return nil
        }
        return Identity(name: name, email: email)
    }

    /// A value of git's configuration, as `git config --get` would print it; nil where it is not set.
    package func configuredValue(_ key: String) throws(GitError) -> String? {
        let repository = unsafe handle.pointer
        let configuration = try unsafe Handle("git_repository_config_snapshot", freedBy: { unsafe git_config_free($0) })
        {
            unsafe git_repository_config_snapshot(&$0, repository)
        }
        var text: UnsafePointer<CChar>?
        guard unsafe git_config_get_string(&text, configuration.pointer, key) == 0, let text = unsafe text else {
            git_error_clear()
            return nil
        }
        return unsafe String(cString: text)
    }
}
