import Logging
import NIOHTTP1
import Synchronization

/// What registries say beside their answers: each warning, and each limit that comes near, is passed on once.
final class ServerNotices: Sendable {
    private let said = Mutex<Set<String>>([])
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Reads `Warning` (distribution-spec, "Warnings") and `RateLimit-*` headers of an answer.
    func read(_ headers: HTTPHeaders, from host: String) {
        for text in headers["Warning"].compactMap(Self.warning) {
            sayOnce("\(host) says: \(text)")
        }
        guard let remaining = RateLimit(headers.first(name: "RateLimit-Remaining")),
            let limit = RateLimit(headers.first(name: "RateLimit-Limit")), limit.requests > 0,
            // Multiplied, numbers that a server makes up would overflow.
            remaining.requests < limit.requests / 10 + (limit.requests % 10 > 0 ? 1 : 0)
        else { return }
        let window = (limit.window ?? remaining.window).map { " within \($0) s" } ?? ""
        sayOnce(
            "\(host) allows few more requests: \(remaining.requests) of \(limit.requests)\(window) are left",
            as: "limit of \(host)"
        )
    }

    private func sayOnce(_ text: String, as key: String? = nil) {
        let isNew = said.withLock { $0.insert(key ?? text).inserted }
        if isNew { logger.warning("\(text)") }
    }

    /// The text of `299 - "text"`; nil for warnings of caches, which mean nothing here (RFC 7234, section 5.5).
    static func warning(in header: String) -> String? {
        guard header.hasPrefix("299 "), let open = header.firstIndex(of: "\"") else { return nil }
        var text = ""
        var isEscaped = false
        for character in header[header.index(after: open)...] {
            if character == "\"", !isEscaped { break }
            isEscaped = character == "\\" && !isEscaped
            if !isEscaped { text.append(character) }
        }
        return text.isEmpty ? nil : RegistryMessage.printable(text)
    }
}

/// A count of requests with the seconds that it is for, as Docker Hub writes it: `100;w=21600`.
struct RateLimit: Hashable {
    let requests: Int
    let window: Int?

    init?(_ header: String?) {
        let parts = header?.split(separator: ";").map { $0.filter { !$0.isWhitespace } } ?? []
        guard let count = parts.first.flatMap({ Int($0) }), count >= 0 else { return nil }
        requests = count
        window = parts.dropFirst().lazy.filter { $0.hasPrefix("w=") }.compactMap { Int($0.dropFirst(2)) }.first
    }
}
