import FoundationEssentials

/// The commit-graph of a repository: one file, or a chain of them of which each builds upon those before it.
struct CommitGraph {
    private let layers: [CommitGraphLayer]
    /// The position of each layer's first commit.
    private let starts: [Int]
    /// Whether there is a corrected commit date for every commit.
    let hasGenerations: Bool

    /// A commit's row.
    struct Row {
        let date: Int64
        let generation: Int64?
        /// The positions of its parents.
        let parents: [Int]
    }

    /// Opens the graph; nil where there is none, or a damaged one.
    ///
    /// - Parameter objects: the folder `objects` of the repository.
    init?(objects: String) {
        if let file = MappedFile(objects + "/info/commit-graph") {
            guard let layer = CommitGraphLayer(file), layer.bases.isEmpty else { return nil }
            self.init([layer])
            return
        }
        let folder = objects + "/info/commit-graphs/"
        guard let chain = FileManager.default.contents(atPath: folder + "commit-graph-chain"), chain.count < 1 << 20
        else { return nil }
        var layers: [CommitGraphLayer] = []
        for line in String(decoding: chain, as: UTF8.self).split(separator: "\n") {
            guard let name = CommitID(hex: String(line)), let file = MappedFile("\(folder)graph-\(name).graph"),
                let layer = CommitGraphLayer(file), layer.checksum == name, layer.bases == layers.map(\.checksum)
            else { return nil }
            layers.append(layer)
        }
        guard !layers.isEmpty else { return nil }
        self.init(layers)
    }

    private init(_ layers: [CommitGraphLayer]) {
        self.layers = layers
        var starts: [Int] = []
        var count = 0
        for layer in layers {
            starts.append(count)
            count += layer.count
        }
        self.starts = starts
        hasGenerations = layers.allSatisfy(\.hasGenerations)
    }

    var size: Int { layers.reduce(0) { $0 + $1.size } }

    /// Whether every file is as it was written.
    var isIntact: Bool { layers.allSatisfy(\.isIntact) }

    func position(of id: CommitID) -> Int? {
        for (layer, start) in zip(layers, starts).reversed() {
            if let position = layer.position(of: id) { return start + position }
        }
        return nil
    }

    func id(at position: Int) -> CommitID? {
        layer(of: position).flatMap { layers[$0].id(at: position - starts[$0]) }
    }

    /// A row; nil where it is damaged.
    func row(at position: Int) -> Row? {
        guard let index = layer(of: position), let row = layers[index].row(at: position - starts[index]) else {
            return nil
        }
        var parents: [Int] = []
        guard layers[index].appendParents(of: row, to: &parents) else { return nil }
        return Row(date: row.date, generation: row.generation, parents: parents)
    }

    func generation(at position: Int) -> Int64? {
        layer(of: position).flatMap { layers[$0].row(at: position - starts[$0])?.generation }
    }

    private func layer(of position: Int) -> Int? {
        guard position >= 0 else { return nil }
        return starts.lastIndex { $0 <= position }
    }
}
