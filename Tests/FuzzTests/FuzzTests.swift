import Testing

/// Every reader of what others write keeps its promises for a million inputs that a seed decides.
@Suite(.serialized)
struct FuzzTests {
    @Test(arguments: FuzzTarget.all)
    func holds(_ target: FuzzTarget) async {
        guard !FuzzRun.leavesOut(target) else { return }
        let start = FuzzRun.processorTime
        let run = FuzzRun(target)
        if let finding = await run.firstFinding(target) { Issue.record("\(finding)") }
        if FuzzRun.variable("TAGBOAT_FUZZ_TIMES") != nil {
            print("fuzz \(target.name): \(run.count) inputs, \(FuzzRun.processorTime - start) s")
        }
    }

    @Test func thereAreAMillionInputs() {
        #expect(FuzzTarget.all.reduce(0) { $0 + $1.count } >= 1_000_000)
        #expect(Set(FuzzTarget.all.map(\.name)).count == FuzzTarget.all.count)
    }

    /// A failure can be had again only where the same seed always makes the same input.
    @Test func seedsDecideInputs() {
        for target in FuzzTarget.all {
            for seed in [1, 77, 1_000_003] {
                var first = FuzzInput(seed: seed)
                var second = FuzzInput(seed: seed)
                _ = target.finding(&first)
                _ = target.finding(&second)
                #expect(first.shown == second.shown, "\(target.name)")
            }
        }
    }
}
