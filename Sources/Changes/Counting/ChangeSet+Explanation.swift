import Versioning

extension ChangeSet {
    /// Why the next version is what it is, in one line of bounded length, such as
    /// `minor, because 2 feat: a1b2c3d show thumbnails, …`.
    ///
    /// It holds what people wrote: escape it where it is shown.
    package var explanation: String {
        if let releaseAs, let releasingCommit {
            return "\(releaseAs), because \(releasingCommit.shortHash) says Release-As"
        }
        guard let level else {
            guard !changes.isEmpty else { return "no release, because nothing has changed" }
            return changes.count == 1
                ? "no release, because the one change does not ask for any"
                : "no release, because none of \(changes.count) changes asks for one"
        }
        let deciding = changes.filter { $0.level == level }
        var counts: [(kind: String, count: Int)] = []
        for change in deciding {
            let kind = level == .major ? "breaking" : change.conventional?.type ?? ""
            if let known = counts.firstIndex(where: { $0.kind == kind }) {
                counts[known].count += 1
            } else {
                counts.append((kind, 1))
            }
        }
        let shown = counts.sorted { ($1.count, $0.kind) < ($0.count, $1.kind) }
        let kinds = shown.prefix(4).map { "\($0.count) \($0.kind.cut(to: 20))" }.joined(separator: ", ")
        var text = "\(level.rawValue), because \(kinds)\(shown.count > 4 ? ", …" : ""): "
        for (index, change) in deciding.enumerated() {
            let item = "\(change.commit.shortHash) \(change.summary.cut(to: 60))"
            // The first one always has room.
            guard index == 0 || text.count + item.count <= 140 else { return text + ", …" }
            text += (index == 0 ? "" : ", ") + item
        }
        return text
    }
}

extension String {
    fileprivate func cut(to width: Int) -> String { count <= width ? self : prefix(width - 1) + "…" }
}
