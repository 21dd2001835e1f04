/// How helper programs are found, and how long each may take.
package struct HelperPrograms: Sendable {
    /// The folders that are searched, as in `PATH`; nil for those of the process.
    package var path: String?
    /// After this time a program is ended.
    package var timeLimit: Duration

    package init(path: String? = nil, timeLimit: Duration = .seconds(60)) {
        self.path = path
        self.timeLimit = timeLimit
    }
}
