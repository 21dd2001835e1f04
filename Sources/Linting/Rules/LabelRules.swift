import Dockerfile

/// The rule about labels.
extension LintedFile {
    /// The labels that are asked for, and that neither the file nor the build sets.
    func labelFindings() -> [LintFinding] {
        guard let target else { return [] }
        let stages = dockerfile.lineage(of: target, arguments: policy.arguments)
        // What stands later wins: the stage over those that it builds on, the last instruction over the others.
        let labels = stages.reversed().flatMap { dockerfile.labels(of: $0) }
        return policy.requiredLabels.compactMap { key in
            guard !policy.providedLabels.contains(key) else { return nil }
            let label = labels.last { $0.key == key }
            if let label, !label.isEmpty { return nil }
            return finding(
                .missingLabel,
                at: label?.value.isEmpty == false ? label?.value ?? target.base : target.base,
                label == nil ? "the image has no label \(key)" : "the label \(key) is empty",
                hint: "set it with LABEL in this stage, or under `labels:` in tagboat.yaml"
            )
        }
    }
}
