/// One file of a commit-graph (gitformat-commit-graph(5)); positions in it count from 0.
///
/// Whatever its bytes are, reading it never fails worse than with nil.
struct CommitGraphLayer {
    /// How many commits it has.
    let count: Int
    /// The checksums of the files that it builds upon, the lowest first.
    let bases: [CommitID]
    /// The file's own checksum, which names it in a chain.
    let checksum: CommitID
    private let file: MappedFile
    private let fanout: Int
    private let names: Int
    private let data: Int
    private let edges: Range<Int>
    private let generations: Int?
    private let largeGenerations: Range<Int>

    /// A commit's row.
    struct Row {
        let date: Int64
        /// The corrected commit date; nil where the file has none.
        let generation: Int64?
        fileprivate let first: UInt32
        fileprivate let second: UInt32
    }

    private static let none: UInt32 = 0x7000_0000
    private static let isLarge: UInt32 = 0x8000_0000

    /// Reads the head of a file and its table of chunks; nil where they are damaged or of another format.
    init?(_ file: MappedFile) {
        // "CGPH", version 1, SHA-1, and how many chunks and base graphs there are.
        guard file.uint32(at: 0) == 0x4347_5048, file.byte(at: 4) == 1, file.byte(at: 5) == 1,
            let chunkCount = file.byte(at: 6), let baseCount = file.byte(at: 7)
        else { return nil }
        let end = file.count - 20
        var chunks: [UInt32: Range<Int>] = [:]
        for index in 0..<Int(chunkCount) {
            let entry = 8 + 12 * index
            guard let name = file.uint32(at: entry), let start = file.uint64(at: entry + 4),
                let next = file.uint64(at: entry + 16), start <= next, next <= UInt64(max(0, end)),
                start >= UInt64(8 + 12 * (Int(chunkCount) + 1)), chunks[name] == nil
            else { return nil }
            chunks[name] = Int(start)..<Int(next)
        }
        guard let fanout = chunks[0x4F49_4446], fanout.count == 1024,  // OIDF
            let names = chunks[0x4F49_444C],  // OIDL
            let data = chunks[0x4344_4154],  // CDAT
            let count = file.uint32(at: fanout.lowerBound + 1020).map({ Int($0) }),
            names.count == 20 * count, data.count == 36 * count,
            let checksum = file.id(at: end)
        else { return nil }
        var previous: UInt32 = 0
        for index in 0..<256 {
            guard let next = file.uint32(at: fanout.lowerBound + 4 * index), next >= previous else { return nil }
            previous = next
        }
        let generations = chunks[0x4744_4132]  // GDA2
        if let generations, generations.count != 4 * count { return nil }
        let bases = chunks[0x4241_5345] ?? 0..<0  // BASE
        guard bases.count == 20 * Int(baseCount) else { return nil }
        self.bases = stride(from: bases.lowerBound, to: bases.upperBound, by: 20).compactMap { file.id(at: $0) }
        self.file = file
        self.count = count
        self.checksum = checksum
        self.fanout = fanout.lowerBound
        self.names = names.lowerBound
        self.data = data.lowerBound
        self.generations = generations?.lowerBound
        edges = chunks[0x4544_4745] ?? 0..<0  // EDGE
        largeGenerations = chunks[0x4744_4F32] ?? 0..<0  // GDO2
    }

    var hasGenerations: Bool { generations != nil }

    var size: Int { file.count }

    /// Whether the file is as it was written; it takes the reading of all of it.
    var isIntact: Bool { file.endsWithItsChecksum }

    func position(of id: CommitID) -> Int? {
        let first = id.firstByte
        guard let end = file.uint32(at: fanout + 4 * first) else { return nil }
        var upper = Int(end)
        var lower = first == 0 ? 0 : Int(file.uint32(at: fanout + 4 * (first - 1)) ?? 0)
        while lower < upper {
            let middle = (lower + upper) / 2
            guard let found = self.id(at: middle) else { return nil }
            if found == id { return middle }
            if found.precedes(id) { lower = middle + 1 } else { upper = middle }
        }
        return nil
    }

    func id(at position: Int) -> CommitID? {
        guard position >= 0, position < count else { return nil }
        return file.id(at: names + 20 * position)
    }

    func row(at position: Int) -> Row? {
        guard position >= 0, position < count else { return nil }
        let place = data + 36 * position
        guard let first = file.uint32(at: place + 20), let second = file.uint32(at: place + 24),
            let high = file.uint32(at: place + 28), let low = file.uint32(at: place + 32)
        else { return nil }
        // Two bits of the date are beside the topological level.
        let date = Int64(high & 3) << 32 | Int64(low)
        var generation: Int64?
        if let generations {
            guard let offset = file.uint32(at: generations + 4 * position) else { return nil }
            if offset & Self.isLarge == 0 {
                generation = date + Int64(offset)
            } else {
                let place = largeGenerations.lowerBound + 8 * Int(offset & ~Self.isLarge)
                guard place + 8 <= largeGenerations.upperBound, let large = file.uint64(at: place),
                    large < 1 << 62
                else { return nil }
                generation = date + Int64(large)
            }
        }
        return Row(date: date, generation: generation, first: first, second: second)
    }

    /// Puts the positions of a row's parents, in the whole graph, behind what a list has; false where the row is damaged.
    func appendParents(of row: Row, to list: inout [Int]) -> Bool {
        guard row.first != Self.none else { return row.second == Self.none }
        list.append(Int(row.first))
        guard row.second != Self.none else { return true }
        guard row.second & Self.isLarge != 0 else {
            list.append(Int(row.second))
            return true
        }
        // More than two: the rest is in the list of edges, whose last entry is marked.
        var place = edges.lowerBound + 4 * Int(row.second & ~Self.isLarge)
        while place + 4 <= edges.upperBound, let edge = file.uint32(at: place) {
            list.append(Int(edge & ~Self.isLarge))
            if edge & Self.isLarge != 0 { return true }
            place += 4
        }
        return false
    }
}
