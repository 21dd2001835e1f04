extension GitProgram {
    /// Pushes references in one atomic step: all of them, or none.
    ///
    /// What the remote has already counts as done, so that a push that was cut off can be repeated. Where the remote
    /// does not take atomic pushes, that is said, and the references go one after the other in their order; the first
    /// that fails stops the rest. Name the branch first, then tags, then moving tags: what exists then always makes
    /// sense.
    ///
    /// - Parameters:
    ///   - references: what to push.
    ///   - remote: the remote's name or URL.
    /// - Returns: what became of each reference.
    /// - Throws: `GitProgramError`, `ProgramError`.
    package func push(_ references: [PushReference], to remote: String) async throws -> PushReport {
        guard references.count > 1 else { return try await push(references, to: remote, options: []) }
        do {
            return try await push(references, to: remote, options: ["--atomic"])
        } catch let error as GitProgramError where error.kind == .noAtomicPush {
            tell("the remote \(RedactedText.redact(remote)) takes no atomic pushes: pushing one by one")
        }
        var report = PushReport()
        report.isAtomic = false
        for reference in references {
            do {
                report.entries += try await push([reference], to: remote, options: []).entries
            } catch let error as GitProgramError {
                throw error.after(report)
            }
        }
        return report
    }

    private func push(_ references: [PushReference], to remote: String, options: [String]) async throws -> PushReport {
        let leases = references.compactMap(\.lease)
        let result = try await run(
            // No options of the user's configuration that would push more than was planned.
            ["push", "--porcelain", "--no-follow-tags"] + options + leases + ["--", remote]
                + references.map(\.refspec)
        )
        let report = PushReport(porcelain: result.text, order: references.map(\.name))
        guard result.isSuccess else {
            throw GitProgramError(result, doing: .pushing, remote: remote, rejections: report.rejections)
        }
        return report
    }
}
