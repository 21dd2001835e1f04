/// Elements that wait for their turn, the greatest first.
struct PriorityQueue<Element: Comparable> {
    private var heap: [Element] = []

    var first: Element? { heap.first }

    mutating func push(_ element: Element) {
        heap.append(element)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[parent] < heap[child] else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Element? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return first }
        heap[0] = last
        var parent = 0
        while true {
            var next = 2 * parent + 1
            guard next < heap.count else { return first }
            if next + 1 < heap.count, heap[next] < heap[next + 1] { next += 1 }
            guard heap[parent] < heap[next] else { return first }
            heap.swapAt(parent, next)
            parent = next
        }
    }
}

/// Commits that a walk has met and not looked at, the newest first; among equals the first that came.
struct CommitQueue {
    /// A commit in the queue.
    struct Entry: Comparable {
        let key: Int64
        let order: Int
        let commit: Int

        static func < (left: Entry, right: Entry) -> Bool {
            left.key == right.key ? left.order > right.order : left.key < right.key
        }
    }

    private var entries = PriorityQueue<Entry>()
    private var pushed = 0

    var first: Entry? { entries.first }

    mutating func push(_ commit: Int, key: Int64) {
        entries.push(Entry(key: key, order: pushed, commit: commit))
        pushed += 1
    }

    mutating func pop() -> Entry? { entries.pop() }
}
