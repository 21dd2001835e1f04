import Testing

/// Something that reads what others wrote, with inputs for it and what must hold of every one of them.
struct FuzzTarget: Sendable, CustomTestStringConvertible {
    let name: String
    /// How many inputs a run tries where nothing else is asked for; the dear ones get fewer.
    let count: Int
    /// Makes one input from random numbers and tells what is wrong with what became of it; nil where all is well.
    ///
    /// It must not throw: the test library records a backtrace for each error, which takes longer than the parser.
    let finding: @Sendable (inout FuzzInput) -> String?

    var testDescription: String { name }

    static let all: [FuzzTarget] =
        references + headers + documents + commits + versionFiles + [
            json, credentials, proxies, tarHeader, tarIndex, paxRecords, dockerfile, linting,
        ]
}
