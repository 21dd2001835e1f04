internal import CLibgit2
import FoundationEssentials

/// What git's configuration says, read as the `git` program reads it: `GIT_CONFIG_GLOBAL`, `GIT_CONFIG_SYSTEM` and
/// `GIT_CONFIG_COUNT` count, which libgit2 1.5 does not know.
@safe struct GitSettings: ~Copyable {
    private let handle: Handle
    /// `GIT_CONFIG_KEY_n` and `GIT_CONFIG_VALUE_n`, which win over every file; keys in lower case.
    private let overrides: [String: String]

    private init(_ handle: consuming Handle, overrides: [String: String] = [:]) {
        self.handle = handle
        self.overrides = overrides
    }

    /// Reads the configuration of a repository.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - environment: the environment of the process.
    /// - Returns: what it says.
    /// - Throws: `GitError`.
    static func read(
        of repository: OpaquePointer,
        environment: [String: String]
    ) throws(GitError) -> GitSettings {
        let handle = try unsafe Handle("git_config_new", freedBy: { unsafe git_config_free($0) }) { pointer in
            unsafe git_config_new(&pointer)
        }
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        var files: [(git_config_level_t, String)] = []
        if value("GIT_CONFIG_NOSYSTEM").map({ ["0", "false", "no", "off"].contains($0) }) ?? true {
            files.append((GIT_CONFIG_LEVEL_SYSTEM, value("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig"))
        }
        if let global = environment["GIT_CONFIG_GLOBAL"] {
            files.append((GIT_CONFIG_LEVEL_GLOBAL, global))
        } else {
            let home = value("HOME")
            if let folder = value("XDG_CONFIG_HOME") ?? home.map({ $0 + "/.config" }) {
                files.append((GIT_CONFIG_LEVEL_XDG, folder + "/git/config"))
            }
            if let home { files.append((GIT_CONFIG_LEVEL_GLOBAL, home + "/.gitconfig")) }
        }
        let common = unsafe String(cString: git_repository_commondir(repository))
        files.append((GIT_CONFIG_LEVEL_LOCAL, common + "config"))
        for (level, path) in files where FileManager.default.fileExists(atPath: path) {
            try unsafe add(path, level, repository, to: handle.pointer)
        }
        // Git reads it only where extensions.worktreeConfig says so, and writes it only then.
        let own = unsafe String(cString: git_repository_path(repository)) + "config.worktree"
        if FileManager.default.fileExists(atPath: own) {
            try unsafe add(own, GIT_CONFIG_LEVEL_APP, repository, to: handle.pointer)
        }
        var overrides: [String: String] = [:]
        for index in 0..<(value("GIT_CONFIG_COUNT").flatMap { Int($0) } ?? 0) {
            guard let key = value("GIT_CONFIG_KEY_\(index)") else { break }
            overrides[key.lowercased()] = environment["GIT_CONFIG_VALUE_\(index)"] ?? ""
        }
        return GitSettings(handle, overrides: overrides)
    }

    private static func add(
        _ path: String,
        _ level: git_config_level_t,
        _ repository: OpaquePointer,
        to configuration: OpaquePointer
    ) throws(GitError) {
        let status = unsafe git_config_add_file_ondisk(configuration, path, level, repository, 1)
        try check("git_config_add_file_ondisk", status)
    }

    /// A value; nil where there is none, or an empty one.
    func text(_ key: String) throws(GitError) -> String? {
        if let override = overrides[key.lowercased()] { return override.isEmpty ? nil : override }
        var buffer = unsafe git_buf()
        defer { unsafe git_buf_dispose(&buffer) }
        let status = unsafe git_config_get_string_buf(&buffer, handle.pointer, key)
        if status == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return nil
        }
        try check("git_config_get_string_buf", status)
        guard let text = unsafe buffer.ptr, unsafe buffer.size > 0 else { return nil }
        return unsafe String(cString: text)
    }

    /// A truth value; nil where there is none.
    ///
    /// - Throws: `GitError` of kind `invalidSetting` for a value that is none.
    func boolean(_ key: String) throws(GitError) -> Bool? {
        var truth: Int32 = 0
        if let override = overrides[key.lowercased()] {
            guard unsafe git_config_parse_bool(&truth, override) == 0 else {
                git_error_clear()
                throw GitError(.invalidSetting(key: key, value: override))
            }
            return truth == 1
        }
        let status = unsafe git_config_get_bool(&truth, handle.pointer, key)
        if status == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return nil
        }
        guard status == 0 else {
            git_error_clear()
            throw GitError(.invalidSetting(key: key, value: try text(key) ?? ""))
        }
        return truth == 1
    }
}
