import Dockerfile
package import OCI

extension LintedFile {
    /// The file with the digests that its tags hold today.
    ///
    /// Where the rule that asks for a digest is off, or a comment lets its finding pass, the image stays as it is. So
    /// does one whose digest stands nowhere in the file in one piece.
    ///
    /// - Parameters:
    ///   - tags: what registries say of tags.
    ///   - moves: whether digests that are out of date are replaced.
    ///   - pins: whether images without digest get one.
    /// - Returns: the file and what was changed.
    package func updated(tags: [ImageReference: TagAnswer], moves: Bool = true, pins: Bool = false) -> UpdatedFile {
        var file = self
        var updates: [DigestUpdate] = []
        for index in images.indices {
            // Each change may have seen to several images, and has moved what stands behind it.
            guard let update = file.update(ofImage: index, tags: tags, moves: moves, pins: pins),
                let changed = file.applying(update)
            else { continue }
            file = changed
            updates.append(update)
        }
        return UpdatedFile(file: file, updates: updates)
    }

    private func update(
        ofImage index: Int,
        tags: [ImageReference: TagAnswer],
        moves: Bool,
        pins: Bool
    ) -> DigestUpdate? {
        guard images.indices.contains(index) else { return nil }
        let image = images[index]
        guard let tagged = image.tagged, let state = tags[tagged], case .holds(let new, _) = state else { return nil }
        let changes: [(range: Range<Int>, text: String)]
        if let old = image.reference.digest {
            guard moves, !state.includes(old), isWanted(.tagMoved, at: image.use.source) else { return nil }
            let places = [image.use.source.range] + dockerfile.argumentDefaults
            changes = places.flatMap { dockerfile.bytes.ranges(of: "\(old)", in: $0) }.map { ($0, "\(new)") }
        } else {
            guard pins, isWanted(image.pinningRule, at: image.use.source) else { return nil }
            changes = dockerfile.placesForDigest(of: image.use).map { ($0..<$0, "@\(new)") }
        }
        // What a change does is told by reading the changed file, whatever quotes and variables there are.
        for change in changes {
            let update = DigestUpdate(
                image: tagged,
                old: image.reference.digest,
                new: new,
                range: change.range,
                text: change.text,
                place: dockerfile.place(of: change.range.lowerBound)
            )
            if let changed = applying(update), changed.images[index].reference.digest == new { return update }
        }
        return nil
    }

    /// The file after a change; nil where that would be anything but other digests for this very image.
    private func applying(_ update: DigestUpdate) -> LintedFile? {
        var bytes = dockerfile.bytes
        bytes.replaceSubrange(update.range, with: update.text.utf8)
        guard let changed = try? Dockerfile(parsing: bytes, path: dockerfile.path),
            changed.instructions.count == dockerfile.instructions.count
        else { return nil }
        let file = LintedFile(changed, policy: policy)
        guard file.images.count == images.count else { return nil }
        let isSame = zip(images, file.images).allSatisfy { before, after in
            if before.reference == after.reference { return true }
            return before.tagged == update.image && before.reference.digest == update.old
                && after.tagged == update.image
                && after.reference.digest == update.new
        }
        return isSame ? file : nil
    }
}

extension [UInt8] {
    /// Where a text stands within some of the bytes.
    fileprivate func ranges(of text: String, in range: Range<Int>) -> [Range<Int>] {
        let wanted = Array(text.utf8)
        guard range.count >= wanted.count else { return [] }
        return (range.lowerBound...(range.upperBound - wanted.count))
            .map { $0..<($0 + wanted.count) }
            .filter { self[$0].elementsEqual(wanted) }
    }
}
