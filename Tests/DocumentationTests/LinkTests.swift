import FoundationEssentials
import SystemPackage
import TestSupport
import Testing

/// Links between the pages lead somewhere, and what is named in passing exists.
@Suite struct LinkTests {
    @Test(arguments: Page.paths)
    func leadSomewhere(path: String) throws {
        let folder = FilePath(path).removingLastComponent()
        for (line, target) in Self.links(in: try Page.read(path)) {
            guard !target.contains("://"), !target.hasPrefix("mailto:") else { continue }
            let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            let file = parts[0].isEmpty ? FilePath(path) : folder.pushing(FilePath(parts[0])).lexicallyNormalized()
            let place = Program.source.pushing(file)
            guard FileManager.default.fileExists(atPath: place.string) else {
                Issue.record("\(path):\(line): there is no \(file)")
                continue
            }
            guard parts.count == 2 else { continue }
            let anchors = Self.anchors(of: try Page.read(file.string))
            #expect(anchors.contains(parts[1]), "\(path):\(line): \(file) has no heading #\(parts[1])")
        }
    }

    /// The front page leads to every page.
    @Test func noPageIsLeftOut() throws {
        let linked = Set(Self.links(in: try Page.read("docs/README.md")).map { $0.target.prefix { $0 != "#" } })
        for path in Page.paths where path.hasPrefix("docs/") && path != "docs/README.md" {
            #expect(linked.contains(path.dropFirst(5)), "docs/README.md does not lead to \(path)")
        }
    }

    /// `tagboat …` within a sentence names a command and flags that there are.
    @Test(arguments: Page.paths)
    func namedCommandsExist(path: String) throws {
        let help = try Program.source.appending("docs/commands.md").readText()
        let headings = Set(help.split(separator: "\n").filter { $0.hasPrefix("## tagboat ") }.map { $0.dropFirst(11) })
        for case .text(let text, let line) in try Page.read(path).elements {
            for match in text.matches(of: /`tagboat (?<words>[^`]*)`/) {
                let words = match.output.words.split(separator: " ")
                for command in (words.first ?? "").split(separator: "|") where command.first?.isLowercase == true {
                    let name = command.prefix { $0.isLetter || $0 == "-" }
                    #expect(
                        name == "help" || headings.contains(name),
                        "\(path):\(line): tagboat has no command \(name)"
                    )
                }
                for flag in match.output.words.matches(of: /(?:^| )(?<flag>--[a-z][a-z-]+)/) {
                    // ArgumentParser's own is in no help.
                    guard flag.output.flag != "--generate-completion-script" else { continue }
                    #expect(help.contains(flag.output.flag), "\(path):\(line): there is no flag \(flag.output.flag)")
                }
            }
        }
    }

    static func links(in page: Page) -> [(line: Int, target: String)] {
        page.elements.flatMap { element -> [(Int, String)] in
            switch element {
            case .text(let text, let line), .heading(let text, let line):
                let plain = text.replacing(/`[^`]*`/, with: "`")
                return plain.matches(of: /\]\((?<target>[^) ]+)\)/).map { (line, String($0.output.target)) }
            case .block, .directive: return []
            }
        }
    }

    /// The anchors of the headings, as the forges make them.
    static func anchors(of page: Page) -> Set<String> {
        var anchors: Set<String> = []
        for case .heading(let text, _) in page.elements {
            let visible = text.replacing(/\]\([^)]*\)/, with: "")
            let slug = String(
                visible.lowercased().compactMap { character -> Character? in
                    if character == " " { return "-" }
                    return character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
                }
            )
            var name = slug
            var number = 1
            while !anchors.insert(name).inserted {
                name = "\(slug)-\(number)"
                number += 1
            }
        }
        return anchors
    }
}
