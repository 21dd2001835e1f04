/// What is wrong at a place of a file.
struct ScanFailure: Error, Equatable {
    /// The offset in the file; nil where the whole file is meant.
    let place: Int?
    let problem: String
    /// What to do about it; nil where the kind of file says enough.
    let hint: String?

    init(place: Int?, problem: String, hint: String? = nil) {
        self.place = place
        self.problem = problem
        self.hint = hint
    }

    /// The same with a path and a line.
    func error(path: String, bytes: [UInt8], hint standard: String) -> VersionFileError {
        let line = place.map { place in 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") } }
        return VersionFileError(path: path, line: line, problem: problem, hint: hint ?? standard)
    }
}
