import Glibc

/// What another program or a person hands over.
enum StandardInput {
    /// Reads to the end.
    ///
    /// - Throws: `ConfigurationError` where it cannot be read.
    static func read() throws(ConfigurationError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer.prefix(count)
            } else if errno != EINTR {
                let problem = String(cString: strerror(errno))
                throw ConfigurationError("standard input cannot be read: \(problem)", hint: "check where it comes from")
            }
        }
    }
}
