internal import CLibgit2
import FoundationEssentials

/// What makes a history other than its commits say: the end of a shallow clone, replaced objects, and grafts.
///
/// libgit2 knows none of them; git does.
struct HistoryOverrides {
    /// The commits at which a shallow clone was cut off (gitformat: shallow.txt).
    let shallow: Set<CommitID>
    /// Objects to be read in place of others (git-replace(1)).
    private(set) var replacements: [CommitID: CommitID] = [:]
    /// Commits with other parents than their own, in the deprecated file `info/grafts`.
    let grafts: [CommitID: [CommitID]]

    /// The variables of git that matter to it.
    struct Environment {
        let ignoresReplacements: Bool
        let replacementPrefix: String
        let graftFile: String?

        init(_ variables: [String: String]) {
            ignoresReplacements = variables["GIT_NO_REPLACE_OBJECTS"] != nil
            replacementPrefix = variables["GIT_REPLACE_REF_BASE"] ?? "refs/replace/"
            graftFile = variables["GIT_GRAFT_FILE"]
        }
    }

    /// Reads them.
    ///
    /// - Parameters:
    ///   - repository: the repository.
    ///   - folder: its folder, which worktrees share.
    ///   - shallow: the commits at which it was cut off.
    ///   - environment: what git's variables say.
    /// - Throws: `GitError`.
    init(
        of repository: borrowing Handle,
        in folder: String,
        shallow: Set<CommitID>,
        _ environment: Environment
    ) throws(GitError) {
        self.shallow = shallow
        grafts = Self.grafts(in: environment.graftFile ?? folder + "/info/grafts")
        guard !environment.ignoresReplacements, try repository.flag("core.useReplaceRefs") ?? true else { return }
        try readReplacements(repository, environment.replacementPrefix)
    }

    /// Whether there is none: only then does a commit-graph tell the history that git would tell.
    var isEmpty: Bool { shallow.isEmpty && replacements.isEmpty && grafts.isEmpty }

    /// The object to read for a name.
    func object(for id: CommitID) throws(GitError) -> CommitID {
        guard !replacements.isEmpty else { return id }
        var object = id
        // As deep as git follows.
        for _ in 0...5 {
            guard let next = replacements[object] else { return object }
            object = next
        }
        throw GitError(.replacedTooDeeply(id))
    }

    private mutating func readReplacements(_ handle: borrowing Handle, _ prefix: String) throws(GitError) {
        let repository = unsafe handle.pointer
        let iterator = try unsafe Handle(
            "git_reference_iterator_glob_new",
            freedBy: { unsafe git_reference_iterator_free($0) }
        ) { pointer in
            unsafe git_reference_iterator_glob_new(&pointer, repository, prefix + "*")
        }
        while let reference = try GitRepository.next(iterator) {
            let name = unsafe String(cString: git_reference_name(reference.pointer))
            guard let original = CommitID(hex: String(name.dropFirst(prefix.count))),
                let target = unsafe git_reference_target(reference.pointer)
            else { continue }
            replacements[original] = unsafe CommitID(target.pointee)
        }
    }

    /// The file `shallow`.
    static func shallowCommits(in folder: String) -> Set<CommitID> {
        guard let data = FileManager.default.contents(atPath: folder + "/shallow") else { return [] }
        let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
        return Set(lines.compactMap { CommitID(hex: String($0)) })
    }

    private static func grafts(in path: String) -> [CommitID: [CommitID]] {
        guard let data = FileManager.default.contents(atPath: path) else { return [:] }
        var grafts: [CommitID: [CommitID]] = [:]
        for line in String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline) {
            guard !line.hasPrefix("#") else { continue }
            let words = line.split(separator: " ")
            let ids = words.compactMap { CommitID(hex: String($0)) }
            guard let commit = ids.first, ids.count == words.count else { continue }
            // The first line for a commit counts.
            if grafts[commit] == nil { grafts[commit] = Array(ids.dropFirst()) }
        }
        return grafts
    }
}

extension Handle {
    /// A setting of a repository that is on or off; nil where nothing sets it.
    ///
    /// - Throws: `GitError` where its value is neither.
    func flag(_ key: String) throws(GitError) -> Bool? {
        let repository = unsafe pointer
        let configuration = try unsafe Handle("git_repository_config_snapshot", freedBy: { unsafe git_config_free($0) })
        {
            unsafe git_repository_config_snapshot(&$0, repository)
        }
        var value: Int32 = 0
        let status = unsafe git_config_get_bool(&value, configuration.pointer, key)
        if status == GitError.Code.notFound.rawValue {
            git_error_clear()
            return nil
        }
        try check("git_config_get_bool", status)
        return value != 0
    }
}
