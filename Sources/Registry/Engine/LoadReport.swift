import FoundationEssentials

/// What an engine says while it loads an archive: JSON objects, one a line, the last of which may be an error.
///
/// The status is 200 long before the engine knows whether it will succeed, so that only these lines tell.
struct LoadReport {
    /// The first error that was told.
    private(set) var problem: String?
    private var line: [UInt8] = []

    /// How long a line may be; longer ones hold no error that a person could read.
    private static let limit = 64 << 10

    /// Takes the next bytes of the answer.
    mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                if line.count < Self.limit { line.append(byte) }
                continue
            }
            finish()
        }
    }

    /// Takes the last line, which may lack its end.
    mutating func finish() {
        defer { line.removeAll(keepingCapacity: true) }
        guard problem == nil, let report = try? JSONDecoder().decode(Line.self, from: Data(line)) else { return }
        problem = (report.errorDetail?.message ?? report.error).map(EngineText.printable)
    }

    private struct Line: Decodable {
        struct Detail: Decodable {
            let message: String?
        }

        let error: String?
        let errorDetail: Detail?
    }
}
