import ArgumentParser

/// When to use colour.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never
}

/// Colour for people at a terminal; nothing that is said depends on it.
struct Style {
    let isColored: Bool

    /// Decides from the flag, `NO_COLOR` (no-color.org) and whether standard output is a terminal.
    init(_ choice: ColorChoice, environment: [String: String], isTerminal: Bool) {
        isColored =
            switch choice {
            case .always: true
            case .never: false
            case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
            }
    }

    func good(_ text: String) -> String { paint(text, "32") }
    func notable(_ text: String) -> String { paint(text, "33") }
    func bad(_ text: String) -> String { paint(text, "31") }
    func strong(_ text: String) -> String { paint(text, "1") }
    func faint(_ text: String) -> String { paint(text, "2") }

    private func paint(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
