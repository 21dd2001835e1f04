/// The diff of a file that was not there, in the form that `git apply` and `patch` take.
package enum NewFileDiff {
    /// Writes the diff.
    ///
    /// - Parameters:
    ///   - path: the file, below the top of the work tree.
    ///   - text: what it will hold; not empty.
    /// - Returns: the diff, with the line end of its last line.
    package static func text(path: String, _ text: String) -> String {
        let isComplete = text.utf8.last == UInt8(ascii: "\n")
        // By bytes: to Swift the line end of Windows is one character.
        let body = isComplete ? text.utf8.dropLast() : text.utf8[...]
        let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
        let (old, new) = (quoted("a/" + path), quoted("b/" + path))
        // A name with a space ends with a tab, so that a reader knows where it ends (git-diff does so too).
        let end = path.utf8.contains(UInt8(ascii: " ")) && !new.hasPrefix("\"") ? "\t" : ""
        var diff = "diff --git \(old) \(new)\nnew file mode 100644\n--- /dev/null\n+++ \(new)\(end)\n"
        diff += "@@ -0,0 +1\(lines.count == 1 ? "" : ",\(lines.count)") @@\n"
        for line in lines { diff += "+\(line)\n" }
        return isComplete ? diff : diff + "\\ No newline at end of file\n"
    }

    /// A path as git writes it: in double quotes with escapes where it holds a quote, a backslash, a control character
    /// or a byte beyond ASCII (git-config, core.quotePath).
    static func quoted(_ path: String) -> String {
        let needsQuotes = path.utf8.contains { $0 < 0x20 || $0 >= 0x7F || $0 == 0x22 || $0 == 0x5C }
        guard needsQuotes else { return path }
        var quoted = "\""
        for byte in path.utf8 {
            switch byte {
            case 0x22: quoted += "\\\""
            case 0x5C: quoted += "\\\\"
            case 0x20..<0x7F: quoted.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 8)
                quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            }
        }
        return quoted + "\""
    }
}
