import Synchronization

/// What a run has found out about a registry's features, so that it asks for each once.
final class HostFeatures: Sendable {
    private let takesSeveralTags = Mutex<Bool?>(nil)

    /// Whether the registry puts several tags by one request; nil where nobody has tried yet.
    var multiTagPut: Bool? {
        get { takesSeveralTags.withLock { $0 } }
        set { takesSeveralTags.withLock { $0 = newValue } }
    }
}
