import OCI
import Testing
import Versioning

@testable import Tagging

/// Parts of a history, and what tags meant at a moment.
@Suite struct HistoryExtractTests {
    private let sample = HistorySample("2.1.106", "2.1.114", "2.2.11", "3.0.42", "2.1.115")

    /// What is shown, is worked out from all releases.
    @Test func aPartIsOfTheWhole() throws {
        var choice = HistoryExtract.Choice()
        choice.limit = 2
        let last = try sample.extract(choice)
        #expect(
            last.table == [
                "release 2.1 2 3.0 3 latest", "3.0.42 2.1.114 2.2.11 3.0.42* 3.0.42* 3.0.42*",
                "2.1.115 2.1.115* (2.2.11) 3.0.42 3.0.42 (3.0.42)",
            ]
        )
        #expect(last.omitted == 3)
        choice.limit = nil
        choice.since = .version(try version("3.0.42"))
        #expect(try sample.extract(choice).table == last.table)
        choice.since = .moment(HistorySample.day(4))
        #expect(try sample.extract(choice).table == last.table)
        choice.since = nil
        choice.filters = [
            try ListFilter(parsing: "version=2.1", scheme: .semantic, now: HistorySample.day(1)),
            try ListFilter(parsing: "created>2026-07-02", scheme: .semantic, now: HistorySample.day(1)),
        ]
        choice.tags = [GlobPattern("latest"), GlobPattern("2.?")]
        #expect(
            try sample.extract(choice).table == [
                "release 2.1 2.2 latest", "2.1.114 2.1.114* - 2.1.114*", "2.1.115 2.1.115* 2.2.11 (3.0.42)",
            ]
        )
    }

    /// What 2.1 was last Tuesday.
    @Test func aDay() throws {
        let history = try sample.history()
        func meaning(_ tag: String, on text: String) throws -> HistoryMoment.Meaning {
            let moment = HistoryMoment(try #require(TimeSpan(parsing: text)), in: history)
            return try #require(moment.meanings.first { $0.tag.name == tag })
        }
        func words(_ tag: String, on text: String) throws -> String {
            let meaning = try meaning(tag, on: text)
            let version = meaning.image.map { history.images[$0].version.text } ?? "-"
            return "\(version) \(meaning.changes.count) \(meaning.later.count)"
        }
        #expect(try words("2.1", on: "2026-06-30") == "- 0 3")
        #expect(try words("2.1", on: "2026-07-02") == "2.1.114 1 1")
        #expect(try words("2.1", on: "2026-07-02T09:29:59Z") == "2.1.106 0 2")
        #expect(try words("2.1", on: "2026-07-02T09:30:00Z") == "2.1.114 1 1")
        #expect(try words("2.1", on: "2026-07-02T15:00:00+05:30") == "2.1.114 1 1")
        #expect(try words("latest", on: "2030-01-01") == "3.0.42 0 0")
        #expect(try meaning("2.1", on: "2026-07-02").changes.first?.before == 0)
        for wrong in ["", "2026", "yesterday", "2026-07-32", "2026-07-01T09:30"] {
            #expect(TimeSpan(parsing: wrong) == nil, "\(wrong)")
        }
    }

    /// An image without a date that comes before all dates was there from the start.
    @Test func withoutADate() throws {
        var sample = HistorySample("1.0.0", "1.1.0")
        sample.images[0] = HistorySample.Image(tags: ["1.0.0"], day: nil)
        let moment = HistoryMoment(try #require(TimeSpan(parsing: "2020-01-01")), in: try sample.history())
        #expect(moment.meanings.first { $0.tag == .latest }?.image == 0 && moment.last == 0)
    }
}
