import Glibc

/// A password on standard input.
enum PasswordInput {
    /// Reads to the end and drops one line end, as docker does: anything else may belong to the password.
    static func read() throws(ConfigurationError) -> String {
        var bytes: [UInt8] = []
        while bytes.count <= 1 << 20 {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer.prefix(count)
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self), bytes.count <= 1 << 20 else {
            throw ConfigurationError(
                "the password on standard input is not UTF-8 text",
                hint: "give the password alone"
            )
        }
        return text
    }
}
