/// What a walk knows of each commit, by the commits' numbers.
struct CommitMarks {
    /// One or more marks.
    struct Mark: OptionSet {
        let rawValue: UInt8
        static let seen = Mark(rawValue: 1)
        /// It has left the queue.
        static let done = Mark(rawValue: 2)
        /// It is a base, or an ancestor of one.
        static let known = Mark(rawValue: 4)
    }

    private var marks: [Mark] = []

    subscript(commit: Int) -> Mark {
        get { commit < marks.count ? marks[commit] : [] }
        set {
            if commit >= marks.count {
                // Numbers are given out one by one, so the list grows by parts of itself.
                marks += Array(repeating: [], count: max(commit + 1 - marks.count, marks.count / 2 + 64))
            }
            marks[commit] = newValue
        }
    }
}
