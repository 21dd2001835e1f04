import OCI
import Testing
import Versioning

@testable import Tagging

/// What a history says of a tag today, beside what the policy wants.
@Suite struct TagTodayTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let images: [String]
        var yanked: [String] = []
        var held: [String: String] = [:]
        var off: Set<String> = []
        let tag: String
        let state: TagToday.State
        var note: String?

        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "in place", images: ["1.0.0", "1.0.1 latest"], tag: "latest", state: .inPlace),
        Case(
            name: "behind",
            images: ["1.0.0 latest", "1.0.1"],
            tag: "latest",
            state: .drifted,
            note: "it holds 1.0.0, and should hold 1.0.1"
        ),
        Case(
            name: "absent",
            images: ["1.0.0"],
            tag: "1",
            state: .missing,
            note: "it does not exist, and should hold 1.0.0"
        ),
        Case(
            name: "no release",
            images: ["1.0.0", "latest"],
            tag: "latest",
            state: .drifted,
            note: "it holds sha256:000000000000, \"main\" by its label, and should hold 1.0.0"
        ),
        Case(
            name: "yanked, and taken back",
            images: ["1.0.0 latest", "1.0.1"],
            yanked: ["1.0.1"],
            tag: "latest",
            state: .inPlace,
            note: "1.0.1 is yanked, so the policy gives 1.0.0"
        ),
        Case(
            name: "yanked, and not taken back",
            images: ["1.0.0", "1.0.1 latest"],
            yanked: ["1.0.1"],
            tag: "latest",
            state: .drifted,
            note: "1.0.1 is yanked, so the policy gives 1.0.0; it holds 1.0.1, and should hold 1.0.0"
        ),
        Case(
            name: "an old yank is no news",
            images: ["1.0.0", "1.0.1", "1.0.2 latest"],
            yanked: ["1.0.1"],
            tag: "latest",
            state: .inPlace
        ),
        Case(
            name: "all yanked",
            images: ["1.0.0 latest"],
            yanked: ["1.0.0"],
            tag: "latest",
            state: .unwanted,
            note: "every release of its line is yanked; it holds 1.0.0 all the same"
        ),
        Case(
            name: "all yanked and gone",
            images: ["1.0.0"],
            yanked: ["1.0.0"],
            tag: "latest",
            state: .gone,
            note: "every release of its line is yanked"
        ),
        Case(
            name: "held",
            images: ["1.0.0 latest", "1.0.1"],
            held: ["latest": "1.0.0"],
            tag: "latest",
            state: .inPlace,
            note: "the policy holds it on 1.0.0; its releases alone give 1.0.1"
        ),
        Case(
            name: "held without being a line's",
            images: ["1.0.0 lts", "1.0.1 latest"],
            held: ["lts": "1.0.0"],
            tag: "lts",
            state: .inPlace,
            note: "the policy holds it on 1.0.0"
        ),
        Case(
            name: "held on nothing",
            images: ["1.0.0 latest"],
            held: ["latest": "2.0.0"],
            tag: "latest",
            state: .drifted,
            note: "the policy holds it on 2.0.0, which is not in the repository; its releases alone give 1.0.0; "
                + "it holds 1.0.0, and should hold 2.0.0"
        ),
        Case(
            name: "off, and still there",
            images: ["1.0.0 1.0", "1.1.0 latest"],
            off: ["1.0"],
            tag: "1.0",
            state: .unwanted,
            note: "its line is off by the policy; it holds 1.0.0 all the same"
        ),
    ])
    func states(_ item: Case) throws {
        var sample = HistorySample()
        sample.images = item.images.enumerated().map { day, tags in
            HistorySample.Image(tags: tags.split(separator: " ").map(String.init), day: day + 1, label: "main")
        }
        sample.policy.lines.yanked = Set(try item.yanked.map { try version($0) })
        for (tag, text) in item.held { sample.policy.lines.held[try OCI.Tag(tag)] = try version(text) }
        sample.policy.lines.off = item.off
        let tag = try #require(try sample.history().tags.first { $0.tag.name == item.tag })
        #expect(tag.today.state == item.state)
        #expect(tag.today.note == item.note)
    }

    /// A line that is off is no column unless its tag is there.
    @Test func aLineThatIsOffIsNotShown() throws {
        var sample = HistorySample("1.0.0", "1.1.0 1.1")
        sample.policy.lines.off = ["1.0", "1.1"]
        #expect(try sample.history().tags.map(\.tag.name) == ["1.1", "1", "latest"])
    }

    /// A yank says nothing of when it came, so the past is told as the releases made it.
    @Test func theRowsKnowNoExceptions() throws {
        var sample = HistorySample("1.0.0", "1.0.1", "1.1.0")
        sample.policy.lines.yanked = [try version("1.0.1")]
        sample.policy.lines.held[.latest] = try version("1.0.0")
        let extract = try sample.extract()
        #expect(extract.table.contains("1.0.1 1.0.1* - 1.0.1* 1.0.1*"))
        #expect(extract.history.releases.map(\.isYanked) == [false, true, false])
    }
}
