import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// The picture and the page of `tagboat history`: well-formed, harmless, and seen by a browser.
@Suite struct HistoryPictureTests {
    /// Renders a layout as a file.
    private func render(
        _ checkout: Checkout,
        _ layout: String,
        to file: String,
        _ arguments: String...
    ) async throws -> FilePath {
        let format = String(file.split(separator: ".").last ?? "")
        try await checkout.tagboat(["history", layout, "--format", format, "--output", file] + arguments)
            .requireSuccess()
        return checkout.folder.appending(file)
    }

    /// The SVG is one of XML, and the page one of HTML, to tools that know.
    private func requireWellFormed(_ svg: FilePath, _ html: FilePath) async throws {
        try await run("xmllint", ["--noout", "--nonet", svg.string]).requireSuccess()
        // tidy's exit code is 1 for warnings; it knows no `role` and `id` of SVG, but says so of nothing else.
        let tidy = try await run("tidy", ["-errors", "-quiet", "--show-info", "no", "-utf8", html.string])
        let complaints = tidy.standardError.lines.filter { !$0.isEmpty && !$0.contains("proprietary attribute") }
        #expect(complaints.isEmpty, "\(tidy.standardError)")
    }

    @Test func pictureAndPageOfTheReadme() async throws {
        try await Checkout.with { checkout in
            try HistoryCommandTests.fill(checkout.build)
            let svg = try await render(checkout, "oci:../build", to: "h.svg")
            let html = try await render(checkout, "oci:../build", to: "h.html")
            try await requireWellFormed(svg, html)
            let picture = try svg.readText()
            for title in [
                "latest meant 2.2.11 since 2026-07-03, until 3.0.42", "latest meant 3.0.42 since 2026-07-04",
                "2.1.115 did not move latest: 3.0.42 is higher", "2.1.115 did not move 2: 2.2.11 is higher",
            ] {
                #expect(picture.contains("<title>\(title)</title>"), "\(title)")
            }
            // Nothing comes from elsewhere.
            let page = try html.readText()
            #expect(page.contains(picture))
            for text in [picture, page] {
                let without = text.replacing("http://www.w3.org/2000/svg", with: "")
                #expect(without.firstMatch(of: /https?:|src=|@import|url\((?!#)/) == nil)
            }
            let again = try await render(checkout, "oci:../build", to: "again.html")
            #expect(try again.readText() == page)
        }
    }

