/// A value in a file of variables as dotenv libraries and `docker compose` read it.
enum DotenvValue {
    /// The text as it is where no reader would change it, else in quotes.
    static func quote(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "_./:@%+,-".utf8.contains(byte)
        }
        if isPlain { return text }
        // Nothing is special between single quotes, but they cannot hold one.
        if !text.contains("'") { return "'\(text)'" }
        return "\"" + text.map { "\"\\$".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    }
}
