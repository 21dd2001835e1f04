/// A word for a POSIX shell.
enum ShellWord {
    /// The text as one word: as it is where no shell would touch it, else in single quotes.
    static func quote(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "_./:@%+,-=".utf8.contains(byte)
            }
        if isPlain { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// A variable's name made from a key: upper case, everything but letters and digits an underscore.
    static func variable(_ key: String) -> String {
        let name = key.uppercased().unicodeScalars.map { scalar in
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? String(scalar) : "_"
        }.joined()
        return name.first.map { ("0"..."9").contains($0) } ?? true ? "_" + name : name
    }
}
