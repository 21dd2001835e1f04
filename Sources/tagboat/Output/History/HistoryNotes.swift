import OCI
import Tagging
import Versioning

/// What there is to say beside the cells of a history: sentences for people.
///
/// Whatever comes from an image is made printable here.
struct HistoryNotes {
    /// What the tags hold today, where it is not simply what the releases gave them.
    let today: [String]
    /// What the order of the releases rests upon, and what their images say otherwise.
    let releases: [String]

    var all: [String] { today + releases }

    init(_ extract: HistoryExtract) {
        let images = extract.releases.flatMap { release in
            extract.history.releases[release].images.map { extract.history.images[$0] }
        }
        today = Self.today(extract)
        releases = Self.order(images) + Self.yanked(extract) + Self.surprises(images)
    }

    private static func today(_ extract: HistoryExtract) -> [String] {
        let notes = extract.tags.compactMap { tag in
            tag.today.note.map { "\(tag.tag): \(PrintableText.line($0))" }
        }
        if extract.tags.isEmpty { return [] }
        return extract.tags.allSatisfy(\.today.isInPlace)
            ? notes + ["every moving tag holds today what the policy gives it"] : notes
    }

    private static func order(_ images: [TagHistory.ReleasedImage]) -> [String] {
        var notes: [String] = []
        let shared = distinct(images.filter { $0.dating == .sharedDate })
        if !shared.isEmpty {
            notes.append("~ made at the same moment as another, so in the order of their versions: \(listed(shared))")
        }
        let undated = distinct(images.filter { $0.dating == .version })
        if !undated.isEmpty { notes.append("? without a date, so placed by version: \(listed(undated))") }
        return notes
    }

    private static func yanked(_ extract: HistoryExtract) -> [String] {
        let yanked = extract.releases.map { extract.history.releases[$0] }.filter(\.isYanked)
        if yanked.isEmpty { return [] }
        let versions = yanked.reduce(into: [String]()) { list, release in
            if !list.contains(release.version.text) { list.append(release.version.text) }
        }
        return ["! yanked since; what it held until then is shown: \(listed(versions))"]
    }

    private static func surprises(_ images: [TagHistory.ReleasedImage]) -> [String] {
        images.compactMap { image in
            let tag = image.tags.first?.name ?? image.version.text
            if let problem = image.problem { return "\(tag): \(PrintableText.line(problem))" }
            guard let label = image.labelledVersion, label != image.version.text else { return nil }
            return "\(tag): its label says that it is \"\(PrintableText.line(label))\""
        }
    }

    private static func distinct(_ images: [TagHistory.ReleasedImage]) -> [String] {
        images.reduce(into: []) { list, image in
            if list.last != image.version.text { list.append(image.version.text) }
        }
    }

    /// The first few, and how many more there are.
    private static func listed(_ versions: [String]) -> String {
        let few = versions.prefix(6).joined(separator: ", ")
        return versions.count > 6 ? "\(few) and \(versions.count - 6) more" : few
    }
}

/// A release as its row begins.
struct ReleaseHeading {
    let version: String
    /// `!` for one that is yanked, `~` and `?` for what its place rests upon; empty for most.
    let marks: String
    /// The day in UTC; nil where no image has a date.
    let day: String?
    let created: Timestamp?

    init(_ release: TagHistory.Release, of history: TagHistory) {
        let images = release.images.map { history.images[$0] }
        version = release.version.text
        created = images.compactMap(\.created).first
        day = created.map(TimeText.day)
        marks =
            (release.isYanked ? "!" : "") + (images.contains { $0.dating == .sharedDate } ? "~" : "")
            + (images.contains { $0.dating == .version } ? "?" : "")
    }

    /// Version and marks in one.
    var text: String { marks.isEmpty ? version : "\(version) \(marks)" }
}

extension TagToday {
    /// What the tag holds, in a word.
    var word: String {
        version?.text ?? digest.map { String($0.hex.prefix(12)) } ?? "-"
    }
}
