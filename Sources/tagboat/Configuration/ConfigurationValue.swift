import Changes
import OCI
import Registry
import Tagging
import Versioning

/// How a value is written in the configuration file, in the environment and on the command line alike.
///
/// Each function throws `ConfigurationError`, to which the caller adds where the value stood.
enum ConfigurationValue {
    static func repository(_ text: String) throws(ConfigurationError) -> ImageLocation {
        do {
            return try ImageLocation(parsingRepository: text)
        } catch {
            throw ConfigurationError(
                error.description,
                hint:
                    "write a repository, such as ghcr.io/acme/gallery-ui, oci:DIR, oci-archive:FILE or docker-archive:FILE:NAME"
            )
        }
    }

    static func source(_ text: String) throws(ConfigurationError) -> ImageLocation {
        do {
            return try ImageLocation(parsing: text)
        } catch {
            throw ConfigurationError(
                error.description,
                hint:
                    "write an image, such as ghcr.io/acme/ui:build-7, oci:DIR:NAME, docker-archive:FILE or docker-daemon:NAME"
            )
        }
    }

    /// One of the words of an enumeration.
    static func word<Word: RawRepresentable & CaseIterable>(
        _ text: String,
        _ kind: String
    ) throws(ConfigurationError) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else {
            throw unknown(text, kind, among: Word.allCases.map(\.rawValue))
        }
        return word
    }

    static func rule(_ text: String) throws(ConfigurationError) -> TagRule {
        do {
            return try TagRule(parsing: text)
        } catch {
            // Rule lines speak for themselves; a lone word is compared with the presets.
            guard !text.contains("=") else {
                throw ConfigurationError(error.description, hint: "docs/tag-rules.md says what each rule may hold")
            }
            throw unknown(text, "tag rule", among: TagRule.presetNames)
        }
    }

    static func flavor(_ lines: [String]) throws(ConfigurationError) -> Flavor {
        do {
            return try Flavor(lines: lines)
        } catch {
            throw ConfigurationError(error.description, hint: "write latest=auto, prefix=… or suffix=…,onlatest=true")
        }
    }

    static func tag(_ text: String) throws(ConfigurationError) -> Tag {
        do {
            return try Tag(text)
        } catch {
            throw ConfigurationError(error.description, hint: "write a tag such as 2.1 or latest")
        }
    }

    static func developmentPattern(_ text: String) throws(ConfigurationError) -> DevelopmentPattern {
        do {
            return try DevelopmentPattern(text)
        } catch {
            throw ConfigurationError(error.description, hint: "write odd-minor, or a pattern such as 2.3.*")
        }
    }

    static func gitTagPattern(_ text: String) throws(ConfigurationError) -> GitTagPattern {
        guard let pattern = GitTagPattern(text) else {
            throw ConfigurationError(
                "\"\(text)\" does not say where the version stands",
                hint: "write {version} in its place, as in release-{version}"
            )
        }
        return pattern
    }

    static func branchPattern(_ text: String) throws(ConfigurationError) -> BranchPattern {
        guard let pattern = BranchPattern(text) else {
            throw ConfigurationError(
                "\"\(text)\" does not say where the numbers of a line stand",
                hint: "write {major} and, behind it, {minor} in their places, as in release/{major}.{minor}"
            )
        }
        return pattern
    }

    static func registry(_ text: String) throws(ConfigurationError) -> RegistryHost {
        do {
            return try RegistryHost(parsing: text)
        } catch {
            throw ConfigurationError(error.description, hint: "write a registry as HOST or HOST:PORT")
        }
    }

    static func integer(_ text: String) throws(ConfigurationError) -> Int {
        guard let number = Int(text) else {
            throw ConfigurationError("\"\(text)\" is not a whole number")
        }
        return number
    }

    /// A whole number within bounds.
    static func integer(_ text: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
        let number = try integer(text)
        guard range.contains(number) else {
            throw ConfigurationError(
                "\(number) is not possible",
                hint: "write a number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    static func boolean(_ text: String) throws(ConfigurationError) -> Bool {
        switch text {
        case "true": return true
        case "false": return false
        default: throw ConfigurationError("\"\(text)\" is neither true nor false")
        }
    }

    /// A time such as `90s`, `10m`, `1h` or `300` (seconds).
    static func duration(_ text: String) throws(ConfigurationError) -> Duration {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text : String(text.dropLast())
        guard let number = Int(digits), number > 0, number <= 7 * 24 * 3600 else {
            throw ConfigurationError("\"\(text)\" is not a time", hint: "write a time such as 90s, 10m or 1h")
        }
        return .seconds(number * (unit ?? 1))
    }

    static func unknown(_ text: String, _ kind: String, among known: [String]) -> ConfigurationError {
        let hint: String
        if let nearest = EditDistance.nearest(to: text, among: known) {
            hint = "did you mean \"\(nearest)\"? Known are: \(known.joined(separator: ", "))"
        } else {
            hint = "known are: \(known.joined(separator: ", "))"
        }
        return ConfigurationError("there is no \(kind) \"\(text)\"", hint: hint)
    }
}
