import OCI
import Release
import Synchronization

/// Shows how far the transfer of an image is: a bar on a terminal, a line for each finished blob elsewhere.
final class TransferProgress: Sendable {
    private struct State {
        var total: Int64 = 0
        var sent: Int64 = 0
        var blobs = 0
        var finished = 0
        var drawn = ""
    }

    private let state = Mutex(State())
    private let isTerminal: Bool
    private let isQuiet: Bool

    init(isTerminal: Bool, isQuiet: Bool) {
        self.isTerminal = isTerminal
        self.isQuiet = isQuiet
    }

    func report(_ progress: ImageCopy.Progress) {
        if isQuiet { return }
        state.withLock { state in
            switch progress {
            case .started(let blob, _):
                state.total += blob.size
                state.blobs += 1
            case .sent(let bytes, _, _):
                state.sent += Int64(bytes)
            case .finished(let blob, let target):
                state.finished += 1
                if !isTerminal {
                    Output.message("copied \(blob.digest.abbreviated) (\(ByteCount.text(blob.size))) to \(target)")
                }
            }
            if isTerminal { draw(&state) }
        }
    }

    private func draw(_ state: inout State) {
        let width = 30
        let share = state.total == 0 ? 1 : min(1, Double(state.sent) / Double(state.total))
        let filled = Int(share * Double(width))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        let amount = "\(ByteCount.text(state.sent)) of \(ByteCount.text(state.total))"
        var line = "copying [\(bar)] \(amount), \(state.finished) of \(state.blobs) blobs"
        guard line != state.drawn else { return }
        state.drawn = line
        // The bar goes when all is there; the report says what was done.
        if state.finished == state.blobs { line = "" }
        Output.redraw("\r\u{1B}[K\(line)")
    }
}

/// Sizes for people.
enum ByteCount {
    /// A size with one decimal in decimal units: `12.3 MB`.
    static func text(_ bytes: Int64) -> String {
        if bytes < 1000 { return "\(bytes) B" }
        var tenths = bytes / 100
        var units = ["kB", "MB", "GB", "TB"][...]
        while tenths >= 10_000, units.count > 1 {
            tenths /= 1000
            units = units.dropFirst()
        }
        return "\(tenths / 10).\(tenths % 10) \(units.first ?? "")"
    }
}
