/// A place in a file where the version stands.
package struct VersionPlace: Equatable, Sendable {
    /// What the file calls it, such as `package.version`.
    package let key: String
    /// The bytes of the version and no others.
    package let range: Range<Int>
    /// The line, from 1.
    package let line: Int
    /// What stands there.
    package let text: String
    let spelling: VersionSpelling
    let style: Style

    enum Style: Equatable, Sendable {
        /// Whatever is written there is text.
        case text
        /// A YAML value without quotes, where `1.10` would be a number.
        case plainYAML
    }

    /// What is to be written there.
    func replacement(_ version: Version, scheme: VersionScheme) throws(VersionError) -> String {
        let new = try spelling.text(of: version, scheme: scheme, replacing: text)
        guard style == .plainYAML, Self.isNoYAMLText(new) else { return new }
        return "\"\(new)\""
    }

    /// Whether YAML (1.1 or 1.2) reads a version as a number or a date.
    private static func isNoYAMLText(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isNumber = parts.count <= 2 && text.utf8.allSatisfy { $0.isASCIIDigit || "._+-eExo".utf8.contains($0) }
        let isDate = text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
        return isNumber || isDate || !(text.utf8.first.map { $0.isASCIIDigit || $0.isASCIILetter } ?? false)
    }
}

/// A place that says another version than it should.
package struct VersionDisagreement: Equatable, Sendable, CustomStringConvertible {
    package let path: String
    package let line: Int
    package let key: String
    /// What stands there.
    package let found: String
    /// What should stand there, as the file writes it.
    package let expected: String

    package var description: String { "\(path):\(line): \(key) is \(found), not \(expected)" }
}
