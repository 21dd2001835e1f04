extension TagRule {
    /// The rules in force where the configuration names none.
    package static let defaults: [TagRule] =
        ["version", "minor", "major", "latest", "channel", "sha", "date"].compactMap(preset(named:))

    /// The presets' names, in the order in which help and errors list them.
    package static let presetNames =
        VersionLine.allCases.map(\.rawValue) + ["sha", "date", "branch", "edge", "pr", "nightly"]

    /// The rule that a preset stands for; nil for a name that is none.
    package static func preset(named name: String) -> TagRule? {
        if let line = VersionLine(rawValue: name) { return TagRule(name: name, kind: .line(line)) }
        return switch name {
        case "sha": TagRule(name: name, kind: .sha(.short), prefix: "")
        // Behind the hash, which tells more.
        case "date": TagRule(name: name, kind: .raw(value: "{{commit_date 'YYYYMMDD'}}"), priority: 90)
        case "branch": TagRule(name: name, kind: .ref(.branch))
        case "edge": TagRule(name: name, kind: .edge(branch: ""))
        case "pr": TagRule(name: name, kind: .ref(.pullRequest), prefix: "pr-")
        case "nightly": TagRule(name: name, kind: .schedule(pattern: "nightly"))
        default: nil
        }
    }

    /// What docker/metadata-action does where its input `tags` is empty.
    package static let actionDefaults: [TagRule] = [
        TagRule(name: "type=schedule", kind: .schedule(pattern: "nightly")),
        TagRule(name: "type=ref,event=branch", kind: .ref(.branch)),
        TagRule(name: "type=ref,event=tag", kind: .ref(.tag)),
        TagRule(name: "type=ref,event=pr", kind: .ref(.pullRequest), prefix: "pr-"),
    ]

    /// The rules by priority; rules of one priority stay in their order.
    package static func byPriority(_ rules: [TagRule]) -> [TagRule] {
        // An insertion sort is stable, and leaves a priority that is no number where it stands.
        var sorted: [TagRule] = []
        for rule in rules {
            let place = sorted.lastIndex { !($0.priority < rule.priority) }.map { $0 + 1 } ?? 0
            sorted.insert(rule, at: place)
        }
        return sorted
    }
}
