import Dockerfile

extension Dockerfile {
    /// Parses a text as a file called `Dockerfile`.
    init(_ text: String) throws {
        try self.init(parsing: Array(text.utf8), path: "Dockerfile")
    }

    /// What the file holds in a range of bytes.
    func written(in range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
