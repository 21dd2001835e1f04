internal import CLibgit2

/// Repositories of other users that this one trusts: git-config(1), `safe.directory`.
///
/// libgit2 1.5 takes nothing but whole paths in the usual files, while CI systems mostly write `*` or set variables.
enum SafeDirectories {
    /// Whether a repository is trusted.
    ///
    /// - Parameters:
    ///   - path: its work tree, or the repository itself where there is none.
    ///   - environment: what the environment tells git.
    /// - Returns: the answer.
    static func trust(_ path: String, in environment: GitEnvironment) -> Bool {
        let values = files(environment).flatMap(values) + environment.values(of: "safe.directory")
        return isTrusted(path, by: values, home: environment.home)
    }

    /// Goes through the values in their order; an empty one takes back what stands before it.
    static func isTrusted(_ path: String, by values: [String], home: String?) -> Bool {
        var isTrusted = false
        for value in values {
            if value.isEmpty {
                isTrusted = false
            } else if value == "*" || matches(path, expanded(value, home: home)) {
                isTrusted = true
            }
        }
        return isTrusted
    }

    private static func matches(_ path: String, _ value: String) -> Bool {
        if value.hasSuffix("/*") { return path.hasPrefix(value.dropLast()) }
        return path == value || path + "/" == value
    }

    private static func expanded(_ value: String, home: String?) -> String {
        guard let home, value.hasPrefix("~/") else { return value }
        return home + value.dropFirst()
    }

    /// The files whose word counts: not the repository's own, which anyone may have written.
    private static func files(_ environment: GitEnvironment) -> [String] {
        var files: [String] = []
        if !environment.isWithoutSystem {
            let usual = unsafe found(git_config_find_system)
            files += [environment.systemConfiguration ?? usual].compactMap { $0 }
        }
        if let global = environment.globalConfiguration { return files + (global.isEmpty ? [] : [global]) }
        let usual = unsafe [found(git_config_find_xdg), found(git_config_find_global)]
        return files + usual.compactMap { $0 }
    }

    private static func found(_ find: (UnsafeMutablePointer<git_buf>) -> Int32) -> String? {
        var buffer = unsafe git_buf()
        defer { unsafe git_buf_dispose(&buffer) }
        guard unsafe find(&buffer) == 0, let text = unsafe buffer.ptr else {
            git_error_clear()
            return nil
        }
        return unsafe String(cString: text)
    }

    private static func values(in file: String) -> [String] {
        do {
            let configuration = try unsafe Handle("git_config_open_ondisk", freedBy: { unsafe git_config_free($0) }) {
                unsafe git_config_open_ondisk(&$0, file)
            }
            let pointer = unsafe configuration.pointer
            let iterator = try unsafe Handle(
                "git_config_multivar_iterator_new",
                freedBy: { unsafe git_config_iterator_free($0) }
            ) {
                unsafe git_config_multivar_iterator_new(&$0, pointer, "safe.directory", nil)
            }
            var values: [String] = []
            var entry: UnsafeMutablePointer<git_config_entry>?
            while unsafe git_config_next(&entry, iterator.pointer) == 0, let found = unsafe entry {
                unsafe values.append(String(cString: found.pointee.value))
            }
            git_error_clear()
            return values
        } catch {
            // A file that cannot be read trusts nobody.
            return []
        }
    }
}
