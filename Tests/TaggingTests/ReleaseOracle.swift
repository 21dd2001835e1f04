import OCI
import Versioning

@testable import Tagging

/// What a history's tags must hold in the end, found by brute force on texts: every release claims tags, and the
/// highest claim wins.
struct ReleaseOracle {
    let history: ReleaseHistory

    /// The tags with the release that each one holds; nothing of the planning code is used.
    func tags() -> [String: ReleaseHistory.Release] {
        var claims: [String: [ReleaseHistory.Release]] = [:]
        var result: [String: ReleaseHistory.Release] = [:]
        for release in history.releases {
            for (front, back) in affixes(of: release.variant) {
                let text = release.version.text.replacing("+", with: "_")
                result[front + text + back] = release
                for name in lines(of: release.version.text) where !history.off.contains(name) {
                    let bare = (front.dropLast() + back.dropFirst())
                    let tag = name == "latest" && !bare.isEmpty ? String(bare) : front + name + back
                    claims[tag, default: []].append(release)
                }
            }
        }
        for (tag, claimants) in claims {
            if let version = history.held[tag] {
                // Only the unsuffixed series has tags of such names.
                result[tag] = history.releases.first { release in
                    release.version == version && affixes(of: release.variant).contains { $0 == ("", "") }
                }
                continue
            }
            let left = claimants.filter { !history.yanked.contains($0.version) }
            // A line that has nothing else left keeps what it held before the yank.
            let candidates = left.isEmpty ? claimants : left
            result[tag] = candidates.max {
                Self.key($0.version.text).lexicographicallyPrecedes(Self.key($1.version.text))
            }
        }
        for (tag, version) in history.held where claims[tag] == nil {
            result[tag] = history.releases.first { release in
                release.version == version && affixes(of: release.variant).contains { $0 == ("", "") }
            }
        }
        return result
    }

    private func affixes(of variant: String) -> [(String, String)] {
        switch variant {
        case "bookworm": [("", ""), ("", "-bookworm")]
        case "slim-bookworm": [("", "-slim-bookworm"), ("", "-slim")]
        case "alpine3.22": [("", "-alpine3.22"), ("", "-alpine")]
        case "cuda": [("cuda12-", "")]
        default: [("", "")]
        }
    }

    private func lines(of text: String) -> [String] {
        let core = text.prefix { $0 != "-" && $0 != "+" }.split(separator: ".").map(String.init)
        if text.contains("-") {
            return [text.contains("rc") ? "rc" : "beta"]
        }
        let isDaring = history.hasOddDevelopment && core[1] == "1"
        var names = [core[0] + "." + core[1]]
        if !isDaring { names.append("latest") }
        if !isDaring, core[0] != "0" || history.hasZeroLine { names.append(core[0]) }
        return names
    }

    /// A version as numbers that compare like it: the three numbers, whether it is stable, the prerelease, the build.
    private static func key(_ text: String) -> [Int] {
        let (front, build) = split(text, at: "+")
        let (core, prerelease) = split(front, at: "-")
        var key = core.split(separator: ".").compactMap { Int($0) }
        key.append(prerelease.isEmpty ? 1 : 0)
        // "rc" ranks above "beta1", "beta2" and "beta3", which rank by their last character.
        key.append(prerelease.hasPrefix("rc") ? 1000 : prerelease.last.flatMap { Int(String($0)) } ?? 0)
        key.append(prerelease.hasPrefix("rc") ? Int(prerelease.dropFirst(3)) ?? 0 : 0)
        key.append(build.split(separator: ".").last.flatMap { Int($0) } ?? -1)
        return key
    }

    private static func split(_ text: String, at separator: Character) -> (String, String) {
        let parts = text.split(separator: separator, maxSplits: 1).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }
}
