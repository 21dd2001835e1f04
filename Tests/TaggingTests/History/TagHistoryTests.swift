import OCI
import TestSupport
import Testing
import Versioning

@testable import Tagging

/// Which version each moving tag meant after each release.
@Suite struct TagHistoryTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        let sample: HistorySample
        let table: String

        init(_ name: String, _ sample: HistorySample, _ table: String) {
            (self.name, self.sample, self.table) = (name, sample, table)
        }

        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(
            "a backport takes its own line and no other",
            HistorySample("2.1.106", "2.1.114", "2.2.11", "3.0.42", "2.1.115"),
            """
            release 2.1 2.2 2 3.0 3 latest
            2.1.106 2.1.106* - 2.1.106* - - 2.1.106*
            2.1.114 2.1.114* - 2.1.114* - - 2.1.114*
            2.2.11 2.1.114 2.2.11* 2.2.11* - - 2.2.11*
            3.0.42 2.1.114 2.2.11 2.2.11 3.0.42* 3.0.42* 3.0.42*
            2.1.115 2.1.115* 2.2.11 (2.2.11) 3.0.42 3.0.42 (3.0.42)
            """
        ),
        Case(
            "prereleases have their channel",
            HistorySample("1.0.0-rc.1", "1.0.0-rc.2", "1.0.0", "1.1.0-beta.1", "1.1.0-rc.1"),
            """
            release 1.0 1 latest beta rc
            1.0.0-rc.1 - - - - 1.0.0-rc.1*
            1.0.0-rc.2 - - - - 1.0.0-rc.2*
            1.0.0 1.0.0* 1.0.0* 1.0.0* - 1.0.0-rc.2
            1.1.0-beta.1 1.0.0 1.0.0 1.0.0 1.1.0-beta.1* 1.0.0-rc.2
            1.1.0-rc.1 1.0.0 1.0.0 1.0.0 1.1.0-beta.1 1.1.0-rc.1*
            """
        ),
        Case(
            "snapshots and tags of other things are no releases",
            HistorySample("1.0.0", "0a1b2c3", "1.0.1-dev.2.g0123456", "nightly", "1.0.1"),
            """
            release 1.0 1 latest
            1.0.0 1.0.0* 1.0.0* 1.0.0*
            1.0.1 1.0.1* 1.0.1* 1.0.1*
            """
        ),
        Case(
            "nothing",
            HistorySample(),
            "release "
        ),
    ])
    func tables(_ item: Case) throws {
        #expect(try item.sample.extract().table.joined(separator: "\n") == item.table)
    }

    /// A release of two variants is one release unless another version came between.
    @Test func variants() throws {
        var sample = HistorySample("1.0.0", "1.0.0-slim", "1.0.1", "1.1.0", "1.0.1-slim")
        sample.policy.variants = [
            Variant(name: "full", suffix: "full", isDefault: true), Variant(name: "slim"),
        ]
        let extract = try sample.extract()
        #expect(
            extract.table == [
                "release 1.0 1.1 1 latest 1.0-slim 1-slim slim",
                "1.0.0 1.0.0* - 1.0.0* 1.0.0* 1.0.0* 1.0.0* 1.0.0*",
                "1.0.1 1.0.1* - 1.0.1* 1.0.1* 1.0.0 1.0.0 1.0.0",
                "1.1.0 1.0.1 1.1.0* 1.1.0* 1.1.0* 1.0.0 1.0.0 1.0.0",
                "1.0.1 1.0.1 1.1.0 1.1.0 1.1.0 1.0.1* 1.0.1* 1.0.1*",
            ]
        )
        #expect(extract.history.images.map(\.variant) == ["full", "slim", "full", "full", "slim"])
        #expect(extract.history.tags.map(\.variant) == ["full", "full", "full", "full", "slim", "slim", "slim"])
    }

    // MARK: Random histories

    /// Every cell of 300 random histories, against brute force on the texts of what was released by then.
    @Test(arguments: 0..<5) func everyCellIsWhatTheOracleSays(part: Int) async throws {
        for seed in (part * 60)..<(part * 60 + 60) {
            await Task.yield()
            var story = try ReleaseHistory(seed: seed)
            var seen: Set<ReleaseHistory.Release> = []
            story.releases = story.releases.filter { seen.insert($0).inserted }
            let (lines, found) = try Self.repository(story)
            let history = TagHistory(lines, images: found)
            #expect(history.images.map(\.version) == story.releases.map(\.version), "seed \(seed)")
            let versionTags = Set(history.images.flatMap(\.tags).map(\.name))
            for count in 1...max(1, story.releases.count) {
                var before = story
                before.releases = Array(story.releases.prefix(count))
                before.yanked = []
                before.held = [:]
                let expected = ReleaseOracle(history: before).tags().mapValues(\.version)
                var actual: [String: Version] = [:]
                for tag in history.tags {
                    let event = tag.events.last { $0.image < count }
                    actual[tag.tag.name] = event.map { history.images[$0.after].version }
                }
                let moving = expected.filter { !versionTags.contains($0.key) }
                #expect(actual == moving, "seed \(seed) after \(count)")
            }
            let expectedToday = ReleaseOracle(history: story).tags()
            for tag in history.tags {
                // A hold may name what is not there, and a line that is yanked whole has nowhere to go.
                let isThere = expectedToday[tag.tag.name] != nil && tag.today.expected != nil
                #expect(tag.today.isInPlace || !isThere, "seed \(seed): \(tag.today)")
            }
        }
    }

    /// Looking a moment up is the same as a history that ends there.
    @Test func everyMomentIsWhatTheOracleSays() async throws {
        for seed in 5000..<5050 {
            await Task.yield()
            var story = try ReleaseHistory(seed: seed)
            var seen: Set<ReleaseHistory.Release> = []
            story.releases = story.releases.filter { seen.insert($0).inserted }
            let (lines, found) = try Self.repository(story)
            let history = TagHistory(lines, images: found)
            for count in 0...story.releases.count {
                let text = HistorySample.day(count).rfc3339
                let day = try #require(TimeSpan(parsing: String(text.prefix(10))))
                let moment = HistoryMoment(day, in: history)
                #expect(moment.last == (count == 0 ? nil : count - 1))
                var before = story
                before.releases = Array(story.releases.prefix(count))
                (before.yanked, before.held) = ([], [:])
                let expected = ReleaseOracle(history: before).tags().mapValues(\.version)
                let versionTags = Set(history.images.flatMap(\.tags).map(\.name))
                var actual: [String: Version] = [:]
                for meaning in moment.meanings {
                    actual[meaning.tag.name] = meaning.image.map { history.images[$0].version }
                }
                #expect(actual == expected.filter { !versionTags.contains($0.key) }, "seed \(seed) on day \(count)")
                let changes = moment.meanings.flatMap(\.changes).map(\.image)
                #expect(changes.allSatisfy { $0 == count - 1 }, "seed \(seed) on day \(count)")
            }
        }
    }

    /// A repository at a story's end, in which one image was made each day.
    private static func repository(_ story: ReleaseHistory) throws -> (lines: HistoryLines, images: [ListedImage]) {
        let tags = ReleaseOracle(history: story).tags()
        let policy = try story.policy("", isYankInForce: true).tags
        let existing = Set(try tags.keys.map { try OCI.Tag($0) })
        let lines = try HistoryLines(
            existing: existing,
            naming: try TagNaming(policy: policy, context: sampleContext)
        )
        let found = story.releases.enumerated().map { index, release in
            let own = lines.tagsToRead.filter { tags[$0.tag.name] == release }
            var image = ListedImage(digest: story.images[release], tags: own)
            image.created = HistorySample.day(index + 1)
            return image
        }
        return (lines, found)
    }
}
