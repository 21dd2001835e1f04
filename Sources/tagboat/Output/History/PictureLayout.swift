import OCI
import Tagging

/// Where everything of a history's picture stands.
///
/// A release is a column that begins at its `start`; a tag is a lane.
struct PictureLayout {
    /// How the names of releases are written above the columns.
    enum Heading: Equatable {
        /// One above each column.
        case level
        /// At an angle, as many as there is room for.
        case slanted
    }

    struct Lane {
        /// The tag's place in the extract.
        let tag: Int
        let top: Double
    }

    static let margin = 20.0
    /// The width of a character of 12 pixels in a font of fixed width, a little generously.
    static let character = 7.4
    private static let room = 1120.0
    private static let slope = 0.78

    let starts: [Double]
    let plotLeft: Double
    let plotRight: Double
    let headTop = 68.0
    let headBottom: Double
    let heading: Heading
    /// The releases that have a name above them.
    let named: Set<Int>
    let lanes: [Lane]
    /// Where the name of a variant stands, before its lanes.
    let groups: [(name: String, top: Double)]
    let barHeight: Double
    let lanesBottom: Double
    let todayLeft: Double
    let width: Double

    /// Lays a picture out.
    ///
    /// - Parameters:
    ///   - extract: the releases and tags.
    ///   - headings: what stands above each column.
    ///   - titleWidth: how many characters the lines above have at most.
    ///   - important: the releases to name first where there is no room for all.
    ///   - axis: what the width stands for.
    init(
        _ extract: HistoryExtract,
        headings: [ReleaseHeading],
        titleWidth: Int,
        important: [Int],
        axis: PictureAxis
    ) {
        let count = headings.count
        let longestTag = min(28, extract.tags.map(\.tag.name.count).max() ?? 0)
        plotLeft = Self.margin + Double(longestTag) * Self.character + 14
        let longestName = headings.map { min(20, $0.text.count) }.max() ?? 0
        // A date takes 60, so columns may be narrowed to 70 before names have to be slanted.
        let natural = max(70, Double(longestName) * Self.character + 12)
        let share = Self.room / Double(max(1, count))
        let fits = share >= natural
        let spacing = max(3, min(share, max(112, natural)))
        let plotWidth = spacing * Double(max(1, count))
        let left = plotLeft
        switch axis {
        case .releases: starts = (0..<count).map { left + Double($0) * spacing }
        case .time: starts = Self.timed(headings, from: left, width: plotWidth - min(natural, plotWidth / 4))
        }
        plotRight = plotLeft + plotWidth
        let isLevel = axis == .releases ? fits : fits && Self.gaps(starts).allSatisfy { $0 >= natural - 0.1 }
        heading = isLevel ? .level : .slanted
        headBottom = isLevel ? 68 + 46 : 68 + Double(longestName) * Self.character * Self.slope + 16
        named = isLevel ? Set(0..<count) : Self.spaced(starts, important: important, gap: 17)
        let laneHeight = extract.tags.count > 40 ? 22.0 : 30.0
        barHeight = laneHeight - 8
        var top = headBottom + 8
        var lanes: [Lane] = []
        var groups: [(name: String, top: Double)] = []
        let variants = extract.tags.map(\.variant).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        for variant in variants {
            if variants.count > 1 {
                groups.append((variant.isEmpty ? "no variant" : variant, top + 14))
                top += 22
            }
            // The widest line is on top, as people ask for it first.
            for tag in extract.tags.indices.reversed() where extract.tags[tag].variant == variant {
                lanes.append(Lane(tag: tag, top: top))
                top += laneHeight
            }
        }
        self.lanes = lanes
        self.groups = groups
        lanesBottom = top
        todayLeft = plotRight + 16
        let longestToday = min(20, extract.tags.map { $0.today.word.count + 2 }.max() ?? 0)
        let slant = isLevel ? 0 : Double(longestName) * Self.character * 0.64
        let right = max(todayLeft + max(60, Double(longestToday) * Self.character + 10), plotRight + slant)
        width = max(right, Self.margin + Double(min(90, titleWidth)) * 9) + Self.margin
    }

    /// Where the column of a release ends.
    func end(of column: Int) -> Double { column + 1 < starts.count ? starts[column + 1] : plotRight }

    private static func gaps(_ starts: [Double]) -> [Double] { zip(starts, starts.dropFirst()).map { $1 - $0 } }

    /// Places by time; what was made at once stands side by side all the same.
    private static func timed(_ headings: [ReleaseHeading], from left: Double, width: Double) -> [Double] {
        let seconds = headings.map { $0.created?.secondsSinceEpoch }
        let known = seconds.compactMap { $0 }
        guard let first = known.min(), let last = known.max(), first < last else {
            let step = width / Double(max(1, headings.count))
            return headings.indices.map { left + Double($0) * step }
        }
        var starts: [Double] = []
        for moment in seconds {
            let before = starts.last
            let place = moment.map { left + Double($0 - first) / Double(last - first) * width }
            let least = before.map { $0 + 3 } ?? left
            starts.append(max(place ?? least, least))
        }
        // The steps aside may have led too far.
        guard let end = starts.last, end > left + width else { return starts }
        return starts.map { left + ($0 - left) * width / (end - left) }
    }

    /// As many as stand apart, the important ones first.
    private static func spaced(_ starts: [Double], important: [Int], gap: Double) -> Set<Int> {
        var chosen: Set<Int> = []
        // By slots, so that each looks at its neighbours alone.
        var slots: [Int: [Double]] = [:]
        for index in important + Array(starts.indices) where !chosen.contains(index) {
            let slot = Int(starts[index] / gap)
            let near = (slot - 1...slot + 1).flatMap { slots[$0] ?? [] }
            if near.allSatisfy({ abs($0 - starts[index]) >= gap }) {
                chosen.insert(index)
                slots[slot, default: []].append(starts[index])
            }
        }
        return chosen
    }
}
