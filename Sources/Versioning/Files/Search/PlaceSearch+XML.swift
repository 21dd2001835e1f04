/// XML: elements, and the pairs of a property list.
extension PlaceSearch {
    func xmlPlaces() throws(ScanFailure) -> [Found] {
        guard !bytes.starts(with: "bplist".utf8) else {
            throw failure(
                "the property list is binary",
                hint: "convert it with `plutil -convert xml1`, or list the file that it is made from"
            )
        }
        switch kind {
        case .plist: return try plistPlaces()
        case .msbuild: return try msbuildPlaces()
        default: return try mavenPlaces()
        }
    }

    /// The one piece of text of an element.
    private func place(_ leaf: XMLScanner.Leaf, key: String) throws(ScanFailure) -> Range<Int> {
        let cursor = ByteCursor(bytes)
        let pieces = leaf.pieces.map(cursor.trimmed).filter { !$0.isEmpty }
        guard pieces.count <= 1, let place = pieces.first ?? leaf.pieces.first.map({ $0.lowerBound..<$0.lowerBound })
        else {
            throw failure(
                pieces.isEmpty ? "\(key) is empty" : "\(key) is in several pieces",
                at: leaf.start,
                hint: "write it as one text between its tags"
            )
        }
        return place
    }

    private func mavenPlaces() throws(ScanFailure) -> [Found] {
        let leaves = try XMLScanner.leaves(in: bytes) { $0.count <= 8 && $0.first == "project" }
        var found: [Found] = []
        for key in keys.isEmpty ? ["version"] : keys {
            let path = ["project"] + key.split(separator: ".").map(String.init)
            let matches = leaves.filter { $0.path == path }
            guard let leaf = matches.first else {
                if key == "version", let parent = leaves.first(where: { $0.path == ["project", "parent", "version"] }) {
                    throw failure(
                        "the version is inherited from the parent",
                        at: parent.start,
                        hint: "list the parent's pom.xml, or say `keys: [parent.version]`"
                    )
                }
                throw failure("no \(path.joined(separator: "/")) in it")
            }
            guard matches.count == 1 else { throw failure("\(key) stands twice", at: matches[1].start) }
            found.append(try followingProperty(leaf, key: key, leaves))
        }
        return found
    }

    /// A version that is one property, `${revision}`, stands where the property does.
    private func followingProperty(
        _ leaf: XMLScanner.Leaf,
        key: String,
        _ leaves: [XMLScanner.Leaf]
    ) throws(ScanFailure) -> Found {
        let range = try place(leaf, key: key)
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard text.hasPrefix("${"), text.hasSuffix("}") else {
            return Found(key: key, range: range, spelling: kind.spelling)
        }
        let name = String(text.dropFirst(2).dropLast())
        guard let property = leaves.first(where: { $0.path == ["project", "properties", name] }) else {
            throw failure(
                "\(key) is \(text), and there is no such property in this file",
                at: range.lowerBound,
                hint: "list the file that defines it, or name a property, such as `keys: [properties.revision]`"
            )
        }
        let value = try place(property, key: name)
        return Found(key: "properties.\(name)", range: value, spelling: kind.spelling)
    }

    private func msbuildPlaces() throws(ScanFailure) -> [Found] {
        let names = keys.isEmpty ? ["Version", "VersionPrefix", "VersionSuffix"] : keys
        let leaves = try XMLScanner.leaves(in: bytes) { path in
            path.count == 3 && path[0] == "Project" && path[1] == "PropertyGroup" && names.contains(path[2])
        }
        let hasSuffix = leaves.contains { $0.path[2] == "VersionSuffix" }
        var found: [Found] = []
        for name in names {
            var texts: Set<String> = []
            // Groups may be for different conditions, and then say the same.
            for leaf in leaves where leaf.path[2] == name {
                let range = try place(leaf, key: name)
                texts.insert(String(decoding: bytes[range], as: UTF8.self))
                guard texts.count == 1 else {
                    throw failure("a second \(name), which is another version", at: leaf.start)
                }
                found.append(Found(key: name, range: range, spelling: Self.msbuildSpelling(name, hasSuffix: hasSuffix)))
            }
            guard keys.isEmpty || !texts.isEmpty else { throw failure("no <\(name)> in a <PropertyGroup>") }
        }
        guard found.contains(where: { $0.spelling != .suffix }) else {
            throw failure("no <Version> or <VersionPrefix> in a <PropertyGroup>")
        }
        return found
    }

    private static func msbuildSpelling(_ name: String, hasSuffix: Bool) -> VersionSpelling {
        switch name {
        case "AssemblyVersion", "FileVersion": .assembly
        case "VersionPrefix": hasSuffix ? .prefix : .numbers
        case "VersionSuffix": .suffix
        default: .semantic
        }
    }

    private func plistPlaces() throws(ScanFailure) -> [Found] {
        let leaves = try XMLScanner.leaves(in: bytes) { $0.count == 3 && $0[0] == "plist" && $0[1] == "dict" }
        let cursor = ByteCursor(bytes)
        var found: [Found] = []
        for key in keys.isEmpty ? ["CFBundleShortVersionString"] : keys {
            let indices = leaves.indices.filter { index in
                leaves[index].path[2] == "key"
                    && leaves[index].pieces.map(cursor.text).joined().utf8.elementsEqual(key.utf8)
            }
            guard let index = indices.first else { throw failure("no key \(key) at the top of the property list") }
            guard indices.count == 1 else { throw failure("\(key) stands twice", at: leaves[indices[1]].start) }
            guard index + 1 < leaves.count, leaves[index + 1].path[2] == "string" else {
                throw failure("\(key): expected a <string>", at: leaves[index].start)
            }
            let range = try place(leaves[index + 1], key: key)
            found.append(Found(key: key, range: range, spelling: kind.spelling))
        }
        return found
    }
}
