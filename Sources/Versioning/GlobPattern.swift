/// A pattern of names: `*` stands for any characters, `?` for one.
package struct GlobPattern: Hashable, Sendable {
    private let pattern: [UInt8]

    package init(_ text: String) {
        pattern = Array(text.utf8)
    }

    /// Whether the whole name fits.
    package func matches(_ name: String) -> Bool {
        let text = Array(name.utf8)
        var (position, place) = (0, 0)
        // Where the last star stands, and how far it reaches.
        var star: (place: Int, position: Int)?
        while position < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = (place, position)
                place += 1
            } else if place < pattern.count, [UInt8(ascii: "?"), text[position]].contains(pattern[place]) {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                place = last.place + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
