import FoundationEssentials

extension RegistryExchange {
    /// Answers a request for a page of tags (distribution-spec 1.1, "Listing Tags").
    func tagList(of name: String, _ contents: RegistryContents) -> TestResponse {
        guard request.method == "GET" else { return RegistryProblem.unsupported.response }
        guard let repository = contents.repositories[name] else { return profile.repositoryUnknown.response }
        let rules = profile.tagList
        if let problem = rules.wrongAccept, let accept = request.headers["Accept"], !acceptsJSON(accept) {
            return problem.response
        }
        var names = repository.tags.map(\.name)
        if case .digests = rules.extra { names += repository.manifests.keys.sorted() }
        if case .lexical = rules.order { names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }

        guard let size = pageSize(rules) else { return rules.excess?.response ?? RegistryProblem.unsupported.response }
        let start = firstIndex(in: names, rules)
        let end = size.map { min(names.count, start + $0) } ?? names.count
        var fields: [(name: String, value: String)] = []
        if end < names.count, end > start, let link = link(behind: names[end - 1], end, size ?? 0, name, rules) {
            fields.append(("Link", "<\(link)>; rel=\"next\""))
        }
        let body = list(name, Array(names[start..<end]), repository, rules)
        fields.append(("Content-Type", RegistryProblem.jsonType))
        return TestResponse(200, headers: TestHeaders(fields), json: body)
    }

    private func acceptsJSON(_ accept: String) -> Bool {
        accept.split(separator: ",").contains { item in
            ["*/*", "application/*", "application/json"].contains(item.prefix { $0 != ";" }.filter { $0 != " " })
        }
    }

    /// The size of the page, which is nil where everything is sent; nil in place of it where `n` is refused.
    private func pageSize(_ rules: VendorProfile.TagListRules) -> Int?? {
        guard let page = rules.page else {
            // Who has no largest page still sends a small one where it is asked for, or ignores `n`.
            return .some(rules.ignoresN ? nil : request.queryValues("n").first.flatMap { Int($0) })
        }
        guard !rules.ignoresN, let asked = request.queryValues("n").first.flatMap({ Int($0) }) else {
            return .some(rules.defaultPage ?? page)
        }
        guard asked > page else { return .some(max(0, asked)) }
        return rules.excess == nil ? .some(page) : .none
    }

    /// Where the page begins, by a cursor of our own or by `last`.
    private func firstIndex(in names: [String], _ rules: VendorProfile.TagListRules) -> Int {
        if case .opaque = rules.link, let cursor = request.queryValues("next_page").first {
            return min(names.count, Int(cursor.drop { !$0.isNumber }.prefix(while: \.isNumber)) ?? 0)
        }
        guard let last = request.queryValues("last").first else { return 0 }
        if case .oldestFirst = rules.order { return names.firstIndex(of: last).map { $0 + 1 } ?? names.count }
        return names.firstIndex { last.utf8.lexicographicallyPrecedes($0.utf8) } ?? names.count
    }

    /// The address of the page that begins behind a tag.
    private func link(
        behind last: String,
        _ index: Int,
        _ size: Int,
        _ name: String,
        _ rules: VendorProfile.TagListRules
    ) -> String? {
        let path = "/v2/\(name)/tags/list"
        let host = "http://\(request.headers["Host"] ?? "")"
        return switch rules.link {
        case .relative: "\(path)?last=\(last)&n=\(size)"
        case .absolute: "\(host)\(path)?n=\(size)&last=\(last)"
        case .opaque: "\(path)?n=\(size)&next_page=gAAAAA%3D\(index)%3D%3D"
        case .misdirected(let prefix): "\(host)\(prefix)\(path)?n=\(size)&last=\(last)"
        case .missing: nil
        }
    }

    private func list(
        _ name: String,
        _ names: [String],
        _ repository: RegistryContents.Repository,
        _ rules: VendorProfile.TagListRules
    ) -> String {
        var items = names.map { "\"\($0)\"" }
        if case .nulls = rules.extra { items.insert("null", at: items.count / 2) }
        let tags = items.isEmpty && rules.isNullWhenEmpty ? "null" : "[\(items.joined(separator: ","))]"
        guard case .manifestMap = rules.extra else { return #"{"name":"\#(name)","tags":\#(tags)}"# }
        let map = repository.manifests.keys.sorted().map { digest in
            let held = repository.tags.filter { $0.digest == digest }.map { "\"\($0.name)\"" }.joined(separator: ",")
            return #""\#(digest)":{"imageSizeBytes":"1","layerId":"","mediaType":"","tag":[\#(held)],"#
                + #""timeCreatedMs":"0","timeUploadedMs":"1700000000000"}"#
        }
        return #"{"child":[],"manifest":{\#(map.joined(separator: ","))},"name":"\#(name)","tags":\#(tags)}"#
    }
}
