import SystemPackage
import TestSupport

/// A browser without a window, which opens a page from a file.
struct Chromium {
    /// What Debian and others call it.
    private static let names = ["chromium", "chromium-browser", "google-chrome"]

    /// The page as it is after its scripts have run.
    ///
    /// - Parameters:
    ///   - page: the file.
    ///   - fragment: what stands behind the `#` of the address.
    /// - Returns: the document as HTML.
    /// - Throws: `CommandError`, also where it does not end in time.
    static func document(of page: FilePath, fragment: String = "") async throws -> String {
        try await open(page, ["--dump-dom"], fragment: fragment).standardOutput
    }

    /// A picture of the page.
    ///
    /// - Parameters:
    ///   - page: the file.
    ///   - width: the width of the window.
    ///   - isDark: whether the surroundings are dark.
    ///   - picture: the PNG file to write.
    /// - Throws: `CommandError`.
    static func photograph(_ page: FilePath, width: Int, isDark: Bool, to picture: FilePath) async throws {
        var options = ["--hide-scrollbars", "--window-size=\(width),900", "--screenshot=\(picture)"]
        if isDark { options.append("--blink-settings=preferredColorScheme=0") }
        _ = try await open(page, options, fragment: "")
    }

    /// On a busy machine the browser may hang while it starts; then it is started anew.
    private static func open(_ page: FilePath, _ options: [String], fragment: String) async throws -> CommandResult {
        var attempts = 3
        while true {
            attempts -= 1
            do {
                return try await withTemporaryDirectory { profile in
                    try await run(
                        try await executable(),
                        // As root, in a container, without a graphics card: that is what CI is.
                        [
                            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                            "--disable-extensions", "--disable-background-networking",
                            "--user-data-dir=\(profile.appending("profile"))", "--virtual-time-budget=2000",
                        ] + options + ["file://\(page)" + (fragment.isEmpty ? "" : "#\(fragment)")],
                        environment: ["HOME": profile.string, "XDG_RUNTIME_DIR": profile.string],
                        timeLimit: .seconds(90)
                    ).requireSuccess()
                }
            } catch  where attempts > 0 {
                continue
            }
        }
    }

    private static func executable() async throws -> String {
        for name in names where try await run("sh", ["-c", "command -v \(name)"]).exitCode == 0 { return name }
        return names[0]
    }
}
