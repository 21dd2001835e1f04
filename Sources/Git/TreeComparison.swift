internal import CLibgit2

/// The differences between two trees, in the order of their paths.
///
/// Subtrees that are the same are not opened. libgit2 1.5 opens every one of both, so its own comparison takes as long
/// as the tree is large.
@safe struct TreeComparison {
    private let repository: OpaquePointer
    private(set) var differences: [TreeDifference] = []

    @unsafe init(in repository: OpaquePointer) {
        unsafe self.repository = repository
    }

    /// Compares two trees and what is in them; nil stands for an empty one.
    ///
    /// - Parameters:
    ///   - old: the tree before.
    ///   - new: the tree after.
    ///   - folder: the path of both, with a slash behind it.
    /// - Throws: `GitError`, where a tree is missing.
    @unsafe mutating func compare(
        _ old: OpaquePointer?,
        _ new: OpaquePointer?,
        below folder: [CChar] = []
    ) throws(GitError) {
        let ends = unsafe (
            old.map { unsafe git_tree_entrycount($0) } ?? 0, new.map { unsafe git_tree_entrycount($0) } ?? 0
        )
        var (left, right) = (0, 0)
        while left < ends.0 || right < ends.1 {
            let before = unsafe left < ends.0 ? git_tree_entry_byindex(old, left) : nil
            let after = unsafe right < ends.1 ? git_tree_entry_byindex(new, right) : nil
            let order = unsafe Self.order(before, after)
            if order <= 0 { left += 1 }
            if order >= 0 { right += 1 }
            try unsafe compareEntries(order <= 0 ? before : nil, order >= 0 ? after : nil, below: folder)
        }
    }

    /// Compares two entries of the same name and sort; one of them may be missing.
    private mutating func compareEntries(
        _ before: OpaquePointer?,
        _ after: OpaquePointer?,
        below folder: [CChar]
    ) throws(GitError) {
        guard let entry = unsafe after ?? before else { return }
        let ids = unsafe (
            before.map { unsafe git_tree_entry_id($0) } ?? nil, after.map { unsafe git_tree_entry_id($0) } ?? nil
        )
        let modes = unsafe (
            before.map { unsafe git_tree_entry_filemode_raw($0).rawValue } ?? 0,
            after.map { unsafe git_tree_entry_filemode_raw($0).rawValue } ?? 0
        )
        if let old = unsafe ids.0, let new = unsafe ids.1, modes.0 == modes.1, unsafe git_oid_equal(old, new) == 1 {
            return
        }
        var name = folder
        var next = unsafe git_tree_entry_name(entry)
        while let byte = unsafe next?.pointee, byte != 0 {
            name.append(byte)
            unsafe next = next?.successor()
        }
        guard unsafe Self.isFolder(entry) else {
            unsafe differences.append(
                TreeDifference(
                    name: name + [0],
                    old: ids.0.map { unsafe CommitID($0.pointee) },
                    new: ids.1.map { unsafe CommitID($0.pointee) },
                    oldMode: modes.0,
                    newMode: modes.1
                )
            )
            return
        }
        var trees: (OpaquePointer?, OpaquePointer?) = (nil, nil)
        defer {
            unsafe git_tree_free(trees.0)
            unsafe git_tree_free(trees.1)
        }
        if let id = unsafe ids.0 { try check("git_tree_lookup", unsafe git_tree_lookup(&trees.0, repository, id)) }
        if let id = unsafe ids.1 { try check("git_tree_lookup", unsafe git_tree_lookup(&trees.1, repository, id)) }
        try unsafe compare(trees.0, trees.1, below: name + [CChar(UInt8(ascii: "/"))])
    }

    /// Which entry comes first in a tree (below 0: the first one), where a folder's name counts with a slash behind it.
    private static func order(_ left: OpaquePointer?, _ right: OpaquePointer?) -> Int {
        guard let left = unsafe left else { return 1 }
        guard let right = unsafe right else { return -1 }
        guard var leftByte = unsafe git_tree_entry_name(left), var rightByte = unsafe git_tree_entry_name(right) else {
            return 0
        }
        while unsafe leftByte.pointee == rightByte.pointee, unsafe leftByte.pointee != 0 {
            unsafe leftByte += 1
            unsafe rightByte += 1
        }
        let slash = Int(UInt8(ascii: "/"))
        let (first, second) = unsafe (
            Int(UInt8(bitPattern: leftByte.pointee)), Int(UInt8(bitPattern: rightByte.pointee))
        )
        let firstEnd = unsafe first == 0 && isFolder(left) ? slash : first
        let secondEnd = unsafe second == 0 && isFolder(right) ? slash : second
        return firstEnd - secondEnd
    }

    private static func isFolder(_ entry: OpaquePointer) -> Bool {
        unsafe git_tree_entry_type(entry) == GIT_OBJECT_TREE
    }
}

/// A file, link or submodule that two trees have otherwise.
struct TreeDifference {
    /// The bytes of the path, up to the zero behind them: it need not be text.
    let name: [CChar]
    /// What it was; nil for a new one.
    let old: CommitID?
    /// What it is; nil for a removed one.
    let new: CommitID?
    let oldMode: UInt32
    let newMode: UInt32

    /// The same for the world outside.
    var path: ChangedPath {
        let text = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return ChangedPath(kind: kind, oldPath: old == nil ? nil : text, newPath: new == nil ? nil : text)
    }

    private var kind: ChangedPath.Kind {
        guard old != nil else { return .added }
        guard new != nil else { return .removed }
        // The upper bits tell files, links and submodules apart.
        if oldMode >> 12 != newMode >> 12 { return .typeChanged }
        return old == new ? .modeChanged : .modified
    }
}
