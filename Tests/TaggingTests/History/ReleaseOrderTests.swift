import OCI
import Testing
import Versioning

@testable import Tagging

/// In which order images count as released, and what is told of it.
@Suite struct ReleaseOrderTests {
    struct Case: CustomTestStringConvertible {
        let name: String
        /// Each image: its tag, and its day; nil for none.
        let images: [(String, Int?)]
        let order: String
        var dating = ""

        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(
            name: "by date, whatever the version",
            images: [("2.0.0", 1), ("1.0.0", 3), ("1.5.0", 2)],
            order: "2.0.0 1.5.0 1.0.0",
            dating: "date date date"
        ),
        Case(
            name: "of the same date by version, and that is told",
            images: [("1.0.10", 2), ("1.0.9", 2), ("1.0.8", 1)],
            order: "1.0.8 1.0.9 1.0.10",
            dating: "date shared date shared date"
        ),
        Case(
            name: "without any date by version",
            images: [("3.0.0", nil), ("1.0.10", nil), ("1.0.9", nil), ("1.0.9-rc.1", nil)],
            order: "1.0.9-rc.1 1.0.9 1.0.10 3.0.0",
            dating: "version version version version"
        ),
        Case(
            name: "without a date behind the next lower version of its own line",
            images: [("2.1.1", 1), ("2.1.3", 2), ("3.0.0", 3), ("2.1.2", nil), ("2.1.4", nil)],
            order: "2.1.1 2.1.2 2.1.3 2.1.4 3.0.0"
        ),
        Case(
            name: "without a date and a lower version before the next higher one of its line",
            images: [("9.0.0", 1), ("2.1.3", 2), ("2.1.4", 3), ("2.1.1", nil), ("2.1.2", nil)],
            order: "9.0.0 2.1.1 2.1.2 2.1.3 2.1.4"
        ),
        Case(
            name: "without a date and a line behind the next lower version of all",
            images: [("1.0.0", 1), ("3.0.0", 2), ("2.0.0", nil), ("0.1.0", nil)],
            order: "0.1.0 1.0.0 2.0.0 3.0.0"
        ),
    ])
    func order(_ item: Case) throws {
        var sample = HistorySample()
        sample.images = item.images.map { HistorySample.Image(tags: [$0.0], day: $0.1) }
        for images in [sample.images, sample.images.reversed()] {
            sample.images = images
            let history = try sample.history()
            #expect(history.images.map(\.version.text).joined(separator: " ") == item.order)
            guard !item.dating.isEmpty else { continue }
            #expect(history.images.map(\.dating.rawValue).joined(separator: " ") == item.dating)
        }
    }

    /// A builder's stand-in for a date is none.
    @Test(arguments: ["1970-01-01T00:00:00Z", "1970-01-01T00:00:01Z", "1980-01-01T00:00:01Z"])
    func aDateBeforeThereWereImagesIsNone(_ date: String) throws {
        var sample = HistorySample("1.0.0", "1.0.1", "1.0.2")
        sample.images[2].created = Timestamp(rfc3339: date)
        let history = try sample.history()
        #expect(history.images.map(\.version.text) == ["1.0.0", "1.0.1", "1.0.2"])
        #expect(history.images[2].created == nil && history.images[2].dating == .version)
        #expect(history.images[2].moment == HistorySample.day(2))
    }

    /// An image that was promoted has the tags of two versions.
    @Test func anImageWithTwoVersionsIsTwoReleases() throws {
        let extract = try HistorySample("1.0.0-rc.1 1.0.0 latest rc").extract()
        #expect(
            extract.table == [
                "release rc 1.0 1 latest", "1.0.0-rc.1 1.0.0-rc.1* - - -", "1.0.0 1.0.0-rc.1 1.0.0* 1.0.0* 1.0.0*",
            ]
        )
        let today = extract.history.tags.filter { ["rc", "latest"].contains($0.tag.name) }.map(\.today)
        #expect(today.allSatisfy { $0.state == .inPlace && $0.note == nil })
        #expect(today.map(\.version?.text) == ["1.0.0-rc.1", "1.0.0"])
    }
}
