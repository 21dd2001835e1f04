/// A regular expression as instructions that many threads run side by side (Thompson's construction).
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case bytes(ByteSet)
        /// Goes on at both places; the first one is preferred.
        case fork(Int, Int)
        case jump(Int)
        case save(Int)
        case assert(PatternNode.Assertion)
        case match
    }

    private(set) var instructions: [Instruction] = []

    /// How many instructions a pattern may have.
    static let largest = 4000

    /// Compiles an expression; nil where it is too large.
    ///
    /// - Parameters:
    ///   - node: the expression.
    ///   - group: the group whose place is wanted.
    init?(_ node: PatternNode, capturing group: Int) {
        guard emit(node, group), add(.match) else { return nil }
    }

    private mutating func add(_ instruction: Instruction) -> Bool {
        instructions.append(instruction)
        return instructions.count <= Self.largest
    }

    private mutating func emit(_ node: PatternNode, _ group: Int) -> Bool {
        switch node {
        case .bytes(let set): return add(.bytes(set))
        case .assertion(let assertion): return add(.assert(assertion))
        case .sequence(let nodes): return nodes.allSatisfy { emit($0, group) }
        case .capture(group, let inner): return add(.save(0)) && emit(inner, group) && add(.save(1))
        case .capture(_, let inner): return emit(inner, group)
        case .alternatives(let nodes): return emit(alternatives: nodes, group)
        case .repeated(let inner, let least, let most, let isGreedy):
            for _ in 0..<least { guard emit(inner, group) else { return false } }
            guard let most else { return emit(loop: inner, isGreedy, group) }
            return emit(inner, upTo: most - least, isGreedy, group)
        }
    }

    private mutating func emit(alternatives nodes: [PatternNode], _ group: Int) -> Bool {
        var jumps: [Int] = []
        for (index, node) in nodes.enumerated() {
            let fork = instructions.count
            let isLast = index == nodes.count - 1
            guard isLast || add(.fork(fork + 1, 0)), emit(node, group) else { return false }
            guard !isLast else { break }
            jumps.append(instructions.count)
            guard add(.jump(0)) else { return false }
            instructions[fork] = .fork(fork + 1, instructions.count)
        }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
        return true
    }

    private mutating func emit(loop node: PatternNode, _ isGreedy: Bool, _ group: Int) -> Bool {
        let fork = instructions.count
        guard add(.fork(0, 0)), emit(node, group), add(.jump(fork)) else { return false }
        let end = instructions.count
        instructions[fork] = isGreedy ? .fork(fork + 1, end) : .fork(end, fork + 1)
        return true
    }

    private mutating func emit(_ node: PatternNode, upTo count: Int, _ isGreedy: Bool, _ group: Int) -> Bool {
        var forks: [Int] = []
        for _ in 0..<count {
            forks.append(instructions.count)
            guard add(.fork(0, 0)), emit(node, group) else { return false }
        }
        let end = instructions.count
        for fork in forks { instructions[fork] = isGreedy ? .fork(fork + 1, end) : .fork(end, fork + 1) }
        return true
    }
}
