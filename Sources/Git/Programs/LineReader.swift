/// Makes lines of the pieces that arrive through a pipe, and keeps the last of them.
struct LineReader {
    private let tell: (String) -> Void
    private var rest: [UInt8] = []
    private(set) var text = ""

    /// Hands on each line without its end; one that is redrawn, which ends with a carriage return, counts as a line.
    init(_ tell: @escaping (String) -> Void) {
        self.tell = tell
    }

    mutating func append(_ bytes: [UInt8]) {
        for byte in bytes {
            if byte == 0x0A || byte == 0x0D { finish() } else { rest.append(byte) }
        }
    }

    /// Tells what has no line end.
    mutating func finish() {
        guard !rest.isEmpty else { return }
        let line = String(decoding: rest, as: UTF8.self)
        rest = []
        tell(line)
        // What explains a failure stands at the end.
        if text.utf8.count > 1 << 20 { text = "" }
        text += line + "\n"
    }
}
