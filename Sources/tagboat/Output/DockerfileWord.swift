/// A word of a Dockerfile instruction, in double quotes.
enum DockerfileWord {
    /// The text in quotes; variables in it are not filled in.
    static func quote(_ text: String) -> String {
        "\"" + text.map { "\"\\$".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    }

    /// A key, in quotes only where it needs them.
    static func key(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "_./-".utf8.contains(byte)
        }
        return isPlain ? text : quote(text)
    }
}
