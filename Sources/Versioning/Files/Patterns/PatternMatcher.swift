/// Runs a pattern over a file, every thread of it at once, so that no byte is looked at twice for one match.
struct PatternMatcher {
    struct Match: Equatable {
        let whole: Range<Int>
        /// Where the group stands; nil where it took no part.
        let group: Range<Int>?
    }

    /// What a thread has seen: where its match started, and where the group starts and ends; -1 for not yet.
    private struct Marks {
        var start: Int
        var groupStart = -1
        var groupEnd = -1
    }

    /// The threads at one place, the preferred ones first, each instruction at most once.
    private struct Threads {
        var list: [(instruction: Int, marks: Marks)] = []
        /// At which place each instruction was last added.
        var added: [Int]

        init(count: Int) { added = Array(repeating: -1, count: count) }
    }

    private let instructions: [PatternProgram.Instruction]
    private let bytes: [UInt8]
    private let textStart: Int
    private var place: Int
    private var current: Threads
    private var following: Threads

    init(_ program: PatternProgram, _ cursor: ByteCursor) {
        instructions = program.instructions
        bytes = cursor.bytes
        textStart = cursor.position
        place = cursor.position
        current = Threads(count: program.instructions.count)
        following = current
    }

    /// The next match behind the last one, leftmost and by preference, as backtracking would find it.
    mutating func nextMatch() -> Match? {
        var found: Match?
        current = Threads(count: instructions.count)
        following = Threads(count: instructions.count)
        var position = place
        while position <= bytes.count {
            if found == nil { add(0, Marks(start: position), at: position, to: &current) }
            if current.list.isEmpty, found != nil { break }
            following.list.removeAll(keepingCapacity: true)
            loop: for (instruction, marks) in current.list {
                switch instructions[instruction] {
                case .bytes(let set):
                    guard position < bytes.count, set.contains(bytes[position]) else { continue }
                    add(instruction + 1, marks, at: position + 1, to: &following)
                case .match:
                    let group = marks.groupEnd >= 0 ? marks.groupStart..<marks.groupEnd : nil
                    found = Match(whole: marks.start..<position, group: group)
                    // Threads behind this one are preferred less.
                    break loop
                default: continue
                }
            }
            swap(&current, &following)
            position += 1
        }
        guard let found else {
            place = bytes.count + 1
            return nil
        }
        // An empty match must not be found again at its place.
        place = found.whole.isEmpty ? found.whole.upperBound + 1 : found.whole.upperBound
        return found
    }

    /// Adds a thread, and those that it becomes without taking a byte.
    private func add(_ first: Int, _ marks: Marks, at position: Int, to threads: inout Threads) {
        var pending = [(first, marks)]
        while let (instruction, marks) = pending.popLast() {
            guard threads.added[instruction] != position else { continue }
            threads.added[instruction] = position
            switch instructions[instruction] {
            case .jump(let target): pending.append((target, marks))
            case .fork(let preferred, let other):
                pending.append((other, marks))
                pending.append((preferred, marks))
            case .save(let mark):
                var marks = marks
                if mark == 0 { marks.groupStart = position } else { marks.groupEnd = position }
                pending.append((instruction + 1, marks))
            case .assert(let assertion):
                if holds(assertion, at: position) { pending.append((instruction + 1, marks)) }
            case .bytes, .match:
                threads.list.append((instruction, marks))
            }
        }
    }

    private func holds(_ assertion: PatternNode.Assertion, at position: Int) -> Bool {
        switch assertion {
        case .textStart: position == textStart
        case .textEnd: position == bytes.count
        case .lineStart: position == textStart || bytes[position - 1] == UInt8(ascii: "\n")
        case .lineEnd:
            position == bytes.count || bytes[position] == UInt8(ascii: "\n")
                || (bytes[position] == UInt8(ascii: "\r") && position + 1 < bytes.count
                    && bytes[position + 1] == UInt8(ascii: "\n"))
        case .wordEdge: isWord(position - 1) != isWord(position)
        case .noWordEdge: isWord(position - 1) == isWord(position)
        }
    }

    private func isWord(_ position: Int) -> Bool {
        position >= textStart && position < bytes.count && ByteSet.words.contains(bytes[position])
    }
}
