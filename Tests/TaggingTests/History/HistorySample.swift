import OCI
import Versioning

@testable import Tagging

/// A repository of which its history is worked out: versions in the order of their release, and what moving tags hold.
struct HistorySample {
    /// An image: the version, and the day of July 2026 on which it was made; nil for none.
    struct Image {
        let tags: [String]
        let day: Int?
        var label: String?
        var created: Timestamp?
    }

    var images: [Image] = []
    var policy = TagPolicy(rules: presets("version", "minor", "major", "latest", "channel"))

    /// One image a day for each text: its tags, with spaces between them.
    init(_ images: String...) {
        self.images = images.enumerated().map { day, tags in
            Image(tags: tags.split(separator: " ").map(String.init), day: day + 1)
        }
    }

    func found() throws -> (lines: HistoryLines, images: [ListedImage]) {
        let tags = try images.flatMap(\.tags).map { try OCI.Tag($0) }
        let naming = try TagNaming(policy: policy, context: sampleContext)
        let lines = try HistoryLines(existing: Set(tags), naming: naming)
        let listed = Dictionary(uniqueKeysWithValues: lines.tagsToRead.map { ($0.tag.name, $0) })
        let found = try images.enumerated().compactMap { index, image -> ListedImage? in
            let own = image.tags.compactMap { listed[$0] }
            if own.isEmpty { return nil }
            var result = ListedImage(digest: try digest(index + 1), tags: own)
            result.created = image.created ?? image.day.map(Self.day)
            result.labelledVersion = image.label
            return result
        }
        return (lines, found)
    }

    func history() throws -> TagHistory {
        let (lines, images) = try found()
        return TagHistory(lines, images: images)
    }

    func extract(_ choice: HistoryExtract.Choice = .init()) throws -> HistoryExtract {
        let (lines, images) = try found()
        return HistoryExtract(choice, of: TagHistory(lines, images: images), images: images)
    }

    /// 09:30 on a day of July 2026.
    static func day(_ day: Int) -> Timestamp { Timestamp(secondsSinceEpoch: 1_782_898_200 + Int64(day - 1) * 86_400) }
}

extension HistoryExtract {
    /// The table as text: a line for each release, a word for each tag.
    ///
    /// A star marks what moved, a dash what is not there yet, brackets a tag that stayed though the release is of its
    /// line.
    var table: [String] {
        let header = "release " + tags.map(\.tag.name).joined(separator: " ")
        return [header]
            + zip(releases, rows).map { release, cells in
                let words = cells.map { cell in
                    let text = cell.image.map { history.images[$0].version.text } ?? "-"
                    return cell.isMove ? "\(text)*" : cell.isStay ? "(\(text))" : text
                }
                return ([history.releases[release].version.text] + words).joined(separator: " ")
            }
    }
}