    /// The page as a browser has it after its script has run.
    @Test func theBrowserShowsThePage() async throws {
        try await Checkout.with { checkout in
            try HistoryCommandTests.fill(checkout.build)
            let page = try await render(checkout, "oci:../build", to: "h.html", "--title", "Gallery")
            let document = try await Chromium.document(of: page, fragment: "2026-07-03")
            #expect(document.contains("<title>Moving tags of Gallery</title>"))
            #expect(document.contains("<h1>Gallery</h1>"))
            let rows = document.matches(of: /<tr data-moment.*?<\/tr>/).map { match in
                match.output.replacing(/<[^>]*>/, with: " ").split(separator: " ").joined(separator: " ")
            }
            #expect(
                rows == [
                    "2.1.106 2026-07-01 2.1.106 2.1.106 2.1.106", "2.1.114 2026-07-02 2.1.114 2.1.114 2.1.114",
                    "2.2.11 2026-07-03 2.1.114 2.2.11 2.2.11 2.2.11",
                    "3.0.42 2026-07-04 2.1.114 2.2.11 2.2.11 3.0.42 3.0.42 3.0.42",
                    "2.1.115 (backport) 2026-07-05 2.1.115 2.2.11 2.2.11 stays 3.0.42 3.0.42 3.0.42 stays",
                ]
            )
            // The day that the address names is answered, and its row marked.
            #expect(
                document.contains(
                    ">At the end of 2026-07-03 (UTC): 2.1 was 2.1.114, 2.2 was 2.2.11, 2 was 2.2.11, latest was 2.2.11.<"
                )
            )
            #expect(document.contains("<tr data-moment=\"2026-07-03T09:30:00Z\" class=\"found\">"))
            // The form is for scripts alone; without one nobody sees it.
            #expect(document.contains("id=\"tools\">"))
            #expect(try page.readText().contains("id=\"tools\" hidden>"))
        }
    }

    /// Light, dark and narrow: the browser paints each, and they differ.
    @Test func theBrowserPaintsThePage() async throws {
        try await Checkout.with { checkout in
            try HistoryCommandTests.fill(checkout.build)
            let page = try await render(checkout, "oci:../build", to: "h.html")
            var pictures: [[UInt8]] = []
            for (width, isDark) in [(1200, false), (1200, true), (400, false)] {
                let picture = checkout.root.appending("\(width)\(isDark).png")
                try await Chromium.photograph(page, width: width, isDark: isDark, to: picture)
                let bytes = try picture.readBytes()
                // The signature of PNG, and the width in its header (PNG specification, 11.2.2).
                #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
                #expect(bytes[16..<20].reduce(0) { $0 << 8 | Int($1) } == width)
                // A blank page is a few kilobytes.
                #expect(bytes.count > 12_000)
                pictures.append(bytes)
            }
            #expect(Set(pictures).count == 3)
        }
    }

    /// What images and folders are called is shown as it is, and is never obeyed.
    @Test func hostileTexts() async throws {
        let script =
            "</title></style><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
        let label = script + "\u{1B}[31m\u{202E}&amp;{{repository}}\u{0}]]>'\""
        try await Checkout.with { checkout in
            let folder = "l<b onmouseover='x'>&\"{{{picture}}}"
            let layout = checkout.root.appending(folder)
            try ImageFixture.write(
                to: layout,
                name: "1.0.0",
                labels: ["org.opencontainers.image.version": label],
                created: "2026-07-01T09:30:00Z"
            )
            try ImageFixture.write(
                to: layout,
                name: "latest",
                labels: ["org.opencontainers.image.version": label, "other": "image"],
                created: script
            )
            let place = "oci:../\(folder)"
            let svg = try await render(checkout, place, to: "h.svg")
            let html = try await render(checkout, place, to: "h.html")
            try await requireWellFormed(svg, html)
            for file in [svg, html] {
                let text = try file.readText()
                #expect(!text.contains("<script>document") && !text.contains("<img") && !text.contains("<b "))
                #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{0}"))
            }
            #expect(try html.readText().contains("\\x1b[31m\\u{202e}&amp;amp;{{repository}}\\x00"))
            let document = try await Chromium.document(of: html)
            #expect(
                document.contains("<title>Moving tags of oci:../l&lt;b onmouseover='x'&gt;&amp;\"{{{picture}}}</title>")
            )
            #expect(!document.contains("<title>taken"))
            for format in ["text", "markdown", "json"] {
                let result = try await checkout.tagboat("history", place, "--format", format).requireSuccess()
                let controls = result.standardOutput.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" }
                #expect(controls.isEmpty && !result.standardOutput.contains("\u{202E}"), "\(format)")
            }
            let markdown = try await checkout.tagboat("history", place, "--format", "markdown").standardOutput
            #expect(!markdown.contains(/[^\\]<script/))
        }
    }

    /// Few and many releases, by release and by time: always a picture of a bearable size, with everything inside of it.
    @Test(arguments: [1, 5, 15, 60, 300])
    func sizes(_ count: Int) async throws {
        try await Checkout.with { checkout in
            for number in 0..<count {
                let version = "\(1 + number / 50).\(number / 10 % 5).\(number % 10)"
                let day = Timestamps.day(number)
                try ImageFixture.write(to: checkout.build, name: version, created: "\(day)T09:30:00Z")
            }
            for axis in ["releases", "time"] {
                let svg = try await render(checkout, "oci:../build", to: "h.svg", "--axis", axis)
                try await run("xmllint", ["--noout", "--nonet", svg.string]).requireSuccess()
                let text = try svg.readText()
                let box = try #require(text.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/))
                let width = try #require(Double(box.1))
                #expect((300...1500).contains(width))
                let bars = text.matches(of: /<rect class="c\d" x="([-0-9.]+)" y="[0-9.]+" width="([-0-9.]+)"/)
                #expect(bars.count >= count)
                for bar in bars {
                    let (left, length) = (try #require(Double(bar.1)), try #require(Double(bar.2)))
                    #expect(left >= 0 && length > 0 && left + length <= width)
                }
            }
        }
    }

    /// The picture of the README is what the demo makes, to the byte.
    @Test func theReadmesPictureIsTheDemos() async throws {
        try await Checkout.with { checkout in
            let picture = checkout.root.appending("history.svg")
            let demo = Program.source.appending("demo/demo.sh").string
            let result = try await run("sh", [demo, Program.path, picture.string], timeLimit: .seconds(300))
            let output = try result.requireSuccess().standardOutput
            #expect(output.contains("\n2.1.115  2026-07-05  2.1.115  2.2.11  2.2.11   3.0.42  3.0.42  3.0.42\n"))
            #expect(output.contains("\n2 meant 2.1.114 until 09:30 of that day, then 2.2.11\n"))
            let kept = try Program.source.appending("docs/images/history.svg").readText()
            #expect(try picture.readText() == kept, "make docs writes it anew")
        }
    }
}

/// Days of consecutive months, for releases by the hundred.
private enum Timestamps {
    static func day(_ number: Int) -> String {
        let (month, day) = (number / 28, number % 28 + 1)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(2024 + month / 12)-\(two(month % 12 + 1))-\(two(day))"
    }
}
