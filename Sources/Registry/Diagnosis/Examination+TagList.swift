import FoundationEssentials
import NIOHTTP1
import OCI

/// Listing tags (distribution-spec, "Listing Tags").
extension Examination {
    mutating func listTags() async throws {
        let answer = try await tagPage(nil)
        guard answer.status == 200, let names = names(in: answer) else {
            if answer.status == 404, !answer.errors.isEmpty, tags.isEmpty {
                note(.tagList, .unknown, "there is no such repository yet", answer)
            } else {
                noteRefusal(.tagList, answer)
            }
            for feature in [RegistryFeature.tagPages, .tagOrder] { note(feature, .unknown, "there is no list") }
            return
        }
        let missing = tags.filter { !names.contains($0) }.count
        let isWhole = try LinkHeader.next(in: answer.headers["Link"], of: try await address(of: nil)) == nil
        if missing > 0, isWhole {
            note(.tagList, .partly, "\(missing) of \(tags.count) new tags are missing in it", answer)
        } else {
            note(.tagList, .yes, "\(names.count) tag\(names.count == 1 ? "" : "s")", answer)
        }
        noteOrder(names)
        try await examinePages(count: names.count)
    }

    private mutating func noteOrder(_ names: [String]) {
        guard names.count > 2 else { return note(.tagOrder, .unknown, "there are too few tags to tell") }
        let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if names == sorted { return note(.tagOrder, .yes, "by name") }
        let isReversed = names == sorted.reversed()
        let ours = names.filter(tags.contains)
        let isOldestFirst = ours.count > 2 && ours == tags
        note(.tagOrder, .no, isReversed ? "by name, backwards" : isOldestFirst ? "the oldest first" : "another order")
    }

    private mutating func examinePages(count: Int) async throws {
        guard count > 1 else { return note(.tagPages, .unknown, "there are too few tags to tell") }
        let size = min(2, count - 1)
        let first = try await tagPage("n=\(size)")
        guard first.status == 200, let page = names(in: first) else { return noteRefusal(.tagPages, first) }
        guard page.count <= size else {
            return note(.tagPages, .no, "n=\(size) is ignored: \(page.count) tags came", first)
        }
        let next: URL?
        do {
            next = try LinkHeader.next(in: first.headers["Link"], of: try await address(of: "n=\(size)"))
        } catch {
            return note(.tagPages, .partly, "Link leads to another host")
        }
        guard let next else {
            return note(.tagPages, .partly, "n=\(size) counts, but no Link leads on", first)
        }
        var call = Call(.GET, "tags/list", limit: SizeLimit.tagPage)
        call.url = next
        let second = try await ask(call)
        let rest = names(in: second) ?? []
        if second.status == 200, !rest.isEmpty, Set(rest).isDisjoint(with: page) {
            note(.tagPages, .yes, "n=\(size) counts, and Link leads on", second)
        } else {
            note(.tagPages, .partly, "n=\(size) counts, but Link leads astray: status \(second.status)", second)
        }
    }

    private mutating func tagPage(_ query: String?) async throws -> Answer {
        try await ask(Call(.GET, "tags/list", query: query, limit: SizeLimit.tagPage))
    }

    private func address(of query: String?) async throws -> URL {
        try await repository.url(of: Call(.GET, "tags/list", query: query))
    }

    /// The tags of a page in their order; nil where it is none.
    func names(in answer: Answer) -> [String]? {
        struct TagList: Decodable {
            let tags: [String?]?
        }
        guard let list = try? JSONDecoder().decode(TagList.self, from: Data(answer.body)) else { return nil }
        return (list.tags ?? []).compactMap { name in name.flatMap { try? Tag($0) }?.name }
    }
}
