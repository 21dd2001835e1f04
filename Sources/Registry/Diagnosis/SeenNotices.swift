import NIOHTTP1

/// What the registry said beside its answers.
struct SeenNotices {
    /// The last word on how many requests are allowed.
    private(set) var rateLimit: String?
    /// The distinct warnings, in the order of their coming.
    private(set) var warnings: [String] = []

    mutating func read(_ headers: HTTPHeaders) {
        for text in headers["Warning"].compactMap(ServerNotices.warning) where !warnings.contains(text) {
            warnings.append(text)
        }
        guard let limit = headers.first(name: "RateLimit-Limit") ?? headers.first(name: "X-RateLimit-Limit") else {
            return
        }
        let remaining = headers.first(name: "RateLimit-Remaining") ?? headers.first(name: "X-RateLimit-Remaining")
        guard let allowed = RateLimit(limit) else {
            rateLimit = RegistryMessage.printable(limit)
            return
        }
        let window = allowed.window.map { " within \($0) s" } ?? ""
        let left = RateLimit(remaining).map { ", \($0.requests) left" } ?? ""
        rateLimit = "\(allowed.requests) requests\(window)\(left)"
    }
}
