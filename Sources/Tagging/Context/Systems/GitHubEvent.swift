internal import FoundationEssentials

/// The parts of a webhook payload that matter to us; each is nil where it is missing or of another type.
struct GitHubEvent: Decodable {
    @Lenient var number: Int?
    @Lenient var baseRef: String?
    @Lenient var pullRequest: PullRequest?
    @Lenient var commits: [Lenient<Commit>]?
    @Lenient var headCommit: Commit?
    @Lenient var repository: Repository?

    struct PullRequest: Decodable {
        @Lenient var base: Branch?
        @Lenient var head: Branch?
    }

    struct Branch: Decodable {
        @Lenient var ref: String?
        @Lenient var sha: String?
    }

    struct Commit: Decodable {
        @Lenient var id: String?
        @Lenient var timestamp: String?
    }

    struct Repository: Decodable {
        @Lenient var name: String?
        @Lenient var description: String?
        @Lenient var htmlUrl: String?
        @Lenient var defaultBranch: String?
        @Lenient var license: License?
    }

    struct License: Decodable {
        @Lenient var spdxId: String?
    }
}

extension GitHubEvent {
    /// Decodes a payload; an event without one is empty.
    ///
    /// - Throws: `BuildContextError.malformedEvent` for bytes that are not JSON.
    init(payload: [UInt8]?, path: String) throws(BuildContextError) {
        self.init()
        guard let payload else { return }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            self = try decoder.decode(Lenient<GitHubEvent>.self, from: Data(payload)).wrappedValue ?? self
        } catch {
            throw .malformedEvent(path: path)
        }
    }

    /// The date of a commit that the event brought along; nil for any other.
    func date(of revision: String) -> Timestamp? {
        let pushed = commits?.compactMap(\.wrappedValue) ?? []
        let commit = pushed.first { $0.id == revision && $0.timestamp != nil } ?? headCommit
        guard let commit, commit.id == revision else { return nil }
        return commit.timestamp.flatMap(Timestamp.init(rfc3339:))
    }
}

/// A field that is nil where it is missing or cannot be decoded, rather than an error.
@propertyWrapper
struct Lenient<Value: Decodable>: Decodable {
    var wrappedValue: Value?

    init() {}

    init(from decoder: any Decoder) {
        wrappedValue = try? Value(from: decoder)
    }
}

extension KeyedDecodingContainer {
    /// The synthesised decoders call this one, which knows how to do without the key.
    func decode<Value>(_ type: Lenient<Value>.Type, forKey key: Key) -> Lenient<Value> {
        (try? decodeIfPresent(type, forKey: key)) ?? Lenient()
    }
}
