internal import CLibgit2

/// A pointer that libgit2 gave us, freed when its owner goes.
@safe struct Handle: ~Copyable {
    let pointer: OpaquePointer
    private let free: (OpaquePointer?) -> Void

    /// Takes what a function of libgit2 stores through its first argument.
    ///
    /// - Parameters:
    ///   - function: the function's name, for the error.
    ///   - free: the function that frees the object.
    ///   - open: calls the function.
    /// - Throws: `GitError` where it fails.
    init(
        _ function: String,
        freedBy free: @escaping (OpaquePointer?) -> Void,
        _ open: (inout OpaquePointer?) -> Int32
    ) throws(GitError) {
        var pointer: OpaquePointer?
        let status = unsafe open(&pointer)
        guard status >= 0, let opened = unsafe pointer else { throw GitError(function: function, code: status) }
        unsafe self.pointer = opened
        unsafe self.free = free
    }

    deinit {
        unsafe free(pointer)
    }
}
