/// Properties, sections and Dockerfiles: names with values.
extension PlaceSearch {
    func propertyPlaces() throws(ScanFailure) -> [Found] {
        let isSetup = kind == .setupConfiguration
        let properties = isSetup ? PropertyScanner.sections(in: bytes) : PropertyScanner.properties(in: bytes)
        var found: [Found] = []
        for key in keys.isEmpty ? [isSetup ? "metadata.version" : "version"] : keys {
            var section: Substring = ""
            var name = key[...]
            if isSetup, let dot = key.lastIndex(of: ".") {
                (section, name) = (key[..<dot], key[key.index(after: dot)...])
            }
            let matches = properties.filter { $0.section == section && $0.name == name }
            guard let property = matches.first else { throw failure("no \(key) in it") }
            guard matches.count == 1 else {
                throw failure("\(key) stands twice", at: matches[1].range.lowerBound, hint: "leave one of them")
            }
            let text = String(decoding: bytes[property.range], as: UTF8.self)
            if isSetup, text.hasPrefix("attr:") || text.hasPrefix("file:") {
                throw failure(
                    "the version is taken from elsewhere: \(text)",
                    at: property.range.lowerBound,
                    hint: "list that file"
                )
            }
            guard !property.goesOn else {
                throw failure("\(key) goes on in the next line", at: property.range.lowerBound)
            }
            found.append(Found(key: key, range: property.range, spelling: kind.spelling))
        }
        return found
    }

    /// `ARG VERSION=…`, `ENV …` where it is named, and the label of the version.
    func dockerfilePlaces() throws(ScanFailure) -> [Found] {
        let label = "org.opencontainers.image.version"
        let names = keys.isEmpty ? ["VERSION", label] : keys
        let matches = DockerfileScanner.assignments(in: bytes).filter { assignment in
            names.contains(assignment.name)
                && (!keys.isEmpty || assignment.instruction == (assignment.name == label ? "LABEL" : "ARG"))
        }
        var found: [Found] = []
        var firsts: [String: (text: String, place: Int)] = [:]
        var reference: Int?
        for assignment in matches {
            let key = "\(assignment.instruction) \(assignment.name)"
            guard let range = assignment.range else {
                throw failure("\(key) is put together from several pieces", at: assignment.start)
            }
            let place = Found(key: key, range: range, spelling: kind.spelling)
            let text = String(decoding: bytes[withoutV(place)], as: UTF8.self)
            if text.hasPrefix("$") {
                // A label that repeats an argument follows it by itself.
                reference = reference ?? assignment.start
                continue
            }
            if let first = firsts[assignment.name], first.text != text {
                throw failure(
                    "\(key) is \(text), but in line \(line(first.place)) it is \(first.text)",
                    at: range.lowerBound,
                    hint: "make them agree, or find the right one with a `pattern:`"
                )
            }
            if firsts[assignment.name] == nil { firsts[assignment.name] = (text, range.lowerBound) }
            found.append(place)
        }
        for key in keys where firsts[key] == nil { throw failure("no \(key) with a value in it", at: reference) }
        guard !found.isEmpty else {
            throw failure("no ARG VERSION with a value, and no label \(label)", at: reference)
        }
        return found
    }
}
